/**
 * Two classes told apart by a threshold on a score: what every threshold lets through.
 * @module
 */
import { ascendingOrder } from './ranks.ts';

/** Counts at each distinct score, the highest first: what scores at least that much. */
export interface ThresholdCounts {
	readonly thresholds: readonly number[];
	/** Positives at or above each threshold. */
	readonly truePositives: readonly number[];
	/** Negatives at or above each threshold. */
	readonly falsePositives: readonly number[];
	readonly positives: number;
	readonly negatives: number;
}

/** Counts for `labels` of 1 (positive) and 0, and scores that are higher for positives. */
export function thresholdCounts(labels: ArrayLike<number>, scores: ArrayLike<number>): ThresholdCounts {
	const order = ascendingOrder(scores).reverse();
	const thresholds: number[] = [];
	const truePositives: number[] = [];
	const falsePositives: number[] = [];
	let positives = 0;
	for (const [i, at] of order.entries()) {
		positives += Number(labels[at] === 1);
		if (i + 1 < order.length && scores[order[i + 1]!] === scores[at]) continue;
		thresholds.push(scores[at]!);
		truePositives.push(positives);
		falsePositives.push(i + 1 - positives);
	}
	return { thresholds, truePositives, falsePositives, positives, negatives: order.length - positives };
}

/** Area under points joined by straight lines. */
export function trapezoidArea(x: readonly number[], y: readonly number[]): number {
	let area = 0;
	for (let i = 1; i < x.length; i++) area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
	return area;
}
