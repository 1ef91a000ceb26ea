/**
 * What the MaxPol metrics make of filter responses: the central moment of the strongest ones, as a negative logarithm.
 *
 * Source: Hosseini, Zhang, Plataniotis, IEEE TIP 28(9), 2019, section IV; Hosseini et al., "Focus Quality Assessment of
 * High-Throughput Whole Slide Imaging in Digital Pathology", IEEE TMI 39(1), 2020, section III.
 * @module
 */
import { centredHistogram, roundedHistogram } from '../signal/histogram.ts';

/** How many responses are kept: a share of `floor` plus, for narrow distributions, up to `span` more. */
export interface ResponseRule {
	/** `centres` or rounded `edges` as bin positions. */
	readonly histogram: 'centres' | 'edges';
	readonly bins: number;
	/** The width of the distribution is read where its cumulative share reaches this … */
	readonly share: number;
	/** … of the rise after the first bin, or of the whole after the counts are levelled to 0..1 by their range. */
	readonly shareOf: 'rise' | 'levelled';
	/** `kept = (1 - tanh(steepness (width - 0.095))) / 2 * span + floor`. */
	readonly steepness: number;
	readonly span: number;
	readonly floor: number;
}

/** Value of a moment too small for a double. */
export const UNDERFLOW_VALUE = 120;

/**
 * Values `-log10 |central moment|`, one for each of `orders`, of the strongest `(sqrt(v) + sqrt(h))²`.
 * @param vertical - Non-negative responses, as many as `horizontal`.
 * @returns NaN for each order when there are no responses or the first bin holds the whole share.
 */
export function responseMoments(
	vertical: Float64Array,
	horizontal: Float64Array,
	orders: readonly number[],
	rule: ResponseRule,
): number[] {
	if (vertical.length === 0) return orders.map(() => Number.NaN);
	const make = rule.histogram === 'centres' ? centredHistogram : roundedHistogram;
	const histogram = make([vertical, horizontal], rule.bins);
	const below = binsBelow(histogram.counts, rule);
	if (below === 0) return orders.map(() => Number.NaN);
	const width = histogram.positions[below - 1]! / histogram.positions.at(-1)!;
	const kept = ((1 - Math.tanh(rule.steepness * (width - 0.095))) / 2) * rule.span + rule.floor;
	const strongest = strongestOf(vertical, horizontal, Math.floor(kept * vertical.length + 0.5));
	return orders.map((order) => negativeLogMoment(strongest, order));
}

/** Bins whose cumulative share stays below the rule's limit. */
function binsBelow(counts: Float64Array, { share, shareOf }: ResponseRule): number {
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

function strongestOf(vertical: Float64Array, horizontal: Float64Array, count: number): Float64Array {
	const strength = vertical.map((v, i) => (Math.sqrt(v) + Math.sqrt(horizontal[i]!)) ** 2);
	return strength.sort().subarray(strength.length - count);
}

function negativeLogMoment(values: Float64Array, order: number): number {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const moment = Math.abs(values.reduce((sum, value) => sum + (value - mean) ** order, 0) / values.length);
	if (moment === 0) return UNDERFLOW_VALUE;
	return moment === Number.POSITIVE_INFINITY ? 0 : -Math.log10(moment);
}
