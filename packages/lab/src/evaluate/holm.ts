/**
 * Correction for asking many questions at once.
 * Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6, 1979.
 * @module
 */
import { ascendingOrder } from './metrics/ranks.ts';

/**
 * P-values that may each be held against the level that was meant for all together, in the order given. An undefined one (NaN)
 * stays so and does not count as a question.
 * @example
 * ```ts
 * holmCorrected([0.01, 0.04, 0.03]); // [0.03, 0.06, 0.06]
 * ```
 */
export function holmCorrected(pValues: readonly number[]): number[] {
	const asked = pValues.flatMap((p, i) => (Number.isNaN(p) ? [] : [i]));
	const corrected = pValues.map(() => Number.NaN);
	let largest = 0;
	for (const [rank, at] of ascendingOrder(asked.map((i) => pValues[i]!)).entries()) {
		largest = Math.max(largest, Math.min(1, (asked.length - rank) * pValues[asked[at]!]!));
		corrected[asked[at]!] = largest;
	}
	return corrected;
}
