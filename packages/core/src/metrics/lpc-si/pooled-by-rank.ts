/**
 * A mean in which the largest values count most.
 * @module
 */

/** How fast the weight falls with rank, as a fraction of all values. Source: Hassen et al. 2013, equation 17. */
const DECAY = 1e-4;

/** Weights below `exp(-40)` are lost in rounding. */
const NEGLIGIBLE = 40;

const BUCKETS = 4096;

/** Mean of two or more values in 0..1 with weights `exp(-rank / (values - 1) / 0.0001)`, the largest at rank 0. */
export function pooledByRank(values: Float64Array): number {
	const decay = DECAY * (values.length - 1);
	let sum = 0;
	let weights = 0;
	for (const [rank, value] of largest(values, Math.ceil(NEGLIGIBLE * decay) + 1).entries()) {
		const weight = Math.exp(-rank / decay);
		sum += value * weight;
		weights += weight;
	}
	return sum / weights;
}

/** At least the `count` largest of `values` (all when there are fewer), in falling order. */
function largest(values: Float64Array, count: number): Float64Array {
	const bucketOf = (value: number): number => Math.min(BUCKETS - 1, Math.floor(value * BUCKETS));
	const counts = new Uint32Array(BUCKETS);
	for (const value of values) counts[bucketOf(value)]!++;
	let lowest = BUCKETS;
	for (let found = 0; found < count && lowest > 0; ) found += counts[--lowest]!;
	return values
		.filter((value) => bucketOf(value) >= lowest)
		.sort()
		.reverse();
}
