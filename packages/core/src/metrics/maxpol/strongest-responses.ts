/**
 * What the MaxPol metrics make of filter responses: the central moment of the strongest ones, as a negative logarithm.
 *
 * Source: Hosseini, Zhang, Plataniotis, IEEE TIP 28(9), 2019, section IV; Hosseini et al., "Focus Quality Assessment of
 * High-Throughput Whole Slide Imaging in Digital Pathology", IEEE TMI 39(1), 2020, section III.
 * @module
 */
import { centredHistogram, roundedHistogram } from '../signal/histogram.ts';
import { largestOf } from '../signal/largest.ts';
import type { AxisResponses } from './positive-responses.ts';

/** How many responses are kept: a share of `floor` plus, for narrow distributions, up to `span` more. */
export interface ResponseRule {
	/** What stands for a bin: its centre, or its left edge, edges being rounded numbers. */
	readonly histogram: 'centres' | 'edges';
	readonly bins: number;
	/** The width of the distribution is read where its cumulative share reaches this … */
	readonly share: number;
	/** … of the rise after the first bin, or of the whole after the smallest count is taken off all counts. */
	readonly shareOf: 'rise' | 'levelled';
	/** `kept = (1 - tanh(steepness (width - 0.095))) / 2 * span + floor`. */
	readonly steepness: number;
	readonly span: number;
	readonly floor: number;
}

/** The strongest responses, and how their number came about. */
export interface StrongestResponses {
	/** Bins below the share. */
	readonly binsBelow: number;
	/** Where they end, as a part of the largest position. */
	readonly width: number;
	/** Share of the responses that is kept. */
	readonly keptFraction: number;
	/** `(sqrt(vertical) + sqrt(horizontal))²` of those kept, in no particular order. */
	readonly values: Float64Array;
}

/**
 * The strongest responses by `rule`.
 * @param responses - Non-negative, one of each axis a place.
 * @returns undefined when there are none, or the first bin holds the whole share.
 */
export function strongestResponses(
	{ vertical, horizontal }: AxisResponses<Float64Array>,
	rule: ResponseRule,
): StrongestResponses | undefined {
	if (vertical.length === 0) return undefined;
	const make = rule.histogram === 'centres' ? centredHistogram : roundedHistogram;
	const { counts, positions } = make([vertical, horizontal], rule.bins);
	const binsBelow = binsBelowShare(counts, rule);
	if (binsBelow === 0) return undefined;
	const width = positions[binsBelow - 1]! / positions.at(-1)!;
	const keptFraction = ((1 - Math.tanh(rule.steepness * (width - 0.095))) / 2) * rule.span + rule.floor;
	const strength = new Float64Array(vertical.length);
	for (let i = 0; i < strength.length; i++) {
		strength[i] = (Math.sqrt(vertical[i]!) + Math.sqrt(horizontal[i]!)) ** 2;
	}
	const values = largestOf(strength, Math.floor(keptFraction * strength.length + 0.5));
	return { binsBelow, width, keptFraction, values };
}

/** `-log10 |central moment|`: infinite for a moment too small for a double, NaN for no values. */
export function negativeLogMoment(values: Float64Array, order: number): number {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i]!;
	const mean = sum / values.length;
	let powers = 0;
	for (let i = 0; i < values.length; i++) powers += power(values[i]! - mean, order);
	return -Math.log10(Math.abs(powers / values.length));
}

/** A moment too small for a double counts as 1e-120. */
export const UNDERFLOW_VALUE = 120;

/** `negativeLogMoment` with the limits of FQPath and HVS-MaxPol: 120 for a moment of 0, 0 for an infinite one. */
export function limitedLogMoment(values: Float64Array, order: number): number {
	const value = negativeLogMoment(values, order);
	if (value === Number.POSITIVE_INFINITY) return UNDERFLOW_VALUE;
	return value === Number.NEGATIVE_INFINITY ? 0 : value;
}

function binsBelowShare(counts: Float64Array, { share, shareOf }: ResponseRule): number {
	const least = shareOf === 'levelled' ? counts.reduce((low, n) => Math.min(low, n), Number.POSITIVE_INFINITY) : 0;
	const total = counts.reduce((sum, n) => sum + n - least, 0);
	let running = 0;
	const cumulative = counts.map((n) => {
		running += n - least;
		return running / total;
	});
	const first = shareOf === 'rise' ? cumulative[0]! : 0;
	const limit = first + share * (1 - first);
	return cumulative.reduce((below, value) => (value < limit ? below + 1 : below), 0);
}

/** By squaring: orders go up to 72, and `Math.pow` takes longer than everything around it. */
function power(base: number, order: number): number {
	let result = 1;
	for (let square = base, rest = order; rest > 0; rest >>= 1, square *= square) {
		if (rest & 1) result *= square;
	}
	return result;
}
