/**
 * The global grid of windows along one axis: corners at multiples of 5 level-0 px, grouped by the cell of their centre.
 * @module
 */
import { CELL_PX } from '../cells.ts';
import { KERNEL_TAPS, RESPONSE_STRIDE_PX } from './definition.ts';

const CENTRE = Math.floor(KERNEL_TAPS / 2);

/** Neighbouring windows whose centres lie in one cell. */
export interface CellRun {
	/** The cell's index on this axis, from level 0's origin. */
	readonly cell: number;
	/** Index into `starts` of the first of them. */
	readonly first: number;
	count: number;
}

/** The windows wholly inside a tile. */
export interface AxisWindows {
	/** Offsets of their first pixels within the tile. */
	readonly starts: readonly number[];
	readonly runs: readonly CellRun[];
}

/** Offset within a tile at level-0 position `originPx` of the first window of the global grid. */
export function firstWindow(originPx: number): number {
	return Math.ceil(originPx / RESPONSE_STRIDE_PX) * RESPONSE_STRIDE_PX - originPx;
}

/** Windows of the tile `originPx <= x < originPx + sizePx` that belong to the `cells` cells from `firstCell` on. */
export function axisWindows(originPx: number, sizePx: number, firstCell: number, cells: number): AxisWindows {
	const starts: number[] = [];
	const runs: CellRun[] = [];
	for (let start = firstWindow(originPx); start + KERNEL_TAPS <= sizePx; start += RESPONSE_STRIDE_PX) {
		const cell = Math.floor((originPx + start + CENTRE) / CELL_PX);
		if (cell < firstCell || cell >= firstCell + cells) continue;
		const run = runs.at(-1);
		if (run?.cell === cell) run.count++;
		else runs.push({ cell, first: starts.length, count: 1 });
		starts.push(start);
	}
	return { starts, runs };
}
