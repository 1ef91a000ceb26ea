/**
 * Measuring in the calling thread: what browsers' pages, tests and small pictures use, and what each worker does.
 * @module
 */
import { ModelError } from '../errors.ts';
import { CELL_PX, type CellGrid, createCellGrid } from '../focus/cells.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Level } from '../slide/slide.ts';
import type { CellMeasurement, MeasureRequest, Measurer, TileIndex, UnreadableTile } from './measure.ts';
import { asUnreadable, turns } from './reading.ts';
import { measureWindows } from './windows.ts';

/** Measures tiles one after another. Synchronous readers never wait; the event loop gets a turn now and then. */
export const measureInThread: Measurer = { cells: measureCells, windows: measureWindows };

async function measureCells({ slide, model, tiles, signal, onProgress }: MeasureRequest): Promise<CellMeasurement> {
	const { cells, planes } = model;
	if (cells === undefined) {
		throw new ModelError(model.name, `The model ${model.name} has no fast path. Use exact mode instead.`);
	}
	const level = slide.levels[0]!;
	const grid = gridUnder(tiles, level, cells.kernels);
	const unreadable: UnreadableTile[] = [];
	const options = { planes, ...(signal && { signal }) };
	const turn = turns(signal);
	for (const [done, { column, row }] of tiles.entries()) {
		try {
			const read = slide.readTile(0, column, row, options);
			const pixels: Pixels = read instanceof Promise ? await read : read;
			cells.measure(pixels, column * level.tileWidthPx, row * level.tileHeightPx, grid);
		} catch (error) {
			unreadable.push(asUnreadable(error, { column, row }, signal));
		}
		const waiting = turn();
		if (waiting) {
			onProgress?.(done + 1, tiles.length);
			await waiting;
		}
	}
	onProgress?.(tiles.length, tiles.length);
	return { grid, unreadable };
}

/** Empty cells under the bounding box of the tiles. */
export function gridUnder(tiles: readonly TileIndex[], level: Level, kernels: number): CellGrid {
	if (tiles.length === 0) return createCellGrid(0, 0, 0, 0, kernels);
	let left = Number.POSITIVE_INFINITY;
	let top = Number.POSITIVE_INFINITY;
	let right = 0;
	let bottom = 0;
	for (const { column, row } of tiles) {
		left = Math.min(left, column * level.tileWidthPx);
		top = Math.min(top, row * level.tileHeightPx);
		right = Math.max(right, Math.min((column + 1) * level.tileWidthPx, level.widthPx));
		bottom = Math.max(bottom, Math.min((row + 1) * level.tileHeightPx, level.heightPx));
	}
	const originColumn = Math.floor(left / CELL_PX);
	const originRow = Math.floor(top / CELL_PX);
	const columns = Math.ceil(right / CELL_PX) - originColumn;
	const rows = Math.ceil(bottom / CELL_PX) - originRow;
	return createCellGrid(originColumn, originRow, columns, rows, kernels);
}
