/**
 * Grey levels as the published metrics see them: MATLAB's rgb2gray, which differs from the usual 0.299/0.587/0.114 by one
 * grey level on about half a per cent of pixels.
 * @module
 */
import type { RgbImage } from '../../image/pixels.ts';

/** First row of the inverse of the NTSC matrix [[1, .956, .621], [1, -.272, -.647], [1, -1.106, 1.703]]. */
const LUMA = [0.29893602129377533, 0.5870430744511214, 0.11402090425510324] as const;

/** A real-valued image: row-major, `data.length === widthPx * heightPx`. */
export interface Signal {
	readonly widthPx: number;
	readonly heightPx: number;
	readonly data: Float64Array;
}

/** Unrounded luma of RGB divided by `divisor` (255 for 0..1). */
export function lumaOf({ data, widthPx, heightPx }: RgbImage, divisor: number): Signal {
	const luma = new Float64Array(widthPx * heightPx);
	for (let i = 0, j = 0; i < luma.length; i++, j += 3) {
		luma[i] = (LUMA[0] * data[j]! + LUMA[1] * data[j + 1]! + LUMA[2] * data[j + 2]!) / divisor;
	}
	return { widthPx, heightPx, data: luma };
}

/** Luma rounded to whole grey levels 0..255, divided by `divisor`. Dividing matters: multiplying by 1/255 rounds otherwise. */
export function greyLevelsOf({ data, widthPx, heightPx }: RgbImage, divisor: number): Signal {
	const grey = new Float64Array(widthPx * heightPx);
	for (let i = 0, j = 0; i < grey.length; i++, j += 3) {
		grey[i] = Math.floor(LUMA[0] * data[j]! + LUMA[1] * data[j + 1]! + LUMA[2] * data[j + 2]! + 0.5) / divisor;
	}
	return { widthPx, heightPx, data: grey };
}
