/**
 * Which tiles of a slide are sharp enough.
 * @module
 */
import { type FocusMap, type RectPx, VALIDITY } from '@parfocal/core';

/** What the focus map says of a tile. */
export interface TileFocus {
	/** Mean of the map's values over the tile, in the map's unit, by area; NaN where nothing can be assessed. */
	readonly blurriness: number;
	/** Share of the tile's area that can be assessed, 0..1. */
	readonly assessable: number;
}

/**
 * Reads the map under each tile. What of a tile lies outside the map, on glass, or cannot be assessed does not count.
 * @example
 * ```ts
 * const { map } = await assess(slide, { model });
 * const sharp = focusOfTiles(map, tiles).map(({ blurriness }) => blurriness <= 2.5);
 * ```
 */
export function focusOfTiles(map: FocusMap, tiles: readonly RectPx[]): TileFocus[] {
	return tiles.map((tile) => focusOfTile(map, tile));
}

function focusOfTile(map: FocusMap, { x, y, widthPx, heightPx }: RectPx): TileFocus {
	const { originXPx, originYPx, stepPx, columns, rows, values, validity } = map;
	const first = (from: number, origin: number): number => Math.max(0, Math.floor((from - origin) / stepPx));
	const last = (to: number, origin: number, count: number): number =>
		Math.min(count - 1, Math.ceil((to - origin) / stepPx) - 1);
	let area = 0;
	let sum = 0;
	for (let row = first(y, originYPx); row <= last(y + heightPx, originYPx, rows); row++) {
		const height = overlap(originYPx + row * stepPx, stepPx, y, heightPx);
		for (let column = first(x, originXPx); column <= last(x + widthPx, originXPx, columns); column++) {
			const place = row * columns + column;
			if (validity[place] !== VALIDITY.assessable || Number.isNaN(values[place])) continue;
			const own = height * overlap(originXPx + column * stepPx, stepPx, x, widthPx);
			area += own;
			sum += own * values[place]!;
		}
	}
	return { blurriness: area > 0 ? sum / area : Number.NaN, assessable: area / (widthPx * heightPx) };
}

/** Length that two stretches share. */
function overlap(a: number, aLength: number, b: number, bLength: number): number {
	return Math.max(0, Math.min(a + aLength, b + bLength) - Math.max(a, b));
}
