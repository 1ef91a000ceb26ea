/**
 * Which tiles are worth decoding.
 * @module
 */
import { CELL_PX } from '../focus/cells.ts';
import type { Level } from '../slide/slide.ts';
import type { GridSize } from '../tissue/grid.ts';
import type { Coverage, Places } from './coverage.ts';
import { VALIDITY } from './focus-map.ts';
import type { TileIndex } from './measure.ts';

/** The cells of a whole slide as places of a map. */
export function cellPlaces({ widthPx, heightPx }: GridSize): Places {
	return {
		originXPx: 0,
		originYPx: 0,
		stepPx: CELL_PX,
		sizePx: CELL_PX,
		columns: Math.ceil(widthPx / CELL_PX),
		rows: Math.ceil(heightPx / CELL_PX),
	};
}

/**
 * The tiles of level 0 under at least one assessable cell, row by row. Only such cells enter any window, so the rest
 * of the slide is never decoded.
 */
export function tilesWithTissue({ validity }: Coverage, places: Places, level: Level): TileIndex[] {
	const tiles: TileIndex[] = [];
	for (let row = 0; row < level.rows; row++) {
		const [top, bottom] = cellsUnder(row, level.tileHeightPx, level.heightPx);
		for (let column = 0; column < level.columns; column++) {
			const [left, right] = cellsUnder(column, level.tileWidthPx, level.widthPx);
			let wanted = false;
			for (let y = top; y < bottom && !wanted; y++) {
				for (let x = left; x < right && !wanted; x++) {
					wanted = validity[y * places.columns + x] === VALIDITY.assessable;
				}
			}
			if (wanted) tiles.push({ column, row });
		}
	}
	return tiles;
}

/** First cell and the one after the last that a tile touches on one axis. */
function cellsUnder(index: number, tilePx: number, levelPx: number): [number, number] {
	const end = Math.min((index + 1) * tilePx, levelPx);
	return [Math.floor((index * tilePx) / CELL_PX), Math.ceil(end / CELL_PX)];
}
