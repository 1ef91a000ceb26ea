/**
 * `cells.tsv`: the map as a table for spreadsheets, pandas and R.
 * @module
 */
import type { Assessment } from '../assessment.ts';
import { type FocusMap, VALIDITY } from '../map/focus-map.ts';
import { cellColumns } from './cells-table.ts';
import { validityWord } from './words.ts';

/** Size of a piece: large enough to write fast, small enough to hold. */
const PIECE_BYTES = 1 << 20;
/** No row is longer: thirteen fields of at most 24 characters and their tabs. */
const ROW_BYTES = 325;

/**
 * The table as tab-separated ASCII text: a header line, then a line a place that is not background, row-major, in pieces so
 * that a slide of millions of places is never held as a whole. Values have six significant digits, µm, tissue fractions and
 * certainties three decimals; what is unknown is an empty field.
 *
 * Turning numbers into text is all the work, and most numbers repeat along a column or a row of the map: their bytes are
 * made once and copied.
 */
export function* cellsTsv({ slide }: Pick<Assessment, 'slide'>, map: FocusMap): Generator<Uint8Array> {
	yield ascii(`${cellColumns(map).join('\t')}\n`);
	const across = axisFields(map.columns, map.originXPx, map.stepPx, slide.widthPx, slide.mpp?.x);
	const down = axisFields(map.rows, map.originYPx, map.stepPx, slide.heightPx, slide.mpp?.y);
	const ends = Array.from({ length: 256 }, (_, code) => ascii(`${map.unit}\t${validityWord(code)}\t`));
	const thousandths = Array.from({ length: 1001 }, (_, i) => ascii(`${i / 1000}`));
	let piece = new Uint8Array(PIECE_BYTES + ROW_BYTES);
	let length = 0;
	const put = (field: Uint8Array): void => {
		for (let i = 0; i < field.length; i++) piece[length++] = field[i]!;
	};
	for (let row = 0; row < map.rows; row++) {
		const y = down[row]!;
		for (let column = 0; column < map.columns; column++) {
			const place = row * map.columns + column;
			const validity = map.validity[place]!;
			if (validity === VALIDITY.background) continue;
			const x = across[column]!;
			put(x.index);
			put(y.index);
			put(x.px);
			put(y.px);
			put(x.sizePx);
			put(y.sizePx);
			put(x.um);
			put(y.um);
			const value = validity === VALIDITY.assessable ? significant(map.values[place]!) : '';
			for (let i = 0; i < value.length; i++) piece[length++] = value.charCodeAt(i);
			piece[length++] = TAB;
			put(ends[validity]!);
			put(thousandths[inThousandths(map.tissueFraction[place]!)]!);
			if (map.certainty) {
				piece[length++] = TAB;
				const certainty = map.certainty[place]!;
				if (!Number.isNaN(certainty)) put(thousandths[inThousandths(certainty)]!);
			}
			piece[length++] = NEW_LINE;
			if (length < PIECE_BYTES) continue;
			yield piece.subarray(0, length);
			piece = new Uint8Array(PIECE_BYTES + ROW_BYTES);
			length = 0;
		}
	}
	if (length > 0) yield piece.subarray(0, length);
}

const TAB = 9;
const NEW_LINE = 10;

/** What the fields of one axis say for one column (or row) of the map, each with its tab. */
interface AxisFields {
	readonly index: Uint8Array;
	readonly px: Uint8Array;
	readonly sizePx: Uint8Array;
	readonly um: Uint8Array;
}

function axisFields(
	count: number,
	originPx: number,
	stepPx: number,
	slidePx: number,
	mpp: number | undefined,
): AxisFields[] {
	return Array.from({ length: count }, (_, index) => {
		const px = originPx + index * stepPx;
		const sizePx = Math.max(Math.min(px + stepPx, slidePx) - px, 0);
		const um = mpp === undefined ? '' : Math.round(px * mpp * 1e3) / 1e3;
		return { index: ascii(`${index}\t`), px: ascii(`${px}\t`), sizePx: ascii(`${sizePx}\t`), um: ascii(`${um}\t`) };
	});
}

/** A part, 0..1, in whole thousandths. */
function inThousandths(part: number): number {
	return Math.min(Math.max(Math.round(part * 1000), 0), 1000);
}

function ascii(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

const POWERS_OF_TEN = Array.from({ length: 13 }, (_, exponent) => 10 ** exponent);

/** `value` with six significant digits, several times faster than `toPrecision` for values of an ordinary size. */
function significant(value: number): string {
	if (!Number.isFinite(value)) return '';
	if (value === 0) return '0';
	const decimals = 5 - Math.floor(Math.log10(Math.abs(value)));
	const scale = POWERS_OF_TEN[decimals];
	return String(scale === undefined ? Number(value.toPrecision(6)) : Math.round(value * scale) / scale);
}
