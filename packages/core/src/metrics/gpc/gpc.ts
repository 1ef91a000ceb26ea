/**
 * Global phase coherence: how surprisingly small a picture's total variation is, given the moduli of its spectrum. Random
 * phases would make it larger; sharp edges need ordered phases.
 *
 * Higher means sharper. From 0 without upper limit, unitless: a negative decimal logarithm of a probability. It does not
 * change with brightness and contrast, as far as grey levels are not rounded or clipped. It looks at the whole picture at
 * once, so scores of tiles and of their parent are not comparable; and it rewards strong smooth contrast: out-of-focus
 * tissue can score above sharp tissue.
 *
 * Source: Leclaire, Moisan, "No-Reference Image Quality Assessment and Blind Deblurring with Sharpness Metrics Exploiting
 * Fourier Phase Information", J. Math. Imaging and Vision 52(1), 2015 (sharpness index, S-index); Blanchet, Moisan, Rougé,
 * "Measuring the Global Phase Coherence of an Image", ICIP 2008 (Monte Carlo). Written from the papers; Moisan's MATLAB code
 * (to be redistributed unmodified only) is not used. Comparisons in focus literature call the S-index "GPC".
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { greyLevelsOf } from '../signal/luma.ts';
import { withSpectrum } from '../signal/spectrum.ts';
import { negativeLogTail } from './normal-tail.ts';
import { type Preparation, preparePicture } from './prepare.ts';
import { drawnVariation, expectedVariation, sharpnessVariance, stylisedVariance } from './variance.ts';
import { type Variation, variationOf } from './variation.ts';

/** Options of `gpc`. */
export interface GpcOptions {
	/**
	 * `s-index` (default): random phases approximated in closed form, simplified; `si`: the sharpness index, its exact
	 * variance; `monte-carlo`: random phases drawn, which gives values many times larger. Never compare across variants.
	 */
	readonly variant?: 's-index' | 'si' | 'monte-carlo';
	/** What is done to the picture first; default `both`. */
	readonly preparation?: Preparation;
	/** Pictures drawn for `monte-carlo`, 2 or more; default 100. */
	readonly samples?: number;
	/** Seed of the draws, a whole number; default 1. */
	readonly seed?: number;
}

/** A score with what it was computed from. */
export interface GpcMeasurement {
	readonly score: number;
	/** Total variation of the prepared picture, in grey levels. */
	readonly variation: Variation;
	/** What random phases would give. */
	readonly mean: number;
	readonly variance: number;
	/** How many standard deviations the total variation lies below the mean; 0 for a flat picture. */
	readonly deviations: number;
}

const FLAT: GpcMeasurement = {
	score: 0,
	variation: { total: 0, squaresRight: 0, squaresDown: 0 },
	mean: 0,
	variance: 0,
	deviations: 0,
};

/**
 * Phase coherence of a picture of any size from 2 x 2 pixels on; 0 for a flat one. Grey pictures are those with equal channels.
 * @throws {ArgumentError} for smaller pictures, pictures too large for memory, and unusable options.
 * @example
 * ```ts
 * const sIndex = gpc(image);
 * const drawn = gpc(image, { variant: 'monte-carlo', samples: 1000, seed: 7 });
 * ```
 */
export function gpc(image: RgbImage, options: GpcOptions = {}): number {
	return measureGpc(image, options).score;
}

/**
 * As `gpc`, with the intermediate values.
 * @throws {ArgumentError} as `gpc` does.
 */
export function measureGpc(image: RgbImage, options: GpcOptions = {}): GpcMeasurement {
	const { variant = 's-index', preparation = 'both', samples = 100, seed = 1 } = options;
	const { widthPx, heightPx } = image;
	if (widthPx < 2 || heightPx < 2) {
		const message = `GPC needs a picture of at least 2 x 2 pixels; this one is ${widthPx} x ${heightPx}.`;
		throw new ArgumentError('image', message);
	}
	if (!(Number.isSafeInteger(samples) && samples >= 2)) {
		throw new ArgumentError('samples', `GPC draws 2 pictures or more; samples is ${samples}.`);
	}
	if (!Number.isSafeInteger(seed)) throw new ArgumentError('seed', `The seed is a whole number, not ${seed}.`);
	const grey = greyLevelsOf(image, 1);
	// Decided here: the transforms would leave rounding noise, whose phases mean nothing.
	if (grey.data.every((level) => level === grey.data[0])) return FLAT;
	return withSpectrum(widthPx, heightPx, 2, (spectrum) => {
		preparePicture(spectrum, grey, preparation);
		const variation = variationOf(spectrum.images[0]!, widthPx, heightPx);
		const { mean, variance } =
			variant === 'monte-carlo'
				? drawnVariation(spectrum, samples, seed)
				: {
						mean: expectedVariation(widthPx * heightPx, variation),
						variance: (variant === 'si' ? sharpnessVariance : stylisedVariance)(spectrum, variation),
					};
		if (!(variance > 0)) return { score: 0, variation, mean, variance: 0, deviations: 0 };
		const deviations = (mean - variation.total) / Math.sqrt(variance);
		return { score: negativeLogTail(deviations), variation, mean, variance, deviations };
	});
}
