/**
 * From which score a tile counts as out of focus.
 * @module
 */
import { thresholdCounts } from '../evaluate/metrics/thresholds.ts';
import { smoothYouden } from './smooth-youden.ts';

/** 0.07 of 100 tiles are seven, whatever floating point says. */
const ROUNDING = 1e-9;

/** A threshold, and how it does on the samples it was chosen on. */
export interface ChosenThreshold {
	/** Blur at least this is out of focus. */
	readonly blur: number;
	readonly sensitivity: number;
	readonly specificity: number;
}

/**
 * The threshold of largest (smoothed) sensitivity + specificity (Youden, "Index for rating diagnostic tests", Cancer 3,
 * 1950), or the strictest one that reaches a sensitivity, half-way to the next sample below.
 * @param blur Scores that grow with blur.
 * @param outOfFocus 1 for tiles out of focus, 0 for others.
 * @param sensitivity To be reached, 0..1; undefined for Youden's.
 * @returns undefined when one of the classes is empty
 */
export function chooseThreshold(
	blur: readonly number[],
	outOfFocus: readonly number[],
	sensitivity?: number,
): ChosenThreshold | undefined {
	const out = blur.filter((_, i) => outOfFocus[i] === 1);
	const fine = blur.filter((_, i) => outOfFocus[i] === 0);
	if (out.length === 0 || fine.length === 0) return undefined;
	const chosen = sensitivity === undefined ? smoothYouden(out, fine) : reaching(sensitivity, blur, outOfFocus);
	return {
		blur: chosen,
		sensitivity: out.filter((value) => value >= chosen).length / out.length,
		specificity: fine.filter((value) => value < chosen).length / fine.length,
	};
}

function reaching(sensitivity: number, blur: readonly number[], outOfFocus: readonly number[]): number {
	const { thresholds, truePositives, positives } = thresholdCounts(outOfFocus, blur);
	const reached = truePositives.findIndex((count) => count >= sensitivity * positives - ROUNDING);
	return (thresholds[reached]! + (thresholds[reached + 1] ?? thresholds[reached]!)) / 2;
}
