/**
 * Receiver operating characteristic: false alarms against finds, over all thresholds.
 * @module
 */
import { averageRanks } from './ranks.ts';
import { thresholdCounts } from './thresholds.ts';

/** The curve from (0, 0), the strictest threshold first. */
export interface RocCurve {
	readonly falsePositiveRate: readonly number[];
	readonly truePositiveRate: readonly number[];
	/** The score from which each point after the first lets through. */
	readonly thresholds: readonly number[];
}

/** The curve of labels (1 or 0) and scores, with a point for each distinct score; rates of an empty class are NaN. */
export function rocCurve(labels: ArrayLike<number>, scores: ArrayLike<number>): RocCurve {
	const { thresholds, truePositives, falsePositives, positives, negatives } = thresholdCounts(labels, scores);
	return {
		falsePositiveRate: [0, ...falsePositives].map((count) => count / negatives),
		truePositiveRate: [0, ...truePositives].map((count) => count / positives),
		thresholds,
	};
}

/**
 * Area under the curve: how often a positive scores above a negative, ties counting one half (Mann and Whitney's U as a
 * share of all pairs). NaN when a side is empty.
 */
export function rocAuc(positives: ArrayLike<number>, negatives: ArrayLike<number>): number {
	const p = positives.length;
	const n = negatives.length;
	if (p === 0 || n === 0) return Number.NaN;
	const ranks = averageRanks([...Array.from(positives), ...Array.from(negatives)]);
	let sum = 0;
	for (let i = 0; i < p; i++) sum += ranks[i]!;
	return (sum - (p * (p + 1)) / 2) / (p * n);
}

/** The same for labels (1 or 0) beside their scores. */
export function rocAucOfLabels(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
	const of = (label: number): number[] => Array.from(scores).filter((_, i) => labels[i] === label);
	return rocAuc(of(1), of(0));
}
