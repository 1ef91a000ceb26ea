/**
 * Cuts the tiles of a slide into compact blocks: big enough that a message costs nothing beside decoding, small enough
 * that two threads finish together, square so that a block's cells are few.
 * @module
 */
import { CELL_PX, type Level, type TileIndex } from '@parfocal/core';

/** Side of a block in level-0 pixels, about; a block of larger tiles is one tile. */
const BLOCK_PX = 2048;

/** A rectangle of cells, in cells from the level's origin. */
export interface CellRect {
	readonly originColumn: number;
	readonly originRow: number;
	readonly columns: number;
	readonly rows: number;
}

/** Groups `tiles` by blocks of about 2048 x 2048 px, blocks in the order of their first tile, tiles in the order given. */
export function tileBatches(level: Level, tiles: readonly TileIndex[]): TileIndex[][] {
	const across = Math.max(1, Math.round(BLOCK_PX / level.tileWidthPx));
	const down = Math.max(1, Math.round(BLOCK_PX / level.tileHeightPx));
	return groupBy(tiles, (tile) => `${Math.floor(tile.column / across)},${Math.floor(tile.row / down)}`);
}

/** Groups windows by blocks in the same way. */
export function windowBatches<Window extends { readonly x: number; readonly y: number }>(
	windows: readonly Window[],
): Window[][] {
	return groupBy(windows, ({ x, y }) => `${Math.floor(x / BLOCK_PX)},${Math.floor(y / BLOCK_PX)}`);
}

/** The cells that `tiles` reach into. */
export function cellsOfTiles(level: Level, tiles: readonly TileIndex[]): CellRect {
	const across = { first: Number.POSITIVE_INFINITY, last: 0 };
	const down = { first: Number.POSITIVE_INFINITY, last: 0 };
	for (const { column, row } of tiles) {
		extend(across, column * level.tileWidthPx, level.tileWidthPx, level.widthPx);
		extend(down, row * level.tileHeightPx, level.tileHeightPx, level.heightPx);
	}
	return {
		originColumn: across.first,
		originRow: down.first,
		columns: across.last - across.first + 1,
		rows: down.last - down.first + 1,
	};
}

/** All cells of a level. */
export function cellsOfLevel(level: Level): CellRect {
	return {
		originColumn: 0,
		originRow: 0,
		columns: Math.ceil(level.widthPx / CELL_PX),
		rows: Math.ceil(level.heightPx / CELL_PX),
	};
}

function extend(range: { first: number; last: number }, startPx: number, tilePx: number, levelPx: number): void {
	range.first = Math.min(range.first, Math.floor(startPx / CELL_PX));
	range.last = Math.max(range.last, Math.floor((Math.min(startPx + tilePx, levelPx) - 1) / CELL_PX));
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): T[][] {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const name = key(item);
		const group = groups.get(name);
		if (group) group.push(item);
		else groups.set(name, [item]);
	}
	return [...groups.values()];
}
