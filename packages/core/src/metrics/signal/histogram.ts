/**
 * The two histograms of MATLAB that the published metrics use: `hist` with equal bins named by their centres, and
 * `histcounts` with rounded edges.
 * @module
 */

/** The smallest and largest of some values. */
export interface Range {
	readonly minimum: number;
	readonly maximum: number;
}

/** Counts, and where the bins are: their centres (`hist`) or all their edges (`histcounts`). */
export interface Histogram {
	readonly counts: Float64Array;
	readonly positions: Float64Array;
}

/**
 * `bins` equal bins over [min, max], closed on the right (the first on both sides); positions are bin centres.
 * There is at least one value, and none is NaN.
 */
export function centredHistogram(values: readonly Float64Array[], bins: number): Histogram {
	const { minimum, maximum } = widened(rangeOf(values));
	const width = (maximum - minimum) / bins;
	const upper = Float64Array.from({ length: bins }, (_, bin) => minimum + (bin + 1) * width);
	const counts = new Int32Array(bins);
	const perUnit = 1 / width;
	const last = bins - 1;
	for (const part of values) {
		for (let i = 0; i < part.length; i++) {
			const value = part[i]!;
			let bin = Math.min(last, ((value - minimum) * perUnit) | 0);
			// The estimate is off where a value lies on an edge, or a rounding step away.
			while (bin > 0 && value <= upper[bin - 1]!) bin--;
			while (bin < last && value > upper[bin]!) bin++;
			counts[bin]!++;
		}
	}
	return { counts: Float64Array.from(counts), positions: upper.map((edge) => edge - width / 2) };
}

/** Values that are all the same get bins over one unit around them. */
function widened({ minimum, maximum }: Range): Range {
	return minimum === maximum ? { minimum: minimum - 0.5, maximum: maximum + 0.5 } : { minimum, maximum };
}

/**
 * `bins` bins with MATLAB's rounded edges, closed on the left (the last on both sides); positions are the edges.
 * There is at least one value, and none is NaN.
 */
export function roundedHistogram(values: readonly Float64Array[], bins: number): Histogram {
	const edges = roundedEdges(rangeOf(values), bins);
	const first = edges[0]!;
	const counts = new Int32Array(bins);
	const perUnit = 1 / (edges[1]! - first);
	const last = bins - 1;
	for (const part of values) {
		for (let i = 0; i < part.length; i++) {
			const value = part[i]!;
			let bin = Math.min(last, ((value - first) * perUnit) | 0);
			while (bin > 0 && value < edges[bin]!) bin--;
			while (bin < last && value >= edges[bin + 1]!) bin++;
			counts[bin]!++;
		}
	}
	return { counts: Float64Array.from(counts), positions: edges };
}

/** The edges `histcounts(values, bins)` picks for data in [minimum, maximum]. */
export function roundedEdges({ minimum, maximum }: Range, bins: number): Float64Array {
	const largest = Math.max(Math.abs(minimum), Math.abs(maximum));
	if (maximum - minimum <= Math.max(Math.sqrt(ulp(largest)), 2.2250738585072014e-308)) {
		const span = Math.max(1, Math.ceil(bins * ulp(largest)));
		return evenEdges(Math.floor(2 * (minimum - span / 4)) / 2, Math.ceil(2 * (maximum + span / 4)) / 2, bins);
	}
	const raw = (maximum - minimum) / bins;
	const power = powerOfTenWithin(raw);
	const rough = power * Math.floor(raw / power);
	const left = Math.min(rough * Math.floor(minimum / rough), minimum);
	const lower = (maximum - left) / bins;
	const upper = (maximum - left) / (bins - 1);
	const digit = powerOfTenWithin(upper - lower);
	const width = digit * Math.ceil(lower / digit);
	const edges = Float64Array.from({ length: bins + 1 }, (_, bin) => left + bin * width);
	edges[bins] = Math.max(left + bins * width, maximum);
	return edges;
}

/** The largest power of ten that is not above `value`: a logarithm just below a whole number rounds up to it. */
function powerOfTenWithin(value: number): number {
	const power = 10 ** Math.floor(Math.log10(value));
	return power > value ? power / 10 : power;
}

function evenEdges(left: number, right: number, bins: number): Float64Array {
	const edges = Float64Array.from({ length: bins + 1 }, (_, bin) => left + (bin * (right - left)) / bins);
	edges[bins] = right;
	return edges;
}

function rangeOf(values: readonly Float64Array[]): Range {
	let minimum = Number.POSITIVE_INFINITY;
	let maximum = Number.NEGATIVE_INFINITY;
	for (const part of values) {
		for (let i = 0; i < part.length; i++) {
			const value = part[i]!;
			if (value < minimum) minimum = value;
			if (value > maximum) maximum = value;
		}
	}
	return { minimum, maximum };
}

/** Distance from `value` to the next larger double. */
function ulp(value: number): number {
	if (value === 0) return Number.MIN_VALUE;
	return 2 ** (Math.max(-1022, Math.floor(Math.log2(value))) - 52);
}
