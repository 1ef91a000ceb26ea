/**
 * How often tissue in focus is called blurry. Scores are blurriness: higher is worse.
 * @module
 */

/** Share of pictures in focus whose score is at or above `threshold`; NaN without pictures. */
export function falseAlarmRate(sharpScores: ArrayLike<number>, threshold: number): number {
	return Array.from(sharpScores).filter((score) => score >= threshold).length / sharpScores.length;
}

/**
 * The false-alarm rate at the strictest threshold that still finds `recall` of the blurred pictures; NaN when a side is empty.
 * @param recall - 0 … 1
 */
export function falseAlarmRateAtRecall(
	sharpScores: ArrayLike<number>,
	blurredScores: ArrayLike<number>,
	recall: number,
): number {
	const descending = Float64Array.from(blurredScores).sort().reverse();
	if (descending.length === 0) return Number.NaN;
	const found = Math.max(1, Math.ceil(recall * descending.length));
	return falseAlarmRate(sharpScores, descending[found - 1]!);
}
