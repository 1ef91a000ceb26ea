/**
 * What the total variation would be if a picture's phases were random: its mean and variance, in closed form or drawn.
 *
 * Source: Leclaire, Moisan, J. Math. Imaging and Vision 52(1), 2015: section 2 (sharpness index), section 3 (S-index).
 * @module
 */
import { randomNumbers } from '../signal/random.ts';
import type { Spectrum } from '../signal/spectrum.ts';
import { type Variation, variationOf } from './variation.ts';

/** Mean and variance of a total variation. */
export interface Expectation {
	readonly mean: number;
	readonly variance: number;
}

/** Mean of the total variation of a Gaussian field whose differences have these mean squares. */
export function expectedVariation(pixels: number, { squaresRight, squaresDown }: Variation): number {
	return (Math.sqrt(squaresRight) + Math.sqrt(squaresDown)) * Math.sqrt((2 * pixels) / Math.PI);
}

/** Variance under the S-index, from the spectrum in the second image. */
export function stylisedVariance(spectrum: Spectrum, { squaresRight, squaresDown }: Variation): number {
	const { widthPx, heightPx, images } = spectrum;
	const frequency = images[1]!;
	const horizontal = squaredSines(widthPx);
	const vertical = squaredSines(heightPx);
	let xx = 0;
	let yy = 0;
	let xy = 0;
	for (let r = 0, i = 0; r < heightPx; r++) {
		for (let q = 0; q < widthPx; q++, i += 2) {
			const power = 4 * (frequency[i]! * frequency[i]! + frequency[i + 1]! * frequency[i + 1]!);
			const x = power * horizontal[q]!;
			const y = power * vertical[r]!;
			xx += x * x;
			yy += y * y;
			xy += x * y;
		}
	}
	const sum = ratio(xx, squaresRight) + ratio(yy, squaresDown) + ratio(2 * xy, Math.sqrt(squaresRight * squaresDown));
	return sum / (Math.PI * widthPx * heightPx);
}

function squaredSines(length: number): Float64Array {
	return Float64Array.from({ length }, (_, k) => Math.sin((Math.PI * k) / length) ** 2);
}

function ratio(numerator: number, denominator: number): number {
	return denominator === 0 ? 0 : numerator / denominator;
}

/** Variance under the sharpness index, from the spectrum in the second image; overwrites both images. */
export function sharpnessVariance(spectrum: Spectrum, { squaresRight: a, squaresDown: b }: Variation): number {
	const { widthPx, heightPx, images } = spectrum;
	const [both, cross] = images as [Float64Array, Float64Array];
	const right = differences(widthPx);
	const down = differences(heightPx);
	for (let r = 0, i = 0; r < heightPx; r++) {
		const downRe = down[2 * r]!;
		const downIm = down[2 * r + 1]!;
		const downPower = downRe * downRe + downIm * downIm;
		for (let q = 0; q < widthPx; q++, i += 2) {
			const rightRe = right[2 * q]!;
			const rightIm = right[2 * q + 1]!;
			const power = cross[i]! * cross[i]! + cross[i + 1]! * cross[i + 1]!;
			// The correlations of each difference with itself are real in space and in frequency: one transform serves two.
			both[i] = power * (rightRe * rightRe + rightIm * rightIm);
			both[i + 1] = power * downPower;
			cross[i] = power * (rightRe * downRe + rightIm * downIm);
			cross[i + 1] = power * (rightIm * downRe - rightRe * downIm);
		}
	}
	spectrum.inverse(both);
	spectrum.inverse(cross);
	const ab = Math.sqrt(a * b);
	let sum = 0;
	for (let i = 0; i < both.length; i += 2) {
		sum += a * arc(ratio(both[i]!, a)) + b * arc(ratio(both[i + 1]!, b)) + 2 * ab * arc(ratio(cross[i]!, ab));
	}
	return (2 / Math.PI) * sum;
}

/** What a difference of neighbours multiplies a spectrum by, `re, im`: `exp(i angle) - 1`. */
function differences(length: number): Float64Array {
	const out = new Float64Array(2 * length);
	for (let k = 0; k < length; k++) {
		const half = (Math.PI * k) / length;
		out[2 * k] = -2 * Math.sin(half) ** 2;
		out[2 * k + 1] = Math.sin(2 * half);
	}
	return out;
}

/** `t asin(t) + sqrt(1 - t²) - 1`, rounding kept inside the domain. */
function arc(t: number): number {
	const inside = Math.min(1, Math.max(-1, t));
	return inside * Math.asin(inside) + Math.sqrt(1 - inside * inside) - 1;
}

/**
 * Mean and sample variance of the total variation over `samples` pictures with the moduli of the spectrum in the second
 * image and random phases; overwrites the first image.
 */
export function drawnVariation(spectrum: Spectrum, samples: number, seed: number): Expectation {
	const { widthPx, heightPx, images } = spectrum;
	const [image, frequency] = images as [Float64Array, Float64Array];
	const random = randomNumbers(seed);
	let mean = 0;
	let squares = 0;
	for (let sample = 1; sample <= samples; sample++) {
		for (let r = 0, i = 0; r < heightPx; r++) {
			for (let q = 0; q < widthPx; q++, i += 2) {
				const opposite = 2 * (((heightPx - r) % heightPx) * widthPx + ((widthPx - q) % widthPx));
				if (opposite < i) continue;
				const modulus = Math.sqrt(frequency[i]! * frequency[i]! + frequency[i + 1]! * frequency[i + 1]!);
				// A real picture has opposite phases at opposite frequencies, and a mere sign where the two coincide.
				const angle = opposite === i ? (random() < 0.5 ? 0 : Math.PI) : 2 * Math.PI * random();
				image[opposite] = image[i] = modulus * Math.cos(angle);
				image[i + 1] = opposite === i ? 0 : modulus * Math.sin(angle);
				image[opposite + 1] = -image[i + 1]!;
			}
		}
		spectrum.inverse(image);
		const { total } = variationOf(image, widthPx, heightPx);
		// Welford's update.
		const difference = total - mean;
		mean += difference / sample;
		squares += difference * (total - mean);
	}
	return { mean, variance: squares / (samples - 1) };
}
