/**
 * How far a figure could be off, and whether two methods differ, by drawing groups again. Patches of one slide resemble each
 * other; drawing patches would promise more than the data hold.
 * Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, sections 13.3 and 16.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { seededRandom } from '../simulate/random.ts';
import { quantile } from './quantile.ts';

/** What is drawn, and how often. */
export interface BootstrapOptions {
	/** Group of each sample, such as its slide; whole groups are drawn. */
	readonly groups: readonly (string | number)[];
	/** Draws; default 2000. */
	readonly draws?: number;
	/** Share of draws inside the interval; default .95. */
	readonly level?: number;
	/** Default 1; the same seed draws the same. */
	readonly seed?: number;
}

/** A figure with its percentile interval. */
export interface Interval {
	/** Of all samples, each once. */
	readonly value: number;
	readonly low: number;
	readonly high: number;
	/** Draws in which the figure was defined; the interval is of those. */
	readonly draws: number;
}

/** The difference of two figures, and how surprising it would be if there were none. */
export interface PairedDifference extends Interval {
	/** Two-sided. */
	readonly pValue: number;
}

/** A figure of some of the samples, each named by its position; one that is drawn twice is there twice. */
export type Statistic = (samples: readonly number[]) => number;

/**
 * The interval of a figure over groups drawn with replacement.
 * @throws {ArgumentError} for no groups, a level outside 0 … 1, or no draws
 * @example
 * ```ts
 * const { value, low, high } = groupedBootstrap((at) => spearman(at.map((i) => z[i]!), at.map((i) => score[i]!)), {
 * 	groups: slides,
 * });
 * ```
 */
export function groupedBootstrap(statistic: Statistic, options: BootstrapOptions): Interval {
	const { value, drawn, level } = drawAgain(statistic, options);
	return interval(value, drawn, level);
}

/**
 * The difference `first - second` of two figures of the same samples, over the same draws. The p-value is twice the smaller
 * share of draws on either side of zero, counting one more on each side, so that it is never zero.
 * @throws {ArgumentError} as `groupedBootstrap`
 */
export function pairedBootstrap(first: Statistic, second: Statistic, options: BootstrapOptions): PairedDifference {
	const { value, drawn, level } = drawAgain((samples) => first(samples) - second(samples), options);
	const below = drawn.filter((difference) => difference <= 0).length;
	const above = drawn.filter((difference) => difference >= 0).length;
	const pValue = drawn.length === 0 ? Number.NaN : Math.min(1, (2 * (1 + Math.min(below, above))) / (drawn.length + 1));
	return { ...interval(value, drawn, level), pValue };
}

/** The figure of all samples, and those of the draws in which it was defined, ascending. */
function drawAgain(
	statistic: Statistic,
	{ groups, draws = 2000, level = 0.95, seed = 1 }: BootstrapOptions,
): { value: number; drawn: Float64Array; level: number } {
	if (groups.length === 0) throw new ArgumentError('groups', 'There is nothing to draw from: no sample has a group.');
	if (!(level > 0 && level < 1)) throw new ArgumentError('level', `The level must be between 0 and 1, not ${level}.`);
	if (!(Number.isInteger(draws) && draws >= 1)) {
		throw new ArgumentError('draws', `The number of draws must be a whole number from 1, not ${draws}.`);
	}
	const members = [...Map.groupBy(groups.keys(), (i) => groups[i]!).values()];
	const random = seededRandom(seed).fork('bootstrap');
	const values = Float64Array.from({ length: draws }, () =>
		statistic(members.flatMap(() => members[random.below(members.length)]!)),
	);
	return {
		value: statistic(groups.map((_, i) => i)),
		drawn: values.filter((value) => !Number.isNaN(value)).sort(),
		level,
	};
}

function interval(value: number, drawn: Float64Array, level: number): Interval {
	return {
		value,
		low: quantile(drawn, (1 - level) / 2),
		high: quantile(drawn, (1 + level) / 2),
		draws: drawn.length,
	};
}
