/**
 * Youden's threshold from smoothed distributions. The threshold that is best on the tiles at hand jumps from tile to tile,
 * and intervals from drawing tiles again do not hold for it; smoothed, it moves gently and they nearly do.
 * Source: Fluss, Faraggi, Reiser, "Estimation of the Youden Index and its associated cutoff point", Biometrical Journal 47
 * (2005), section 3.2 (kernels), with Silverman's bandwidth ("Density Estimation", 1986, equation 3.31).
 * @module
 */
import { quantile } from '../evaluate/quantile.ts';

/** Places looked at over the range of all samples, and halvings of the step around the best of them. */
const PLACES = 48;
const REFINEMENTS = 25;

/** A logistic kernel of deviation 1 has this slope; it stands in for the normal one and costs one exponential. */
const SLOPE = Math.PI / Math.sqrt(3);

/** Narrower kernels, as a share of the range, are steps. */
const LEAST_BANDWIDTH = 1e-3;

/** The blur at which smoothed sensitivity + specificity is largest. Neither list may be empty. */
export function smoothYouden(outOfFocus: readonly number[], inFocus: readonly number[]): number {
	const all = [...outOfFocus, ...inFocus];
	const low = all.reduce((a, b) => Math.min(a, b));
	const high = all.reduce((a, b) => Math.max(a, b));
	if (high === low) return low;
	const width = Math.max(LEAST_BANDWIDTH * (high - low), commonBandwidth(outOfFocus, inFocus));
	const above = shareAbove(outOfFocus, width);
	const falselyAbove = shareAbove(inFocus, width);
	const index = (at: number): number => above(at) - falselyAbove(at);
	const step = (high - low) / PLACES;
	const heights = Array.from({ length: PLACES + 1 }, (_, i) => index(low + i * step));
	const best = heights.indexOf(heights.reduce((a, b) => Math.max(a, b)));
	let [left, right] = [low + (best - 1) * step, low + (best + 1) * step];
	for (let i = 0; i < REFINEMENTS; i++) {
		const third = (right - left) / 3;
		if (index(left + third) < index(right - third)) left += third;
		else right -= third;
	}
	return (left + right) / 2;
}

/** The smoothed share of values above a place. */
function shareAbove(values: readonly number[], bandwidthOfKernel: number): (at: number) => number {
	const slope = SLOPE / bandwidthOfKernel;
	return (at) => {
		let sum = 0;
		for (const value of values) sum += 1 / (1 + Math.exp((at - value) * slope));
		return sum / values.length;
	};
}

/**
 * The narrower of both classes' bandwidths. Tiles out of focus spread far; smoothed as widely as that asks for, they would
 * leak over the threshold from above and push it up.
 */
function commonBandwidth(outOfFocus: readonly number[], inFocus: readonly number[]): number {
	const widths = [bandwidth(outOfFocus), bandwidth(inFocus)].filter((width) => width > 0);
	return widths.length === 0 ? 0 : Math.min(...widths);
}

/** Silverman's; 0 of equal values. */
function bandwidth(values: readonly number[]): number {
	const ascending = Float64Array.from(values).sort();
	const mean = ascending.reduce((sum, value) => sum + value, 0) / ascending.length;
	const squares = ascending.reduce((sum, value) => sum + (value - mean) ** 2, 0);
	const deviation = Math.sqrt(squares / Math.max(1, ascending.length - 1));
	const middle = (quantile(ascending, 0.75) - quantile(ascending, 0.25)) / 1.34;
	return 0.9 * (middle > 0 ? Math.min(deviation, middle) : deviation) * ascending.length ** -0.2;
}
