/**
 * From cell statistics to a map: each value is the score of the window of cells around its place.
 * @module
 */
import { CELL_PX, type CellGrid, mergeStatistics, STATISTICS_PER_KERNEL } from '../focus/cells.ts';
import type { FocusModel } from '../focus/focus-model.ts';
import type { Level } from '../slide/slide.ts';
import type { Coverage, Places } from './coverage.ts';
import { type FocusMap, VALIDITY } from './focus-map.ts';
import { markUnreadable } from './holes.ts';
import type { CellMeasurement } from './measure.ts';
import type { UnitConversion } from './units.ts';

/** A window with less of its responses than this has too little tissue for a score. */
const LEAST_RESPONSES = 0.25;

/**
 * Pools the measured cells over `model.cells.windowCells` x `windowCells` cells around each cell, a value every
 * `CELL_PX`. Only assessable cells enter a window, so glass beside tissue does not change its value. A window of an even
 * number of cells lies half a cell up and left of the centre; at the slide's edges windows are moved inside.
 *
 * Memory: the cells (24 bytes a kernel each) plus a few rows; a slide of 100,000 px square has 2.4 million cells.
 */
export function poolMap(
	model: FocusModel,
	measurement: CellMeasurement,
	coverage: Coverage,
	places: Places,
	level: Level,
	{ unit, convert, higherMeans = model.higherMeans }: UnitConversion,
): FocusMap {
	const cells = model.cells!;
	const { columns, rows } = places;
	const validity = coverage.validity.slice();
	markUnreadable(validity, measurement.unreadable, places, level);
	const values = new Float32Array(columns * rows).fill(Number.NaN);
	const across = Math.min(cells.windowCells, columns);
	const down = Math.min(cells.windowCells, rows);
	const windows = slidingRows(measurement.grid, validity, places, across, down);
	const least = LEAST_RESPONSES * across * down * mostResponses(measurement.grid);
	const statistics = new Float64Array(cells.kernels * STATISTICS_PER_KERNEL);
	for (let row = 0; row < rows; row++) {
		const top = windowStart(row, down, rows);
		for (let column = 0; column < columns; column++) {
			const i = row * columns + column;
			if (validity[i] !== VALIDITY.assessable) continue;
			windows(top, windowStart(column, across, columns), statistics);
			const value = statistics[0]! > 0 && statistics[0]! >= least ? convert(cells.pool(statistics)) : Number.NaN;
			if (Number.isFinite(value)) values[i] = value;
			else validity[i] = VALIDITY.littleTexture;
		}
	}
	return {
		originXPx: places.originXPx,
		originYPx: places.originYPx,
		stepPx: places.stepPx,
		windowPx: cells.windowCells * CELL_PX,
		columns,
		rows,
		values,
		validity,
		tissueFraction: coverage.tissueFraction,
		unit,
		higherMeans,
	};
}

/** First cell of the window around cell `index`, moved inside `0..count`. */
function windowStart(index: number, window: number, count: number): number {
	return Math.max(0, Math.min(index - (window >> 1), count - window));
}

function mostResponses({ data, kernels }: CellGrid): number {
	let most = 0;
	for (let i = 0; i < data.length; i += kernels * STATISTICS_PER_KERNEL) most = Math.max(most, data[i]!);
	return most;
}

/**
 * Statistics of windows `across` x `down` cells. Rows are merged sideways once and kept while windows need them, so
 * asking row by row costs `across + down` merges a window, not their product.
 */
function slidingRows(grid: CellGrid, validity: Uint8Array, places: Places, across: number, down: number) {
	const numbers = grid.kernels * STATISTICS_PER_KERNEL;
	const starts = places.columns - across + 1;
	const kept = Array.from({ length: down }, () => ({ row: -1, data: new Float64Array(starts * numbers) }));

	const mergedRow = (row: number): Float64Array => {
		const slot = kept[row % down]!;
		if (slot.row === row) return slot.data;
		slot.row = row;
		for (let start = 0; start < starts; start++) clear(slot.data, start * numbers, numbers);
		const gridRow = row - grid.originRow;
		if (gridRow < 0 || gridRow >= grid.rows) return slot.data;
		for (let cell = 0; cell < grid.columns; cell++) {
			const column = grid.originColumn + cell;
			if (validity[row * places.columns + column] !== VALIDITY.assessable) continue;
			const from = (gridRow * grid.columns + cell) * numbers;
			const last = Math.min(column, starts - 1);
			for (let start = Math.max(0, column - across + 1); start <= last; start++) {
				mergeStatistics(slot.data, start * numbers, grid.data, from, numbers);
			}
		}
		return slot.data;
	};

	return (top: number, left: number, into: Float64Array): void => {
		clear(into, 0, numbers);
		for (let row = top; row < top + down; row++) {
			mergeStatistics(into, 0, mergedRow(row), left * numbers, numbers);
		}
	};
}

function clear(data: Float64Array, from: number, length: number): void {
	data.fill(0, from, from + length);
	for (let i = from; i < from + length; i += STATISTICS_PER_KERNEL) {
		data[i + 1] = Number.POSITIVE_INFINITY;
		data[i + 2] = Number.NEGATIVE_INFINITY;
	}
}
