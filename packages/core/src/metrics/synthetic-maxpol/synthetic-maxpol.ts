/**
 * Synthetic-MaxPol: high moments of the strongest first and third derivatives.
 * Higher means blurrier. Unitless; 120 stands for a moment too small for a double; NaN when nine tenths of the responses
 * are nearly zero (an almost flat picture), where the released code fails.
 *
 * Source: Hosseini, Plataniotis, "Image Sharpness Metric Based on MaxPol Convolution Kernels", ICIP 2018. Written from the
 * paper; the authors' MATLAB code (GPL-3.0) is not used, the filters are computed here.
 * @module
 */
import type { RgbImage } from '../../image/pixels.ts';
import { staggeredDerivative } from '../maxpol/maxpol.ts';
import type { AxisResponses } from '../maxpol/positive-responses.ts';
import {
	negativeLogMoment,
	type ResponseRule,
	strongestResponses,
	UNDERFLOW_VALUE,
} from '../maxpol/strongest-responses.ts';
import { type Axis, convolve } from '../signal/convolve.ts';
import { greyLevelsOf, type Signal } from '../signal/luma.ts';

const HALF_LENGTH = 8;

/** Derivative order and moment order of the two terms. */
const TERMS = [
	{ derivative: 1, momentOrder: 72 },
	{ derivative: 3, momentOrder: 8 },
] as const;

/** How the strongest responses are chosen. */
export const SYNTHETIC_MAXPOL_RULE: ResponseRule = {
	histogram: 'edges',
	bins: 150,
	share: 0.9,
	shareOf: 'levelled',
	steepness: 50,
	span: 0.41,
	floor: 0.04,
};

/** Options of `syntheticMaxPol`. */
export interface SyntheticMaxPolOptions {
	/**
	 * Where the middle of an even-length filter lies: after it, as Octave does (the default), or before it, as MATLAB's
	 * documentation says. It shifts the two axes against each other and moves scores by up to a sixth.
	 */
	readonly centre?: 'after' | 'before';
}

/** Synthetic-MaxPol score of a picture of any size. */
export function syntheticMaxPol(image: RgbImage, options: SyntheticMaxPolOptions = {}): number {
	const grey = greyLevelsOf(image, 255);
	const score = TERMS.reduce((sum, { derivative, momentOrder }) => {
		const magnitudes = responseMagnitudes(syntheticMaxPolResponses(grey, derivative, options));
		const strongest = strongestResponses(magnitudes, SYNTHETIC_MAXPOL_RULE);
		return strongest === undefined ? Number.NaN : sum + negativeLogMoment(strongest.values, momentOrder);
	}, 0);
	return score === Number.POSITIVE_INFINITY ? UNDERFLOW_VALUE : score;
}

/** Absolute values, in place of the signed ones. */
export function responseMagnitudes({ vertical, horizontal }: AxisResponses<Signal>): AxisResponses<Float64Array> {
	for (const { data } of [vertical, horizontal]) {
		for (let i = 0; i < data.length; i++) data[i] = Math.abs(data[i]!);
	}
	return { vertical: vertical.data, horizontal: horizontal.data };
}

/** Signed derivatives of grey levels 0..1 along each axis. */
export function syntheticMaxPolResponses(
	grey: Signal,
	derivative: 1 | 3,
	{ centre = 'after' }: SyntheticMaxPolOptions = {},
): AxisResponses<Signal> {
	const taps = staggeredDerivative(derivative, HALF_LENGTH);
	const shift = centre === 'after' ? HALF_LENGTH : HALF_LENGTH - 1;
	const along = (axis: Axis): Signal => convolve(grey, taps, axis, shift);
	return { vertical: along('vertical'), horizontal: along('horizontal') };
}
