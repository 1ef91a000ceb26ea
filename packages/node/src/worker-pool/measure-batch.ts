/**
 * One batch of work on an open slide. A tile that cannot be read is recorded and skipped.
 * @module
 */
import {
	createCellGrid,
	type FocusModel,
	type Pixels,
	type Slide,
	type TileOptions,
	type UnreadableTile,
} from '@parfocal/core';
import type { CellRect } from './batches.ts';
import type { Done } from './protocol.ts';

/** Reads the tiles at `places` (pairs of column and row) and adds up their responses in the given cells. */
export async function measureCells(
	slide: Slide,
	model: FocusModel,
	places: Int32Array,
	cells: CellRect,
): Promise<Done> {
	const scoring = model.cells!;
	const { tileWidthPx, tileHeightPx } = slide.levels[0]!;
	const grid = createCellGrid(cells.originColumn, cells.originRow, cells.columns, cells.rows, scoring.kernels);
	const unreadable = await eachTile(slide, places, model.planes, (pixels, column, row) =>
		scoring.measure(pixels, column * tileWidthPx, row * tileHeightPx, grid),
	);
	return { numbers: grid.data, unreadable };
}

/** Reads the tiles at `places` and drops the pixels: shows that they can be read, and what reading alone costs. */
export async function readTiles(slide: Slide, places: Int32Array, planes: 'all' | 'luma'): Promise<Done> {
	return { numbers: new Float32Array(0), unreadable: await eachTile(slide, places, planes, () => {}) };
}

async function eachTile(
	slide: Slide,
	places: Int32Array,
	planes: NonNullable<TileOptions['planes']>,
	use: (pixels: Pixels, column: number, row: number) => void,
): Promise<UnreadableTile[]> {
	const unreadable: UnreadableTile[] = [];
	for (let i = 0; i < places.length; i += 2) {
		const column = places[i]!;
		const row = places[i + 1]!;
		try {
			const pixels = slide.readTile(0, column, row, { planes });
			// Awaiting costs more than small tiles do, so only what is late is waited for.
			use(pixels instanceof Promise ? await pixels : pixels, column, row);
		} catch (error) {
			unreadable.push({ column, row, message: error instanceof Error ? error.message : String(error) });
		}
	}
	return unreadable;
}

/** Scores the exact windows whose top-left corners are at `places`; NaN where a tile under one cannot be read. */
export async function scoreWindows(slide: Slide, model: FocusModel, places: Int32Array): Promise<Done> {
	const { tileWidthPx, tileHeightPx } = slide.levels[0]!;
	const scores = new Float32Array(places.length / 2).fill(Number.NaN);
	const unreadable = new Map<string, UnreadableTile>();
	const side = model.windowPx;
	for (let i = 0; i < scores.length; i++) {
		const x = places[2 * i]!;
		const y = places[2 * i + 1]!;
		try {
			const image = await slide.readRegion(0, { x, y, widthPx: side, heightPx: side });
			scores[i] = model.scoreWindows(image).scores[0]!;
		} catch (error) {
			const tile = { column: Math.floor(x / tileWidthPx), row: Math.floor(y / tileHeightPx) };
			const message = error instanceof Error ? error.message : String(error);
			unreadable.set(`${tile.column},${tile.row}`, { ...tile, message });
		}
	}
	return { numbers: scores, unreadable: [...unreadable.values()] };
}
