/**
 * The largest of many values without sorting them all.
 * @module
 */

/**
 * Moves the `count` largest values to the end and answers that part, a view in no particular order. Reorders `values`,
 * which hold no NaN. Takes time in proportion to their number.
 */
export function largestOf(values: Float64Array, count: number): Float64Array {
	const first = Math.max(0, values.length - Math.max(0, count));
	if (first > 0 && first < values.length) select(values, first);
	return values.subarray(first);
}

/** Quickselect: afterwards nothing before `rank` is larger than anything from there on. */
function select(values: Float64Array, rank: number): void {
	let left = 0;
	let right = values.length - 1;
	// Halving takes log2(n) rounds; an order of values that defeats the choice of pivots is sorted instead.
	let rounds = 16 + 3 * Math.log2(values.length);
	while (left < right) {
		if (rounds-- < 0) {
			values.subarray(left, right + 1).sort();
			return;
		}
		const pivot = middleOf(values[left]!, values[(left + right) >> 1]!, values[right]!);
		let low = left;
		let high = right;
		while (low <= high) {
			while (values[low]! < pivot) low++;
			while (values[high]! > pivot) high--;
			if (low > high) break;
			const swapped = values[low]!;
			values[low++] = values[high]!;
			values[high--] = swapped;
		}
		if (rank <= high) right = high;
		else if (rank >= low) left = low;
		else return;
	}
}

function middleOf(a: number, b: number, c: number): number {
	return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
