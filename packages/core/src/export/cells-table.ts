/**
 * The places of a map as a table, one column an array: the source of `cells.tsv` and `cells.parquet`.
 * @module
 */
import type { Assessment } from '../assessment.ts';
import { type FocusMap, VALIDITY } from '../map/focus-map.ts';
import { validityWord } from './words.ts';

/** Names of the columns in order. `docs/outputs.md` says what each means. */
export const CELL_COLUMNS = [
	'column',
	'row',
	'x_px',
	'y_px',
	'width_px',
	'height_px',
	'x_um',
	'y_um',
	'value',
	'unit',
	'validity',
	'tissue_fraction',
] as const;

/**
 * Places that are not background, row-major. Glass is left out: it is most of a slide and says nothing.
 * `xUm`, `yUm` are undefined when the pixel size is unknown; `value` is NaN where there is none.
 */
export interface CellsTable {
	readonly length: number;
	readonly column: Int32Array;
	readonly row: Int32Array;
	/** Top-left corner, level-0 px. */
	readonly xPx: Int32Array;
	readonly yPx: Int32Array;
	/** Clipped to the slide. */
	readonly widthPx: Int32Array;
	readonly heightPx: Int32Array;
	/** Top-left corner in µm from the slide's top left. */
	readonly xUm: Float64Array | undefined;
	readonly yUm: Float64Array | undefined;
	readonly value: Float32Array;
	/** The same for every row. */
	readonly unit: string;
	/** Codes of `VALIDITY`; `validityWord` names them. */
	readonly validity: Uint8Array;
	readonly tissueFraction: Float32Array;
}

/** Lists the places of `map` that are not background. */
export function cellsTable(assessment: Pick<Assessment, 'slide'>, map: FocusMap): CellsTable {
	const { slide } = assessment;
	const length = map.validity.reduce((count, code) => (code === VALIDITY.background ? count : count + 1), 0);
	const integers = (): Int32Array => new Int32Array(length);
	const table = {
		length,
		column: integers(),
		row: integers(),
		xPx: integers(),
		yPx: integers(),
		widthPx: integers(),
		heightPx: integers(),
		xUm: slide.mpp && new Float64Array(length),
		yUm: slide.mpp && new Float64Array(length),
		value: new Float32Array(length),
		unit: map.unit,
		validity: new Uint8Array(length),
		tissueFraction: new Float32Array(length),
	};
	let at = 0;
	for (let place = 0; place < map.validity.length; place++) {
		if (map.validity[place] === VALIDITY.background) continue;
		const column = place % map.columns;
		const row = (place - column) / map.columns;
		const x = map.originXPx + column * map.stepPx;
		const y = map.originYPx + row * map.stepPx;
		table.column[at] = column;
		table.row[at] = row;
		table.xPx[at] = x;
		table.yPx[at] = y;
		table.widthPx[at] = Math.max(Math.min(x + map.stepPx, slide.widthPx) - x, 0);
		table.heightPx[at] = Math.max(Math.min(y + map.stepPx, slide.heightPx) - y, 0);
		if (slide.mpp && table.xUm && table.yUm) {
			table.xUm[at] = x * slide.mpp.x;
			table.yUm[at] = y * slide.mpp.y;
		}
		table.value[at] = map.validity[place] === VALIDITY.assessable ? map.values[place]! : Number.NaN;
		table.validity[at] = map.validity[place]!;
		table.tissueFraction[at] = map.tissueFraction[place]!;
		at++;
	}
	return table;
}

/** Validity of each row as words. */
export function validityWords(table: CellsTable): string[] {
	return Array.from(table.validity, validityWord);
}
