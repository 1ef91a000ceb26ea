/**
 * From labelled scores to a curve: isotonic regression that a handful of samples cannot bend.
 * @module
 */
import { ArgumentError, type CalibrationCurve } from '@parfocal/core';
import { ascendingOrder } from '../evaluate/metrics/ranks.ts';
import { type Block, poolViolators } from '../evaluate/pool-violators.ts';

/** Samples that share a value. */
interface ScoredBlock extends Block {
	/** Ascending. */
	readonly scores: readonly number[];
}

/** Samples behind each point of a curve, at least: a twentieth of all, and never fewer than three. */
export function leastSamples(count: number): number {
	return Math.max(3, Math.ceil(count / 20));
}

/**
 * The curve from blur to labels. Blocks of isotonic regression with fewer than `leastSamples` samples join the neighbour
 * whose value is nearer; each block gives one point, at its (lower) median score and mean label. Only the order of scores
 * decides what is pooled: the same labels in the same order give the same values.
 * @param blur Scores that grow with blur.
 * @returns at least two points, both coordinates rising strictly
 * @throws {ArgumentError} when labels do not rise with blur anywhere
 */
export function fitCurve(blur: readonly number[], labels: readonly number[]): CalibrationCurve {
	const least = leastSamples(blur.length);
	const blocks = poolViolators(tiedBlocks(blur, labels), merged);
	for (;;) {
		const small = blocks.findIndex(({ count }) => count < least);
		if (small < 0 || blocks.length === 1) break;
		const lower = lowerOfPair(blocks, small);
		blocks.splice(lower, 2, merged(blocks[lower]!, blocks[lower + 1]!));
	}
	if (blocks.length < 2) {
		throw new ArgumentError('samples', 'The labels do not rise with the scores: there is no curve to fit.');
	}
	return {
		raw: blocks.map(({ scores }) => scores[(scores.length - 1) >> 1]!),
		value: blocks.map(({ value }) => value),
	};
}

/** One block a distinct score, ascending. */
function tiedBlocks(blur: readonly number[], labels: readonly number[]): ScoredBlock[] {
	const singles = Array.from(ascendingOrder(blur), (i) => ({ count: 1, value: labels[i]!, scores: [blur[i]!] }));
	const tied: ScoredBlock[] = [];
	for (const single of singles) {
		if (tied.at(-1)?.scores[0] === single.scores[0]) tied.push(merged(tied.pop()!, single));
		else tied.push(single);
	}
	return tied;
}

/** Of a block and its neighbour of nearer value the lower one's position. */
function lowerOfPair(blocks: readonly Block[], at: number): number {
	const gap = (lower: number): number =>
		lower < 0 || lower + 1 >= blocks.length
			? Number.POSITIVE_INFINITY
			: blocks[lower + 1]!.value - blocks[lower]!.value;
	return gap(at - 1) <= gap(at) ? at - 1 : at;
}

function merged(a: ScoredBlock, b: ScoredBlock): ScoredBlock {
	const count = a.count + b.count;
	return { count, value: (a.value * a.count + b.value * b.count) / count, scores: [...a.scores, ...b.scores] };
}
