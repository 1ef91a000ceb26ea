/**
 * Kendall's tau: of all pairs, how many are in the same order on both sides. The papers report tau-b.
 * Source: Knight, "A computer method for calculating Kendall's tau with ungrouped data", JASA 61, 1966.
 * @module
 */

/** All pairs of samples, by how they stand. */
export interface PairCounts {
	/** In the same order. */
	readonly concordant: number;
	/** In opposite orders. */
	readonly discordant: number;
	readonly tiedFirstOnly: number;
	readonly tiedSecondOnly: number;
	readonly tiedBoth: number;
}

/** The three kinds of tau; NaN where undefined. */
export interface KendallTau {
	/** Of all pairs, tied or not. */
	readonly tauA: number;
	/** Corrected for ties: scipy's default, and the papers'. NaN when a side is constant. */
	readonly tauB: number;
	/** Corrected for the number of distinct values (Stuart). NaN when a side is constant. */
	readonly tauC: number;
	readonly pairs: PairCounts;
}

/**
 * Kendall's tau of two sides, in O(n log n).
 * @example
 * ```ts
 * const { tauB } = kendallTau(zLevels, scores);
 * ```
 */
export function kendallTau(x: ArrayLike<number>, y: ArrayLike<number>): KendallTau {
	const n = x.length;
	const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]!);
	const first = Float64Array.from(order, (i) => x[i]!);
	const second = Float64Array.from(order, (i) => y[i]!);
	const all = pairsOf(n);
	const tiedBoth = tiedPairs(n, (i) => first[i] === first[i - 1] && second[i] === second[i - 1]).pairs;
	const inFirst = tiedPairs(n, (i) => first[i] === first[i - 1]);
	const discordant = sortCountingSwaps(second);
	const inSecond = tiedPairs(n, (i) => second[i] === second[i - 1]);
	const tiedFirstOnly = inFirst.pairs - tiedBoth;
	const tiedSecondOnly = inSecond.pairs - tiedBoth;
	const concordant = all - tiedFirstOnly - tiedSecondOnly - tiedBoth - discordant;
	const surplus = concordant - discordant;
	const distinct = Math.min(inFirst.runs, inSecond.runs);
	return {
		tauA: surplus / all,
		tauB: surplus / (Math.sqrt(all - inFirst.pairs) * Math.sqrt(all - inSecond.pairs)),
		tauC: distinct < 2 ? Number.NaN : (2 * surplus * distinct) / (n * n * (distinct - 1)),
		pairs: { concordant, discordant, tiedFirstOnly, tiedSecondOnly, tiedBoth },
	};
}

function pairsOf(count: number): number {
	return (count * (count - 1)) / 2;
}

/** Pairs within runs, where `joins(i)` says whether place `i` belongs to the run of the one before. */
function tiedPairs(n: number, joins: (i: number) => boolean): { pairs: number; runs: number } {
	let [pairs, runs, start] = [0, 0, 0];
	for (let i = 1; i <= n; i++) {
		if (i < n && joins(i)) continue;
		pairs += pairsOf(i - start);
		runs++;
		start = i;
	}
	return { pairs, runs };
}

/** Sorts in place by merging; returns how many pairs stood in the wrong order. */
function sortCountingSwaps(values: Float64Array): number {
	let swaps = 0;
	const merged = new Float64Array(values.length);
	for (let width = 1; width < values.length; width *= 2) {
		for (let begin = 0; begin < values.length; begin += 2 * width) {
			const middle = Math.min(begin + width, values.length);
			const end = Math.min(begin + 2 * width, values.length);
			for (let [i, j, out] = [begin, middle, begin]; out < end; out++) {
				const fromRight = i >= middle || (j < end && values[j]! < values[i]!);
				if (fromRight) swaps += middle - i;
				merged[out] = values[fromRight ? j++ : i++]!;
			}
		}
		values.set(merged);
	}
	return swaps;
}
