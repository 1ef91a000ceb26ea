/**
 * A curve from scores to a unit: piecewise linear through points, flat beyond its ends.
 * @module
 */

/** Score to unit: piecewise linear through `(raw[i], value[i])`, raw ascending, extended flat at both ends. */
export interface CalibrationCurve {
	readonly raw: readonly number[];
	readonly value: readonly number[];
}

/**
 * The curve's value at a score; NaN stays NaN. Flat beyond the ends, because no point there says how the curve goes on: a
 * value at an end means at least (or at most) that much.
 */
export function calibrate({ raw, value }: CalibrationCurve, score: number): number {
	const last = raw.length - 1;
	if (score <= raw[0]!) return value[0]!;
	if (score >= raw[last]!) return value[last]!;
	if (Number.isNaN(score)) return score;
	let low = 0;
	let high = last;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (raw[middle]! <= score) low = middle;
		else high = middle;
	}
	const share = (score - raw[low]!) / (raw[high]! - raw[low]!);
	return value[low]! + share * (value[high]! - value[low]!);
}
