/**
 * Precision against recall over all thresholds. The papers say "PR-AUC" without saying which area; both are here, and differ.
 * @module
 */
import { thresholdCounts, trapezoidArea } from './thresholds.ts';

/** The curve as scikit-learn draws it: from the lowest threshold, that finds all, to the point (recall 0, precision 1). */
export interface PrecisionRecallCurve {
	readonly precision: readonly number[];
	readonly recall: readonly number[];
	/** The score from which each point but the last lets through. */
	readonly thresholds: readonly number[];
}

/** The curve of labels (1 or 0) and scores; recall is NaN without positives. */
export function precisionRecallCurve(labels: ArrayLike<number>, scores: ArrayLike<number>): PrecisionRecallCurve {
	const { thresholds, truePositives, falsePositives, positives } = thresholdCounts(labels, scores);
	return {
		precision: [...truePositives.map((found, i) => found / (found + falsePositives[i]!)).reverse(), 1],
		recall: [...truePositives.map((found) => found / positives).reverse(), 0],
		thresholds: thresholds.toReversed(),
	};
}

/** Average precision: precision summed over steps in recall. NaN without positives. */
export function averagePrecision(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
	const { precision, recall } = precisionRecallCurve(labels, scores);
	let sum = 0;
	for (let i = 0; i + 1 < recall.length; i++) sum += (recall[i]! - recall[i + 1]!) * precision[i]!;
	return recall.length > 1 ? sum : Number.NaN;
}

/** Area under the curve with its points joined by straight lines, which is too kind. NaN without positives. */
export function precisionRecallTrapezoid(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
	const { precision, recall } = precisionRecallCurve(labels, scores);
	return recall.length > 1 ? trapezoidArea(recall.toReversed(), precision.toReversed()) : Number.NaN;
}
