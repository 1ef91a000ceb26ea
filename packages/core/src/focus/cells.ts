/**
 * Cells: small squares of level 0 that hold mergeable statistics of kernel responses. Min, max and sums of a union of
 * cells follow from those of its parts, so any window and any map step costs no second pass over pixels.
 * @module
 */

/** Side of a cell in level-0 pixels, and so the finest map step. */
export const CELL_PX = 64;

/** Order of the numbers kept for each kernel in a cell. */
export const STATISTICS = ['count', 'minimum', 'maximum', 'sum', 'sumOfMagnitudes', 'sumOfSquares'] as const;

/** Numbers kept for each kernel in a cell. */
export const STATISTICS_PER_KERNEL: number = STATISTICS.length;

/** A rectangle of cells. `data` is `[row][column][kernel][statistic]`; an empty cell has count 0, min +Inf, max -Inf. */
export interface CellGrid {
	/** First cell, in cells from the level's origin. */
	readonly originColumn: number;
	readonly originRow: number;
	readonly columns: number;
	readonly rows: number;
	readonly kernels: number;
	readonly data: Float32Array;
}

/** An empty grid. */
export function createCellGrid(
	originColumn: number,
	originRow: number,
	columns: number,
	rows: number,
	kernels: number,
): CellGrid {
	const data = new Float32Array(columns * rows * kernels * STATISTICS_PER_KERNEL);
	for (let i = 0; i < data.length; i += STATISTICS_PER_KERNEL) {
		data[i + 1] = Number.POSITIVE_INFINITY;
		data[i + 2] = Number.NEGATIVE_INFINITY;
	}
	return { originColumn, originRow, columns, rows, kernels, data };
}

/** Merges `part` into `whole`, which must contain it and have as many kernels. */
export function mergeCells(whole: CellGrid, part: CellGrid): void {
	const run = part.columns * part.kernels * STATISTICS_PER_KERNEL;
	for (let row = 0; row < part.rows; row++) {
		const toRow = part.originRow + row - whole.originRow;
		const toColumn = part.originColumn - whole.originColumn;
		const to = (toRow * whole.columns + toColumn) * whole.kernels * STATISTICS_PER_KERNEL;
		mergeStatistics(whole.data, to, part.data, row * run, run);
	}
}

/** Merges `length` numbers of statistics at `from` into those at `to`. */
export function mergeStatistics(
	target: Float32Array | Float64Array,
	to: number,
	source: Float32Array | Float64Array,
	from: number,
	length: number,
): void {
	for (let i = 0; i < length; i += STATISTICS_PER_KERNEL) {
		const a = to + i;
		const b = from + i;
		target[a] = target[a]! + source[b]!;
		target[a + 1] = Math.min(target[a + 1]!, source[b + 1]!);
		target[a + 2] = Math.max(target[a + 2]!, source[b + 2]!);
		target[a + 3] = target[a + 3]! + source[b + 3]!;
		target[a + 4] = target[a + 4]! + source[b + 4]!;
		target[a + 5] = target[a + 5]! + source[b + 5]!;
	}
}
