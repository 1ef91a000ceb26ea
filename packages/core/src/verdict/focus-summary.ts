/**
 * How much of the tissue is how blurry.
 * @module
 */
import type { FocusSummary } from '../assessment.ts';
import { type FocusMap, VALIDITY } from '../map/focus-map.ts';
import type { BlurThresholds } from './policy.ts';
import { strengthCodes } from './strength.ts';

/** Bins percentiles are read from: they are exact to this part of the values' range. */
const BINS = 65_536;

/** Shares of the assessable tissue by strength, and percentiles of the map; undefined when nothing is assessable. */
export function summariseFocus(map: FocusMap, thresholds: BlurThresholds): FocusSummary | undefined {
	const codes = strengthCodes(map, thresholds);
	const share = [0, 0, 0, 0];
	let all = 0;
	for (let i = 0; i < codes.length; i++) {
		if (map.validity[i] !== VALIDITY.assessable) continue;
		const tissue = map.tissueFraction[i]!;
		share[codes[i]!] = share[codes[i]!]! + tissue;
		all += tissue;
	}
	if (all === 0) return undefined;
	const [median, percentile95] = blurPercentiles(map, [0.5, 0.95]);
	return {
		inFocusFraction: share[0]! / all,
		slightFraction: share[1]! / all,
		clearFraction: share[2]! / all,
		strongFraction: share[3]! / all,
		median: median!,
		percentile95: percentile95!,
	};
}

/**
 * Map values below which the given parts of the assessable tissue are, counted from the sharpest: the 95th percentile is
 * a blurry value whichever way the model's scores point.
 */
function blurPercentiles(
	{ values, validity, tissueFraction, higherMeans }: FocusMap,
	parts: readonly number[],
): number[] {
	const sign = higherMeans === 'blurrier' ? 1 : -1;
	let low = Number.POSITIVE_INFINITY;
	let high = Number.NEGATIVE_INFINITY;
	let all = 0;
	for (let i = 0; i < values.length; i++) {
		if (validity[i] !== VALIDITY.assessable) continue;
		low = Math.min(low, sign * values[i]!);
		high = Math.max(high, sign * values[i]!);
		all += tissueFraction[i]!;
	}
	const weights = new Float64Array(BINS);
	const scale = high > low ? (BINS - 1) / (high - low) : 0;
	for (let i = 0; i < values.length; i++) {
		if (validity[i] !== VALIDITY.assessable) continue;
		const bin = Math.round((sign * values[i]! - low) * scale);
		weights[bin] = weights[bin]! + tissueFraction[i]!;
	}
	return parts.map((part) => {
		let below = 0;
		let bin = 0;
		while (bin < BINS - 1 && below + weights[bin]! < part * all) below += weights[bin++]!;
		return sign * (low + (scale === 0 ? 0 : bin / scale));
	});
}
