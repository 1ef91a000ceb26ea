/**
 * Wilcoxon's signed-rank test: whether paired differences are as often up as down, and as far.
 * Source: Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1, 1945.
 * @module
 */
import { ArgumentError, logErfc } from '@parfocal/core';
import { averageRanks } from './metrics/ranks.ts';

/** What the test says. */
export interface SignedRankTest {
	/** Sum of the ranks of differences above zero. */
	readonly positiveRanks: number;
	/** Pairs that differ; the others say nothing and are left out. */
	readonly pairs: number;
	/** Two-sided; 1 where no pair differs. */
	readonly pValue: number;
	/** Whether it counts all signs, or takes the normal distribution for that. */
	readonly method: 'exact' | 'normal';
}

/** Pairs up to which all signs are counted. */
const EXACT_PAIRS = 50;

/**
 * Tests two methods on the same data sets, slides or seeds.
 * @throws {ArgumentError} for lists of different length
 * @example
 * ```ts
 * const { pValue } = wilcoxonSignedRank(accuracyOfOe, accuracyOfCe);
 * ```
 */
export function wilcoxonSignedRank(first: ArrayLike<number>, second: ArrayLike<number>): SignedRankTest {
	if (first.length !== second.length) {
		throw new ArgumentError('second', `A paired test needs pairs, not ${first.length} and ${second.length} values.`);
	}
	const differences = Array.from(first, (value, i) => value - second[i]!).filter((difference) => difference !== 0);
	const ranks = averageRanks(differences.map(Math.abs));
	const positiveRanks = ranks.reduce((sum, rank, i) => sum + (differences[i]! > 0 ? rank : 0), 0);
	const pairs = differences.length;
	const exact = pairs <= EXACT_PAIRS;
	const pValue = exact ? exactProbability(ranks, positiveRanks) : normalProbability(ranks, positiveRanks);
	return { positiveRanks, pairs, pValue, method: exact ? 'exact' : 'normal' };
}

/** Of all ways to sign the ranks, the share that leads as far out, on either side. Ranks are halves, so doubled ones count. */
function exactProbability(ranks: Float64Array, positiveRanks: number): number {
	const doubled = Array.from(ranks, (rank) => 2 * rank);
	const total = doubled.reduce((sum, rank) => sum + rank, 0);
	const ways = new Float64Array(total + 1);
	ways[0] = 1;
	for (const rank of doubled) {
		for (let sum = total; sum >= rank; sum--) ways[sum]! += ways[sum - rank]!;
	}
	const outer = Math.min(2 * positiveRanks, total - 2 * positiveRanks);
	const beyond = ways.subarray(0, outer + 1).reduce((sum, count) => sum + count, 0);
	return Math.min(1, (2 * beyond) / 2 ** ranks.length);
}

/** The ranks themselves carry the correction for ties: the variance is a quarter of the sum of their squares. */
function normalProbability(ranks: Float64Array, positiveRanks: number): number {
	const mean = ranks.reduce((sum, rank) => sum + rank, 0) / 2;
	const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4;
	return Math.exp(logErfc(Math.abs(positiveRanks - mean) / Math.sqrt(2 * variance)));
}
