/**
 * The non-decreasing values that fit best in least squares, by pooling adjacent violators (Barlow, Bartholomew, Bremner,
 * Brunk, "Statistical Inference under Order Restrictions", 1972).
 * @module
 */

/** Neighbouring samples that share a value. */
export interface Block {
	readonly count: number;
	/** Mean of its samples. */
	readonly value: number;
}

/**
 * Pools blocks, given in ascending order of scores, until their values rise strictly.
 * @param merge Makes one block of two neighbours.
 */
export function poolViolators<B extends Block>(ascending: Iterable<B>, merge: (lower: B, upper: B) => B): B[] {
	const pooled: B[] = [];
	for (const block of ascending) {
		pooled.push(block);
		while (pooled.length > 1 && pooled.at(-2)!.value >= pooled.at(-1)!.value) {
			const upper = pooled.pop()!;
			pooled.push(merge(pooled.pop()!, upper));
		}
	}
	return pooled;
}
