/**
 * How much a split gives away: what share of the test patches shows tissue that was trained on.
 * @module
 */
import type { PatchSet } from '../sets/patch-set.ts';
import type { PatchSplit } from './split-patches.ts';

/** Shares of the test patches, 0 to 1. */
export interface Leak {
	/** Another patch of the same slide is trained on. */
	readonly sameSlide: number;
	/** Another patch of the same position is trained on. */
	readonly samePosition: number;
	/** The next focal plane of the same position, up or down, is trained on; undefined when the set has no planes. */
	readonly adjacentSlice: number | undefined;
	/** The same in words. */
	readonly sentence: string;
}

/**
 * Measures a split.
 * @example
 * ```ts
 * measureLeak(set, split).sentence; // 'Split by patch: 100 % of test patches have their position in the training side, …'
 * ```
 */
export function measureLeak({ patches }: PatchSet, { by, train, test }: PatchSplit): Leak {
	const slides = new Set(train.map((index) => patches[index]!.group.slide));
	const positions = new Set(train.map((index) => patches[index]!.group.position));
	const slices = new Set(train.map((index) => sliceKey(patches[index]!.group.position, patches[index]!.zLevel)));
	const shareOf = (holds: (index: number) => boolean): number => test.filter(holds).length / Math.max(test.length, 1);
	const sameSlide = shareOf((index) => slides.has(patches[index]!.group.slide));
	const samePosition = shareOf((index) => positions.has(patches[index]!.group.position));
	const planes = test.some((index) => patches[index]!.zLevel !== undefined);
	const adjacentSlice = planes
		? shareOf((index) => {
				const { group, zLevel = Number.NaN } = patches[index]!;
				return slices.has(sliceKey(group.position, zLevel - 1)) || slices.has(sliceKey(group.position, zLevel + 1));
			})
		: undefined;
	// A set that names no slides gives each patch one of its own.
	const unknown = by === 'patch' && new Set(patches.map(({ group }) => group.slide)).size === patches.length;
	const sentence = unknown ? UNKNOWN : inWords(by, sameSlide, samePosition, adjacentSlice);
	return { sameSlide, samePosition, adjacentSlice, sentence };
}

const UNKNOWN =
	'Split by patch: nothing says which slide a patch is of, so test patches may well be of slides that were trained on; figures say little about others.';

function sliceKey(position: string, zLevel: number | undefined): string {
	return `${position}@${zLevel}`;
}

function inWords(by: string, sameSlide: number, samePosition: number, adjacentSlice: number | undefined): string {
	const percent = (share: number): string => `${Math.round(100 * share)} %`;
	const split = by === 'listed' ? 'Split as listed' : `Split by ${by}`;
	if (sameSlide === 0) return `${split}: no test patch is of a slide that was trained on.`;
	if (samePosition === 0) {
		return `${split}: no test patch shows a position that was trained on, but ${percent(sameSlide)} are of a slide that was.`;
	}
	const slice = adjacentSlice === undefined ? '' : `, and ${percent(adjacentSlice)} an adjacent slice of it`;
	return `${split}: ${percent(samePosition)} of test patches have their position in the training side${slice}; figures say little about other tissue.`;
}
