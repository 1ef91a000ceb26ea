/**
 * Ranks of numbers.
 * @module
 */

/** Positions of `values` from the smallest to the largest; equals in the order in which they stand. */
export function ascendingOrder(values: ArrayLike<number>): Uint32Array {
	return Uint32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
}

/** Ranks from 1; equal values share the mean of theirs. */
export function averageRanks(values: ArrayLike<number>): Float64Array {
	const order = ascendingOrder(values);
	const ranks = new Float64Array(values.length);
	for (let start = 0; start < order.length; ) {
		let end = start;
		while (end + 1 < order.length && values[order[end + 1]!] === values[order[start]!]) end++;
		for (let i = start; i <= end; i++) ranks[order[i]!] = (start + end) / 2 + 1;
		start = end + 1;
	}
	return ranks;
}
