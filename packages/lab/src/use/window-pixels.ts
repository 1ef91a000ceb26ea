/**
 * Windows of a picture as a network takes them.
 * @module
 */
import { cropRgb, type RgbImage, type WindowOrigin } from '@parfocal/core';
import { type ResampleMethod, resample } from '../data/pixels/resample.ts';

/** Which square is cut, and what becomes of it. */
export interface WindowShape {
	/** Side of the square, pixels of the picture. */
	readonly windowPx: number;
	/** Side of what the network takes. */
	readonly inputPx: number;
	/** How the one becomes the other. */
	readonly resampler: 'none' | ResampleMethod;
}

/**
 * Writes the window at `origin` as the `at`-th picture of `pixels`, `[n, 3, inputPx, inputPx]`, 0 to 255. The window must lie
 * within the picture.
 */
export function writeWindow(
	image: RgbImage,
	{ x, y }: WindowOrigin,
	{ windowPx, inputPx, resampler }: WindowShape,
	pixels: Float32Array,
	at: number,
): void {
	const area = inputPx * inputPx;
	const to = 3 * area * at;
	if (resampler === 'none') {
		writePlanes(image, x, y, inputPx, pixels, to);
		return;
	}
	const square = cropRgb(image, { x, y, widthPx: windowPx, heightPx: windowPx });
	const resized = resample(square, { method: resampler, widthPx: inputPx, heightPx: inputPx });
	writePlanes(resized, 0, 0, inputPx, pixels, to);
}

function writePlanes(
	{ data, widthPx }: RgbImage,
	x: number,
	y: number,
	sidePx: number,
	pixels: Float32Array,
	at: number,
): void {
	const area = sidePx * sidePx;
	for (let row = 0, to = at; row < sidePx; row++) {
		let from = 3 * ((y + row) * widthPx + x);
		for (let column = 0; column < sidePx; column++, from += 3, to++) {
			pixels[to] = data[from]!;
			pixels[to + area] = data[from + 1]!;
			pixels[to + 2 * area] = data[from + 2]!;
		}
	}
}
