/**
 * Splitting a set into patches to train on, to choose by, and to test on.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import type { Patch, PatchSet, SplitSide } from '../sets/patch-set.ts';
import { assignGroups, countGroups } from './assign-groups.ts';

/**
 * What stays together: nothing (`patch`, as in both papers: other slices of a test patch's stack are trained on), all slices
 * of a place (`position`), or all of a slide (`slide`, the honest one); or the split that the set itself states (`listed`).
 */
export type SplitUnit = 'patch' | 'position' | 'slide' | 'listed';

/** Names of all. */
export const SPLIT_UNITS: readonly SplitUnit[] = ['patch', 'position', 'slide', 'listed'];

/** One drawing. */
export interface PatchSplit extends Readonly<Record<SplitSide, readonly number[]>> {
	readonly by: SplitUnit;
	readonly seed: number;
	/** Which of the repeats, from 0. */
	readonly repeat: number;
}

/** How to split. */
export interface SplitOptions {
	readonly by: SplitUnit;
	readonly seed: number;
	/** Drawings, each of all patches; default 1, 10 in the papers. A listed split is one. */
	readonly repeats?: number;
	/** Shares of train, validation and test; default .6, .2, .2. */
	readonly shares?: readonly [number, number, number];
}

/** The shares of both papers. */
export const PAPERS_SHARES: readonly [number, number, number] = [0.6, 0.2, 0.2];

/** What a patch stays together with. */
export function groupKey(patch: Patch, by: Exclude<SplitUnit, 'listed'>): string {
	return by === 'patch' ? patch.path : patch.group[by];
}

/**
 * Splits a set, stratified by class as far as whole groups allow.
 * @throws {ArgumentError} when a side would be empty: too few groups, or a set that states no split
 * @example
 * ```ts
 * for (const split of splitPatches(set, { by: 'slide', seed: 1, repeats: 10 })) train(split.train, split.validation);
 * ```
 */
export function splitPatches(set: PatchSet, options: SplitOptions): PatchSplit[] {
	const { by, seed, repeats = 1, shares = PAPERS_SHARES } = options;
	if (by === 'listed') return [listedSplit(set, seed)];
	checkShares(shares);
	const indices = set.patches.map((_, i) => i);
	const groupOf = (index: number): string => groupKey(set.patches[index]!, by);
	const needed = shares.filter((share) => share > 0).length;
	if (countGroups({ indices, groupOf }) < needed) {
		throw new ArgumentError(
			'split',
			`The set has too few ${by === 'patch' ? 'patches' : `${by}s`} for a split by ${by} into ${needed} sides. ${by === 'patch' ? 'Give it more.' : 'Split by a smaller unit.'}`,
		);
	}
	return Array.from({ length: repeats }, (_, repeat) => {
		const labelOf = (index: number): number => set.patches[index]!.label;
		const name = `split by ${by}, repeat ${repeat}`;
		const [train, validation, test] = assignGroups({ indices, labelOf, groupOf, shares, seed, name });
		return { by, seed, repeat, train: train!, validation: validation!, test: test! };
	});
}

function listedSplit({ patches, root }: PatchSet, seed: number): PatchSplit {
	const sides: Record<SplitSide, number[]> = { train: [], validation: [], test: [] };
	patches.forEach(({ split }, index) => {
		if (split) sides[split].push(index);
	});
	for (const side of ['train', 'test'] as const) {
		if (sides[side].length > 0) continue;
		throw new ArgumentError(
			'split',
			`The set in ${root} puts no patch on the ${side} side. Split it by patch, position or slide, or give a list with a column "split".`,
		);
	}
	return { by: 'listed', seed, repeat: 0, ...sides };
}

function checkShares(shares: readonly number[]): void {
	const sum = shares.reduce((total, share) => total + share, 0);
	if (shares.every((share) => share >= 0) && shares[0]! > 0 && Math.abs(sum - 1) < 1e-9) return;
	throw new ArgumentError(
		'shares',
		`The shares of a split must sum to 1 and leave some to train on, not ${shares.join(', ')}.`,
	);
}

/**
 * Classes that a side lacks, in sentences: none when all is well. The classes that the set has at all are asked for.
 * @example
 * ```ts
 * for (const sentence of missingClasses(set, split)) warn(sentence);
 * ```
 */
export function missingClasses(set: PatchSet, split: PatchSplit): string[] {
	const present = new Set(set.patches.map(({ label }) => label));
	return (['train', 'validation', 'test'] as const)
		.filter((side) => split[side].length > 0)
		.flatMap((side) => {
			const there = new Set(split[side].map((index) => set.patches[index]!.label));
			const missing = [...present].filter((label) => !there.has(label)).sort((a, b) => a - b);
			if (missing.length === 0) return [];
			const names = missing.map((label) => `"${set.classes[label]}"`).join(', ');
			const [name, way] =
				split.by === 'listed'
					? ['split as listed', 'split by patch, position or slide']
					: [
							`split by ${split.by} (seed ${split.seed}, repeat ${split.repeat})`,
							`take another seed${split.by === 'patch' ? '' : `, a smaller unit than ${split.by}`}`,
						];
			return [`No patch of class ${names} is on the ${side} side of the ${name}: ${way}, or fewer classes.`];
		});
}

/**
 * Refuses a split that has nothing to learn a class from.
 * @throws {ArgumentError} with the class, the split and the way out
 */
export function requireTrainingClasses(set: PatchSet, split: PatchSplit): void {
	const [sentence] = missingClasses(set, { ...split, validation: [], test: [] });
	if (sentence) throw new ArgumentError('split', sentence);
}
