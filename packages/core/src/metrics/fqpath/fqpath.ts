/**
 * FQPath: the fourth moment of the strongest responses of a filter that undoes the blur of a lens.
 * Higher means blurrier. Unitless; NaN when no pixel responds positively in both directions (a flat picture).
 *
 * Source: Hosseini, Brawley-Hayes, Zhang, Chan, Plataniotis, Damaskinos, "Focus Quality Assessment of High-Throughput
 * Whole Slide Imaging in Digital Pathology", IEEE Transactions on Medical Imaging 39(1), 2020. Written from the paper;
 * the authors' MATLAB code (GPL-3.0) is not used.
 * @module
 */
import type { RgbImage } from '../../image/pixels.ts';
import { derivativeSum, generalisedGaussian } from '../maxpol/inverse-blur.ts';
import { type AxisResponses, positiveResponses } from '../maxpol/positive-responses.ts';
import { limitedLogMoment, type ResponseRule, strongestResponses } from '../maxpol/strongest-responses.ts';
import { type Axis, convolve } from '../signal/convolve.ts';
import { greyLevelsOf, type Signal } from '../signal/luma.ts';

/** The paper's parameters: weights of the MaxPol derivatives of orders 2, 4, …, 18 with cut-off 24. */
export const FQPATH_WEIGHTS: readonly number[] = [
	-1.19312410180232, -0.5742256755280496, -0.6628581071500512, -0.4723060494744613, -0.20320562950657656,
	-0.0531362514291455, -0.008392191614232911, -0.0007370133229580523, -2.7864635183577647e-5,
];

/** How the strongest responses are chosen. */
export const FQPATH_RULE: ResponseRule = {
	histogram: 'centres',
	bins: 50,
	share: 0.95,
	shareOf: 'rise',
	steepness: 60,
	span: 0.5,
	floor: 0.09,
};

let filters: { readonly smooth: Float64Array; readonly sharpen: Float64Array } | undefined;

/** Options of `fqPath`. */
export interface FqPathOptions {
	/** Order of the moment; 4 as released, found by grid search on the authors' data. */
	readonly momentOrder?: number;
}

/**
 * FQPath score of a picture of any size.
 * @example
 * ```ts
 * fqPath(image); // about 6 for a sharp tile, 9 for a blurred one
 * ```
 */
export function fqPath(image: RgbImage, { momentOrder = 4 }: FqPathOptions = {}): number {
	const strongest = strongestResponses(positiveResponses(fqPathResponses(image)), FQPATH_RULE);
	return strongest === undefined ? Number.NaN : limitedLogMoment(strongest.values, momentOrder);
}

/** The filter's responses along each axis: smoothed, then sharpened, along the same axis only. */
export function fqPathResponses(image: RgbImage): AxisResponses<Signal> {
	filters ??= { smooth: generalisedGaussian(2, 1.5, 16), sharpen: derivativeSum(FQPATH_WEIGHTS, 24) };
	const { smooth, sharpen } = filters;
	const grey = greyLevelsOf(image, 255);
	const along = (axis: Axis): Signal => convolve(convolve(grey, smooth, axis), sharpen, axis);
	return { vertical: along('vertical'), horizontal: along('horizontal') };
}
