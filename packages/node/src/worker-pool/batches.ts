/**
 * Cuts the work on a slide into compact blocks: big enough that a message costs nothing beside decoding, small enough
 * that threads finish together, square so that a block's cells are few.
 * @module
 */
import type { Level, TileIndex, WindowOrigin } from '@parfocal/core';

/** Side of a block in level-0 pixels, about; a larger tile is a block of its own. */
const BLOCK_PX = 2048;

/** Groups `tiles` by blocks of about 2048 x 2048 px, blocks in the order of their first tile, tiles in the order given. */
export function tileBatches(level: Level, tiles: readonly TileIndex[]): TileIndex[][] {
	const across = Math.max(1, Math.round(BLOCK_PX / level.tileWidthPx));
	const down = Math.max(1, Math.round(BLOCK_PX / level.tileHeightPx));
	return groupBy(tiles, ({ column, row }) => `${Math.floor(column / across)},${Math.floor(row / down)}`);
}

/** Groups windows by blocks in the same way. */
export function windowBatches<Window extends WindowOrigin>(windows: readonly Window[]): Window[][] {
	return groupBy(windows, ({ x, y }) => `${Math.floor(x / BLOCK_PX)},${Math.floor(y / BLOCK_PX)}`);
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): T[][] {
	return [...Map.groupBy(items, key).values()];
}
