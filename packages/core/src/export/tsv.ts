/**
 * `cells.tsv`: the map as a table for spreadsheets, pandas and R.
 * @module
 */
import type { Assessment } from '../assessment.ts';
import type { FocusMap } from '../map/focus-map.ts';
import { CELL_COLUMNS, type CellsTable, cellsTables } from './cells-table.ts';
import { validityWord } from './words.ts';

/** Rows put into one piece of text: large enough to write fast, small enough to hold. */
const ROWS_PER_PIECE = 16_384;

/**
 * The table as tab-separated text: a header line, then a line a place that is not background, in pieces so that a slide
 * of millions of places never becomes one string. Values have six significant digits, µm and tissue fractions three
 * decimals; what is unknown is an empty field.
 */
export function* cellsTsv(assessment: Pick<Assessment, 'slide'>, map: FocusMap): Generator<string> {
	yield `${CELL_COLUMNS.join('\t')}\n`;
	// Turning numbers into text is nearly all the work, and positions and fractions repeat.
	const micrometres = remembered((um) => String(Math.round(um * 1e3) / 1e3));
	const fractions = remembered((thousandths) => String(thousandths / 1e3));
	for (const table of cellsTables(assessment, map, ROWS_PER_PIECE)) {
		let text = '';
		for (let i = 0; i < table.length; i++) text += line(table, i, micrometres, fractions);
		yield text;
	}
}

function line(
	table: CellsTable,
	i: number,
	micrometres: (um: number) => string,
	fractions: (thousandths: number) => string,
): string {
	const x = table.xUm ? micrometres(table.xUm[i]!) : '';
	const y = table.yUm ? micrometres(table.yUm[i]!) : '';
	const tissue = fractions(Math.round(table.tissueFraction[i]! * 1e3));
	const value = significant(table.value[i]!);
	return (
		`${table.column[i]}\t${table.row[i]}\t${table.xPx[i]}\t${table.yPx[i]}\t${table.widthPx[i]}\t${table.heightPx[i]}` +
		`\t${x}\t${y}\t${value}\t${table.unit}\t${validityWord(table.validity[i]!)}\t${tissue}\n`
	);
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

function remembered(format: (value: number) => string): (value: number) => string {
	const known = new Map<number, string>();
	return (value) => {
		let text = known.get(value);
		if (text === undefined) {
			text = format(value);
			known.set(value, text);
		}
		return text;
	};
}
