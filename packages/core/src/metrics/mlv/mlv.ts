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
import { largestOf } from '../signal/largest.ts';
import { lumaOf, type Signal } from '../signal/luma.ts';

/** Largest differences that count, and how fast their weight falls with rank. */
const COUNTED = 1000;
const DECAY_PER_RANK = 0.01;

/**
 * MLV score.
 * @throws {ArgumentError} for a picture under 3 pixels a side.
 * @example
 * ```ts
 * mlv(image); // about 0.1 for a sharp tile, 0.02 for a blurred one
 * ```
 */
export function mlv(image: RgbImage): number {
	const largest = largestOf(maximumLocalVariation(image).data, COUNTED).sort().reverse();
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
			`MLV needs a picture of at least 3 x 3 pixels; this one is ${widthPx} x ${heightPx}.`,
		);
	}
	const width = widthPx - 2;
	const out = new Float64Array(width * (heightPx - 2));
	const rowOf = (row: number): Float64Array => innerRow(data, row, widthPx, heightPx);
	const brightest = new Float64Array(widthPx);
	let above = rowOf(0);
	let here = rowOf(1);
	for (let row = 1; row < heightPx - 1; row++) {
		const below = rowOf(row + 1);
		for (let x = 0; x < widthPx; x++) brightest[x] = Math.max(above[x]!, below[x]!);
		const to = (row - 1) * width - 1;
		for (let x = 1; x < widthPx - 1; x++) {
			let most = Math.max(here[x - 1]!, here[x + 1]!);
			if (brightest[x - 1]! > most) most = brightest[x - 1]!;
			if (brightest[x]! > most) most = brightest[x]!;
			if (brightest[x + 1]! > most) most = brightest[x + 1]!;
			out[to + x] = most - data[row * widthPx + x]!;
		}
		above = here;
		here = below;
	}
	return { widthPx: width, heightPx: heightPx - 2, data: out };
}

/** A row with the picture's frame in black. */
function innerRow(data: Float64Array, row: number, widthPx: number, heightPx: number): Float64Array {
	if (row === 0 || row === heightPx - 1) return new Float64Array(widthPx);
	const pixels = data.slice(row * widthPx, (row + 1) * widthPx);
	pixels[0] = 0;
	pixels[widthPx - 1] = 0;
	return pixels;
}
