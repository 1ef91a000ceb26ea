/**
 * A small picture of a whole slide.
 * @module
 */
import type { RgbImage } from '../image/pixels.ts';
import type { Level, Slide } from './slide.ts';

/** A picture of the whole slide and the level-0 pixels that each of its pixels stands for. */
export interface Thumbnail {
	readonly image: RgbImage;
	readonly downsampleX: number;
	readonly downsampleY: number;
}

/** Pixels of a level that are held at once. */
const BAND_PX = 2 ** 23;

/**
 * The slide at no more than `maxSidePx` a side, averaged down from the smallest level that is at least as large (a level
 * that is smaller comes as it is). Tiles that cannot be read are white.
 * @throws the signal's reason when cancelled
 */
export async function readThumbnail(
	slide: Slide,
	maxSidePx: number,
	options: { readonly signal?: AbortSignal } = {},
): Promise<Thumbnail> {
	const largest = slide.levels[0]!;
	const index = slide.levels.findLastIndex((level) => longest(level) >= Math.min(maxSidePx, longest(largest)));
	const level = slide.levels[Math.max(0, index)]!;
	const scale = Math.min(1, maxSidePx / longest(level));
	const widthPx = Math.max(1, Math.round(level.widthPx * scale));
	const heightPx = Math.max(1, Math.round(level.heightPx * scale));
	const image = await average(slide, Math.max(0, index), level, widthPx, heightPx, options);
	return { image, downsampleX: largest.widthPx / widthPx, downsampleY: largest.heightPx / heightPx };
}

const longest = ({ widthPx, heightPx }: Level) => Math.max(widthPx, heightPx);

/** Each output pixel is the mean of the level's pixels whose index falls into it. */
async function average(
	slide: Slide,
	index: number,
	level: Level,
	widthPx: number,
	heightPx: number,
	options: { readonly signal?: AbortSignal },
): Promise<RgbImage> {
	const data = new Uint8Array(3 * widthPx * heightPx);
	const rowOf = (y: number) => Math.floor((y * level.heightPx) / heightPx);
	const columns = Int32Array.from({ length: widthPx + 1 }, (_, x) => Math.floor((x * level.widthPx) / widthPx));
	const rowsAtOnce = Math.max(1, Math.floor((BAND_PX / level.widthPx / level.heightPx) * heightPx));
	for (let top = 0; top < heightPx; top += rowsAtOnce) {
		options.signal?.throwIfAborted();
		const bottom = Math.min(heightPx, top + rowsAtOnce);
		const from = rowOf(top);
		const rect = { x: 0, y: from, widthPx: level.widthPx, heightPx: rowOf(bottom) - from };
		const band = await slide.readRegion(index, rect, { ...options, onUnreadable: () => {} });
		for (let y = top; y < bottom; y++) {
			averageRow(band, rowOf(y) - from, rowOf(y + 1) - from, columns, data, 3 * y * widthPx);
		}
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}

function averageRow(band: RgbImage, top: number, bottom: number, columns: Int32Array, out: Uint8Array, to: number) {
	for (let x = 0; x + 1 < columns.length; x++) {
		const left = columns[x]!;
		const right = columns[x + 1]!;
		let r = 0;
		let g = 0;
		let b = 0;
		for (let y = top; y < bottom; y++) {
			const end = 3 * (y * band.widthPx + right);
			for (let i = 3 * (y * band.widthPx + left); i < end; i += 3) {
				r += band.data[i]!;
				g += band.data[i + 1]!;
				b += band.data[i + 2]!;
			}
		}
		const count = (right - left) * (bottom - top);
		out[to + 3 * x] = Math.round(r / count);
		out[to + 3 * x + 1] = Math.round(g / count);
		out[to + 3 * x + 2] = Math.round(b / count);
	}
}
