/**
 * HVS-MaxPol: moments of the strongest responses of filters that model the eye's sensitivity to blur.
 * Higher means sharper, as the released code scores. Unitless. 0 when no pixel is brighter than 5 % of white; NaN when none
 * of the bright ones responds positively in both directions (a flat picture).
 *
 * Source: Hosseini, Zhang, Plataniotis, "Encoding Visual Sensitivity by MaxPol Convolution Filters for Image Sharpness
 * Assessment", IEEE Transactions on Image Processing 28(9), 2019. Written from the paper; the authors' MATLAB code
 * (GPL-3.0) is not used, the filters are designed here.
 * @module
 */
import type { RgbImage } from '../../image/pixels.ts';
import { derivativeSum, inverseBlurCoefficients } from '../maxpol/inverse-blur.ts';
import { type AxisResponses, positiveResponses } from '../maxpol/positive-responses.ts';
import { limitedLogMoment, type ResponseRule, strongestResponses } from '../maxpol/strongest-responses.ts';
import { convolve } from '../signal/convolve.ts';
import { greyLevelsOf, type Signal } from '../signal/luma.ts';

/** Which moments and weights: for photographs (the tables' figures) or for synthetic blur. */
export type HvsMaxPolType = 'natural' | 'synthetic';

/** How the strongest responses are chosen. */
export const HVS_RULE: ResponseRule = {
	histogram: 'edges',
	bins: 50,
	share: 0.95,
	shareOf: 'rise',
	steepness: 60,
	span: 0.5,
	floor: 0.09,
};

/** Pixels this dark (of 1) are left out. */
const DARKEST = 0.05;

/** Blur each filter undoes (scale and shape of a generalised Gaussian) and its MaxPol cut-off. */
export const HVS_FILTERS: readonly { readonly sigma: number; readonly shape: number; readonly cutoff: number }[] = [
	{ sigma: 1.7, shape: 1.4, cutoff: 40 },
	{ sigma: 0.7, shape: 0.8, cutoff: 14 },
];

/** Moment order and weight of each filter in the sum. */
const ONE = { natural: [{ order: 6, weight: 1 }], synthetic: [{ order: 10, weight: 1 }] };
const TWO = {
	natural: [
		{ order: 6, weight: 0.3874 },
		{ order: 2, weight: 4.0865 },
	],
	synthetic: [
		{ order: 10, weight: 0.3341 },
		{ order: 6, weight: -0.1195 },
	],
};

const taps: Float64Array[] = [];

/** HVS-MaxPol with the first filter alone. */
export function hvsMaxPol1(image: RgbImage, type: HvsMaxPolType = 'natural'): number {
	return score(image, ONE[type]);
}

/** HVS-MaxPol with both filters. */
export function hvsMaxPol2(image: RgbImage, type: HvsMaxPolType = 'natural'): number {
	return score(image, TWO[type]);
}

function score(image: RgbImage, terms: readonly { readonly order: number; readonly weight: number }[]): number {
	const grey = greyLevelsOf(image, 255);
	if (!grey.data.some((level) => level > DARKEST)) return 0;
	const sum = terms.reduce((total, { order, weight }, index) => {
		const strongest = strongestResponses(countedResponses(grey, index), HVS_RULE);
		return strongest === undefined ? Number.NaN : total + weight * limitedLogMoment(strongest.values, order);
	}, 0);
	return -sum;
}

/** Those that count: of pixels bright enough, positive along both axes. */
export function countedResponses(grey: Signal, filter: number): AxisResponses<Float64Array> {
	return positiveResponses(hvsMaxPolResponses(grey, filter), { levels: grey.data, above: DARKEST });
}

/** Responses of filter 0 or 1 to grey levels 0..1 along each axis. */
export function hvsMaxPolResponses(grey: Signal, filter: number): AxisResponses<Signal> {
	const { sigma, shape, cutoff } = HVS_FILTERS[filter]!;
	taps[filter] ??= derivativeSum(inverseBlurCoefficients(sigma, shape), cutoff);
	return {
		vertical: convolve(grey, taps[filter], 'vertical'),
		horizontal: convolve(grey, taps[filter], 'horizontal'),
	};
}
