/**
 * A small picture of a whole slide.
 * @module
 */
import { ArgumentError, isParfocalError } from '../errors.ts';
import { blankRgb, pasteRgb } from '../image/crop.ts';
import type { Pixels, RectPx, RgbImage } from '../image/pixels.ts';
import { toRgb } from '../image/to-rgb.ts';
import { boxMeanOf } from './box-mean.ts';
import type { Level, Slide } from './slide.ts';

/** A picture of the whole slide and the level-0 pixels that each of its pixels stands for. */
export interface Thumbnail {
	readonly image: RgbImage;
	readonly downsampleX: number;
	readonly downsampleY: number;
	/** The level it was made from. */
	readonly level: number;
	/** Tiles that could not be read; they are white. */
	readonly unreadableTiles: number;
	/** Where those tiles lie, in level-0 pixels. */
	readonly holes: readonly RectPx[];
}

/**
 * The slide at no more than `maxSidePx` a side, averaged down from the smallest level that is at least as large (a slide
 * that is smaller comes as it is). Goes tile by tile, so a slide of one level takes no more memory than its thumbnail.
 * @throws {ArgumentError} when `maxSidePx` is no whole number from 1 to 20000.
 * @throws the signal's reason when cancelled; errors of the source.
 */
export async function readThumbnail(
	slide: Slide,
	maxSidePx: number,
	options: { readonly signal?: AbortSignal } = {},
): Promise<Thumbnail> {
	if (!(Number.isInteger(maxSidePx) && maxSidePx >= 1 && maxSidePx <= 20_000)) {
		throw new ArgumentError('maxSidePx', `A thumbnail is 1 to 20000 px a side, not ${maxSidePx}.`);
	}
	const largest = slide.levels[0]!;
	const wanted = Math.min(maxSidePx, longest(largest));
	const index = Math.max(
		0,
		slide.levels.findLastIndex((level) => longest(level) >= wanted),
	);
	const level = slide.levels[index]!;
	const scale = Math.min(1, maxSidePx / longest(level));
	const widthPx = Math.max(1, Math.round(level.widthPx * scale));
	const heightPx = Math.max(1, Math.round(level.heightPx * scale));
	const isWhole = widthPx === level.widthPx && heightPx === level.heightPx;
	const gathered = isWhole ? pastedTiles(level) : boxSums(level, widthPx, heightPx);
	const holes: RectPx[] = [];
	for (let row = 0; row < level.rows; row++) {
		for (let column = 0; column < level.columns; column++) {
			options.signal?.throwIfAborted();
			try {
				const pixels = slide.readTile(index, column, row, options);
				// What comes at once is used at once: it may be memory that the next decode overwrites.
				gathered.add(pixels instanceof Promise ? await pixels : pixels, column, row);
			} catch (error) {
				if (!isParfocalError(error, 'format')) throw error;
				holes.push(tileOnLevel0(level, column, row));
				gathered.add(undefined, column, row);
			}
		}
	}
	return {
		image: gathered.image(),
		downsampleX: largest.widthPx / widthPx,
		downsampleY: largest.heightPx / heightPx,
		level: index,
		unreadableTiles: holes.length,
		holes,
	};
}

const longest = ({ widthPx, heightPx }: Level): number => Math.max(widthPx, heightPx);

function tileOnLevel0(level: Level, column: number, row: number): RectPx {
	const { downsample, tileWidthPx, tileHeightPx } = level;
	return {
		x: column * tileWidthPx * downsample,
		y: row * tileHeightPx * downsample,
		widthPx: Math.min(tileWidthPx, level.widthPx - column * tileWidthPx) * downsample,
		heightPx: Math.min(tileHeightPx, level.heightPx - row * tileHeightPx) * downsample,
	};
}

/** A picture in the making. */
interface Gathered {
	/** Adds a tile; without pixels, a white one. */
	add(pixels: Pixels | undefined, column: number, row: number): void;
	image(): RgbImage;
}

/** A level as it stands: nothing to average, which is the usual case and ten times faster. */
function pastedTiles({ widthPx, heightPx, tileWidthPx, tileHeightPx }: Level): Gathered {
	const image = blankRgb(widthPx, heightPx);
	return {
		add(pixels, column, row) {
			if (pixels) pasteRgb(image, toRgb(pixels), column * tileWidthPx, row * tileHeightPx);
		},
		image: () => image,
	};
}

/** Averages of a level on a grid of `widthPx` x `heightPx` boxes, gathered tile by tile. */
function boxSums(level: Level, widthPx: number, heightPx: number): Gathered {
	// A box may be cut by tile borders: its mean is that of its parts, weighted by their pixels.
	const sums = new Float32Array(3 * widthPx * heightPx);
	const columns = boxStarts(widthPx, level.widthPx);
	const rows = boxStarts(heightPx, level.heightPx);
	const mean = new Float64Array(3).fill(255);

	return {
		add(pixels, column, row) {
			const left = column * level.tileWidthPx;
			const top = row * level.tileHeightPx;
			const right = Math.min(left + level.tileWidthPx, level.widthPx);
			const bottom = Math.min(top + level.tileHeightPx, level.heightPx);
			// Averaging planes is far cheaper than converting each pixel; small boxes need the chroma upsampled properly.
			const isPlain = pixels?.layout === 'rgb' || pixels?.colour !== 'ycbcr' || level.widthPx >= 4 * widthPx;
			const meanOf = pixels && boxMeanOf(isPlain ? pixels : toRgb(pixels));
			mean.fill(255);
			for (let boxY = boxAt(top, heightPx, level.heightPx); boxY < heightPx && rows[boxY]! < bottom; boxY++) {
				const y = Math.max(top, rows[boxY]!);
				const endY = Math.min(bottom, rows[boxY + 1]!);
				for (let boxX = boxAt(left, widthPx, level.widthPx); boxX < widthPx && columns[boxX]! < right; boxX++) {
					const x = Math.max(left, columns[boxX]!);
					const endX = Math.min(right, columns[boxX + 1]!);
					meanOf?.(x - left, y - top, endX - left, endY - top, mean);
					const to = 3 * (boxY * widthPx + boxX);
					const count = (endX - x) * (endY - y);
					sums[to]! += mean[0]! * count;
					sums[to + 1]! += mean[1]! * count;
					sums[to + 2]! += mean[2]! * count;
				}
			}
		},
		image() {
			const data = new Uint8Array(sums.length);
			for (let y = 0, at = 0; y < heightPx; y++) {
				const boxRows = rows[y + 1]! - rows[y]!;
				for (let x = 0; x < widthPx; x++) {
					const count = boxRows * (columns[x + 1]! - columns[x]!);
					for (let end = at + 3; at < end; at++) data[at] = Math.round(sums[at]! / count);
				}
			}
			return { layout: 'rgb', widthPx, heightPx, data };
		},
	};
}

/** First pixel of each box, and the end of the last. Every box has at least one pixel: there are never more boxes. */
function boxStarts(boxes: number, size: number): Int32Array {
	return Int32Array.from({ length: boxes + 1 }, (_, box) => Math.floor((box * size) / boxes));
}

/** The box that holds a pixel. */
function boxAt(pixel: number, boxes: number, size: number): number {
	return Math.floor(((pixel + 1) * boxes - 1) / size);
}
