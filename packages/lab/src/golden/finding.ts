/**
 * What a check of a golden file found.
 * @module
 */

/** One item that was compared. */
export interface Finding {
	/** What it is, such as `resnet18 stock_logits`. */
	readonly item: string;
	/** The largest difference, as a share of the largest expected number. */
	readonly error: number;
	/** The largest that passes. */
	readonly tolerance: number;
}

/** Largest difference between `found` and `expected`, as a share of the largest expected number; infinite when sizes differ. */
export function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
	if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
	let [difference, largest] = [0, 1e-12];
	for (let i = 0; i < expected.length; i++) {
		// Not a number is as wrong as can be.
		const own = Math.abs(found[i]! - expected[i]!);
		difference = Number.isNaN(own) ? Number.POSITIVE_INFINITY : Math.max(difference, own);
		largest = Math.max(largest, Math.abs(expected[i]!));
	}
	return difference / largest;
}
