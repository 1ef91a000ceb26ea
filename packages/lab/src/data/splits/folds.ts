/**
 * Folds within the training side, to search a setting such as lambda without looking at the test side.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import type { PatchSet } from '../sets/patch-set.ts';
import { assignGroups, countGroups } from './assign-groups.ts';
import { groupKey, type SplitUnit } from './split-patches.ts';

/** One fold: what to fit on and what to judge by. */
export interface Fold {
	readonly train: readonly number[];
	readonly validation: readonly number[];
}

/** How to fold. */
export interface FoldOptions {
	readonly by: Exclude<SplitUnit, 'listed'>;
	/** Default 5. */
	readonly folds?: number;
	readonly seed: number;
}

/**
 * Cuts `indices` into folds; each patch is judged in one and fitted in the others. Grouped and stratified as the outer split.
 * @throws {ArgumentError} when there are fewer groups than folds
 * @example
 * ```ts
 * const folds = foldPatches(set, split.train, { by: 'slide', seed: 1 });
 * ```
 */
export function foldPatches(set: PatchSet, indices: readonly number[], { by, folds = 5, seed }: FoldOptions): Fold[] {
	const groupOf = (index: number): string => groupKey(set.patches[index]!, by);
	const groups = countGroups({ indices, groupOf });
	if (!Number.isInteger(folds) || folds < 2 || groups < folds) {
		throw new ArgumentError(
			'folds',
			`${groups} ${by === 'patch' ? 'patches' : `${by}s`} cannot be cut into ${folds} folds. Take from 2 to ${groups} folds, or a smaller unit.`,
		);
	}
	const parts = assignGroups({
		indices,
		labelOf: (index) => set.patches[index]!.label,
		groupOf,
		shares: new Array<number>(folds).fill(1 / folds),
		seed,
		name: `${folds} folds by ${by}`,
	});
	return parts.map((validation) => {
		const own = new Set(validation);
		return { train: indices.filter((index) => !own.has(index)), validation };
	});
}
