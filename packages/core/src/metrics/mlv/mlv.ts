/**
 * MLV: spread of the largest local brightness differences.
 * Higher means sharper; 0..1-ish in units of full brightness. Only a picture's 1,000 steepest pixels count: one speck of
 * dust or pen line decides the score.
 *
 * Source: Bahrami, Kot, "A Fast Approach for No-Reference Image Sharpness Assessment Based on Maximum Local Variation",
 * IEEE Signal Processing Letters 21(6), 2014; signed differences and rank weights as in the authors' released code
 * (no licence stated; not used here).
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { lumaOf, type Signal } from '../signal/luma.ts';

/** Largest differences that count, and how fast their weight falls with rank. */
const COUNTED = 1000;
const DECAY_PER_RANK = 0.01;

/**
 * MLV score.
 * @throws {ArgumentError} for a picture under 3 pixels a side.
 */
export function mlv(image: RgbImage): number {
	const values = maximumLocalVariation(image).data;
	const largest = values
		.sort()
		.subarray(Math.max(0, values.length - COUNTED))
		.toReversed();
	const sum = largest.reduce((total, value, i) => total + (value * Math.exp(-DECAY_PER_RANK * (i + 1))) ** 2, 0);
	return Math.sqrt(sum / largest.length);
}

/**
 * The largest signed difference of each inner pixel to its eight neighbours, pixels of the frame counting as black:
 * a map two pixels smaller than the picture on each axis.
 * @throws {ArgumentError} for a picture under 3 pixels a side.
 */
export function maximumLocalVariation(image: RgbImage): Signal {
	const { widthPx, heightPx, data } = lumaOf(image, 255);
	if (widthPx < 3 || heightPx < 3) {
		throw new ArgumentError(
			'image',
			`MLV needs a picture of at least 3 x 3 pixels; this one is ${widthPx} x ${heightPx}`,
		);
	}
	const blackFramed = data.slice();
	blackFramed.fill(0, 0, widthPx).fill(0, data.length - widthPx);
	for (let row = 0; row < heightPx; row++) {
		blackFramed[row * widthPx] = 0;
		blackFramed[row * widthPx + widthPx - 1] = 0;
	}
	// A maximum over three rows of a maximum over three columns, the pixel itself left out only where it would win: a
	// difference of 0 to itself must not hide that all neighbours are darker.
	const out = new Float64Array((widthPx - 2) * (heightPx - 2));
	for (let row = 1, o = 0; row < heightPx - 1; row++) {
		for (let i = row * widthPx + 1; i < (row + 1) * widthPx - 1; i++, o++) {
			const above = i - widthPx;
			const below = i + widthPx;
			const brightest = Math.max(
				blackFramed[above - 1]!,
				blackFramed[above]!,
				blackFramed[above + 1]!,
				blackFramed[i - 1]!,
				blackFramed[i + 1]!,
				blackFramed[below - 1]!,
				blackFramed[below]!,
				blackFramed[below + 1]!,
			);
			out[o] = brightest - data[i]!;
		}
	}
	return { widthPx: widthPx - 2, heightPx: heightPx - 2, data: out };
}
