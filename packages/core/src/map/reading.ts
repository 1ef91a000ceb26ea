/**
 * What all reading of tiles shares: corrupt ones are noted, cancelling is heard, the event loop gets its turn.
 * @module
 */
import { isParfocalError } from '../errors.ts';
import type { RectPx } from '../image/pixels.ts';
import type { Level } from '../slide/slide.ts';
import type { TileIndex, UnreadableTile } from './measure.ts';

/** Longest time without a turn for the event loop (cancelling, painting). */
const TURN_MS = 50;

/**
 * The record of a corrupt tile. Everything else ends the slide: cancelling, a file that vanished, our own mistakes.
 * @throws the error itself when it is not a corrupt tile
 */
export function asUnreadable(error: unknown, tile: TileIndex, signal: AbortSignal | undefined): UnreadableTile {
	signal?.throwIfAborted();
	if (!isParfocalError(error, 'format')) throw error;
	return { ...tile, message: error.message };
}

/** Gives a promise to wait for when the event loop is due a turn; throws when cancelled. */
export function turns(signal: AbortSignal | undefined): () => Promise<void> | undefined {
	let last = performance.now();
	return () => {
		signal?.throwIfAborted();
		if (performance.now() - last < TURN_MS) return undefined;
		return new Promise<void>((resolve) => setTimeout(resolve)).then(() => {
			last = performance.now();
			signal?.throwIfAborted();
		});
	};
}

/** The tiles of a level that a rectangle of it touches, row by row. */
export function tilesUnder(rect: RectPx, level: Level): TileIndex[] {
	const tiles: TileIndex[] = [];
	const lastRow = Math.min(level.rows, Math.ceil((rect.y + rect.heightPx) / level.tileHeightPx));
	const lastColumn = Math.min(level.columns, Math.ceil((rect.x + rect.widthPx) / level.tileWidthPx));
	for (let row = Math.floor(rect.y / level.tileHeightPx); row < lastRow; row++) {
		for (let column = Math.floor(rect.x / level.tileWidthPx); column < lastColumn; column++) {
			tiles.push({ column, row });
		}
	}
	return tiles;
}

/** The part of the level that a tile covers. */
export function tileRect({ column, row }: TileIndex, level: Level): RectPx {
	const x = column * level.tileWidthPx;
	const y = row * level.tileHeightPx;
	return {
		x,
		y,
		widthPx: Math.min(level.tileWidthPx, level.widthPx - x),
		heightPx: Math.min(level.tileHeightPx, level.heightPx - y),
	};
}

/** True when two rectangles share a pixel. */
export function overlaps(a: RectPx, b: RectPx): boolean {
	return a.x < b.x + b.widthPx && b.x < a.x + a.widthPx && a.y < b.y + b.heightPx && b.y < a.y + a.heightPx;
}
