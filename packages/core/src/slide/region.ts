/**
 * Rectangles of a level, put together from tiles.
 * @module
 */
import { ArgumentError, isParfocalError } from '../errors.ts';
import { blankRgb, pasteRgb } from '../image/crop.ts';
import type { Pixels, RectPx, RgbImage } from '../image/pixels.ts';
import { toRgb } from '../image/to-rgb.ts';
import type { MaybeAsync } from './maybe-async.ts';
import type { Level } from './slide.ts';

/** Largest region at once: 1.2 GB of RGB. Read larger ones tile by tile. */
const maxRegionPx = 400_000_000;

/**
 * A rectangle as RGB. Tiles are read with their padding and converted as parts of a whole, so that chroma at an edge is
 * the same as in every other reader. What lies outside the level is white.
 */
export async function readRegion(
	level: Level,
	rect: RectPx,
	readTile: (column: number, row: number) => MaybeAsync<Pixels>,
	onUnreadable?: (error: unknown) => void,
): Promise<RgbImage> {
	checkRect(rect);
	const { tileWidthPx, tileHeightPx } = level;
	const right = Math.min(rect.x + rect.widthPx, level.widthPx);
	const bottom = Math.min(rect.y + rect.heightPx, level.heightPx);
	// Tiles are pasted into the part inside the level, so that their padding never shows.
	const left = Math.max(0, rect.x);
	const top = Math.max(0, rect.y);
	const inside = blankRgb(Math.max(0, right - left), Math.max(0, bottom - top));
	for (let row = Math.floor(top / tileHeightPx); row * tileHeightPx < bottom; row++) {
		for (let column = Math.floor(left / tileWidthPx); column * tileWidthPx < right; column++) {
			const paste = (pixels: Pixels): void =>
				pasteOverlap(inside, pixels, column * tileWidthPx - left, row * tileHeightPx - top);
			try {
				const pixels = readTile(column, row);
				// Views of a decoder's memory do not outlive an await.
				if (pixels instanceof Promise) paste(await pixels);
				else paste(pixels);
			} catch (error) {
				if (onUnreadable === undefined || !isParfocalError(error, 'format')) throw error;
				onUnreadable(error);
			}
		}
	}
	if (inside.widthPx === rect.widthPx && inside.heightPx === rect.heightPx) return inside;
	const whole = blankRgb(rect.widthPx, rect.heightPx);
	pasteRgb(whole, inside, left - rect.x, top - rect.y);
	return whole;
}

/** As `pasteRgb`, for any pixels; only what falls inside is converted. */
function pasteOverlap(target: RgbImage, pixels: Pixels, x: number, y: number): void {
	const left = Math.max(0, -x);
	const top = Math.max(0, -y);
	const widthPx = Math.min(pixels.widthPx, target.widthPx - x) - left;
	const heightPx = Math.min(pixels.heightPx, target.heightPx - y) - top;
	if (widthPx <= 0 || heightPx <= 0) return;
	pasteRgb(target, toRgb(pixels, { x: left, y: top, widthPx, heightPx }), x + left, y + top);
}

function checkRect(rect: RectPx): void {
	const { x, y, widthPx, heightPx } = rect;
	if (![x, y, widthPx, heightPx].every(Number.isSafeInteger) || widthPx < 1 || heightPx < 1) {
		throw new ArgumentError('rect', `A region needs whole numbers and a positive size, not ${JSON.stringify(rect)}.`);
	}
	if (widthPx * heightPx > maxRegionPx) {
		const message = `A region of ${widthPx} x ${heightPx} px is more than ${maxRegionPx / 1e6} MP. Read it in parts, or read a smaller level.`;
		throw new ArgumentError('rect', message);
	}
}
