/**
 * The places of a map as a table, one column an array: the source of `cells.tsv` and `cells.parquet`.
 * @module
 */
import type { Assessment } from '../assessment.ts';
import { type FocusMap, VALIDITY } from '../map/focus-map.ts';

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

/** One of those columns, or the one that follows them when the model says how sure it is. */
export type CellColumn = (typeof CELL_COLUMNS)[number] | 'certainty';

/** The columns of a map's table. */
export function cellColumns({ certainty }: Pick<FocusMap, 'certainty'>): readonly CellColumn[] {
	return certainty ? [...CELL_COLUMNS, 'certainty'] : CELL_COLUMNS;
}

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
	readonly unit: FocusMap['unit'];
	/** Codes of `VALIDITY`; `validityWord` names them. */
	readonly validity: Uint8Array;
	readonly tissueFraction: Float32Array;
	/** NaN where there is no value; undefined when the model does not say. */
	readonly certainty: Float32Array | undefined;
}

/** Rows held at once. */
const ROWS_PER_TABLE = 65_536;

/** Lists the places of `map` that are not background, in tables of at most `rowsPerTable` rows; none when all is background. */
export function* cellsTables(
	{ slide }: Pick<Assessment, 'slide'>,
	map: FocusMap,
	rowsPerTable: number = ROWS_PER_TABLE,
): Generator<CellsTable> {
	let next = 0;
	while (next < map.validity.length) {
		const places = new Int32Array(rowsPerTable);
		let length = 0;
		for (; next < map.validity.length && length < rowsPerTable; next++) {
			if (map.validity[next] !== VALIDITY.background) places[length++] = next;
		}
		if (length > 0) yield tableOf(places.subarray(0, length), slide, map);
	}
}

function tableOf(places: Int32Array, slide: Assessment['slide'], map: FocusMap): CellsTable {
	const { columns, originXPx, originYPx, stepPx } = map;
	const { mpp } = slide;
	const integers = (): Int32Array => new Int32Array(places.length);
	const table = {
		length: places.length,
		column: integers(),
		row: integers(),
		xPx: integers(),
		yPx: integers(),
		widthPx: integers(),
		heightPx: integers(),
		xUm: mpp && new Float64Array(places.length),
		yUm: mpp && new Float64Array(places.length),
		value: new Float32Array(places.length),
		unit: map.unit,
		validity: new Uint8Array(places.length),
		tissueFraction: new Float32Array(places.length),
		certainty: map.certainty && new Float32Array(places.length),
	};
	// One plain loop: this runs for millions of places.
	for (let i = 0; i < places.length; i++) {
		const place = places[i]!;
		const column = place % columns;
		const row = (place - column) / columns;
		const x = originXPx + column * stepPx;
		const y = originYPx + row * stepPx;
		table.column[i] = column;
		table.row[i] = row;
		table.xPx[i] = x;
		table.yPx[i] = y;
		table.widthPx[i] = Math.max(Math.min(x + stepPx, slide.widthPx) - x, 0);
		table.heightPx[i] = Math.max(Math.min(y + stepPx, slide.heightPx) - y, 0);
		if (mpp && table.xUm && table.yUm) {
			table.xUm[i] = x * mpp.x;
			table.yUm[i] = y * mpp.y;
		}
		const validity = map.validity[place]!;
		table.value[i] = validity === VALIDITY.assessable ? map.values[place]! : Number.NaN;
		table.validity[i] = validity;
		table.tissueFraction[i] = map.tissueFraction[place]!;
		if (table.certainty) table.certainty[i] = map.certainty![place]!;
	}
	return table;
}
