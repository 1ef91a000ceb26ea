import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PatchSet } from '../sets/patch-set.ts';
import { measureLeak } from './leak.ts';
import { type PatchSplit, splitPatches } from './split-patches.ts';
import { drawnSet } from './testing/drawn-set.ts';

const set = drawnSet({ slides: 3, positions: 2, slices: 5 });
const split = (by: PatchSplit['by'], train: number[], test: number[]): PatchSplit => ({
	by,
	seed: 1,
	repeat: 0,
	train,
	validation: [],
	test,
});

test('counted by hand on two stacks', () => {
	// Stack 0 is patches 0 to 4, stack 1 is 5 to 9, both of slide 0; slide 1 begins at 10.
	const leak = measureLeak(set, split('patch', [0, 2], [1, 4, 6, 10]));
	expect(leak.sameSlide).toBe(3 / 4);
	expect(leak.samePosition).toBe(2 / 4);
	// Patch 1 lies between 0 and 2; patch 4 is next to 3, which is not trained on.
	expect(leak.adjacentSlice).toBe(1 / 4);
	expect(leak.sentence).toBe(
		'Split by patch: 50 % of test patches have their position in the training side, and 25 % an adjacent slice of it; figures say little about other tissue.',
	);
});

test('by position the slides are still shared, and the sentence says so', () => {
	const leak = measureLeak(set, split('position', [0, 1, 2, 3, 4], [5, 6, 10]));
	expect([leak.samePosition, leak.adjacentSlice]).toEqual([0, 0]);
	expect(leak.sentence).toBe(
		'Split by position: no test patch shows a position that was trained on, but 67 % are of a slide that was.',
	);
});

test('by slide nothing leaks', () => {
	const leak = measureLeak(set, split('slide', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [10, 11, 29]));
	expect(leak).toEqual({
		sameSlide: 0,
		samePosition: 0,
		adjacentSlice: 0,
		sentence: 'Split by slide: no test patch is of a slide that was trained on.',
	});
});

test('a set without planes has no adjacent slices', () => {
	const flat: PatchSet = { ...set, patches: set.patches.map(({ path, label, group }) => ({ path, label, group })) };
	const leak = measureLeak(flat, split('patch', [0], [1]));
	expect(leak.adjacentSlice).toBeUndefined();
	expect(leak.sentence).toBe(
		'Split by patch: 100 % of test patches have their position in the training side; figures say little about other tissue.',
	);
});

test('no test side, no leak', () => {
	expect(measureLeak(set, split('patch', [0], [])).samePosition).toBe(0);
});

test('stacks of 16 split by patch leak as the published split does: every position, four fifths of adjacent slices', () => {
	const large = drawnSet({ slides: 9, positions: 60, slices: 16 });
	const [patch] = splitPatches(large, { by: 'patch', seed: 1 }) as [PatchSplit];
	const leak = measureLeak(large, patch);
	expect(leak.samePosition).toBe(1);
	// Of inner slices 1 - .4², of the two outer ones .6 have a neighbour to learn from: .81 on average.
	expect(leak.adjacentSlice).toBeGreaterThan(0.78);
	expect(leak.adjacentSlice).toBeLessThan(0.84);
});

test('shares are what looking through all pairs gives', () => {
	const side = fc.uniqueArray(fc.nat(29), { minLength: 1, maxLength: 20 });
	fc.assert(
		fc.property(side, side, (train, other) => {
			const held = other.filter((index) => !train.includes(index));
			fc.pre(held.length > 0);
			const share = (holds: (a: (typeof set.patches)[number], b: (typeof set.patches)[number]) => boolean): number =>
				held.filter((t) => train.some((u) => holds(set.patches[t]!, set.patches[u]!))).length / held.length;
			const leak = measureLeak(set, split('patch', train, held));
			expect(leak.sameSlide).toBe(share((a, b) => a.group.slide === b.group.slide));
			expect(leak.samePosition).toBe(share((a, b) => a.group.position === b.group.position));
			expect(leak.adjacentSlice).toBe(
				share((a, b) => a.group.position === b.group.position && Math.abs(a.zLevel! - b.zLevel!) === 1),
			);
			expect(leak.sameSlide).toBeGreaterThanOrEqual(leak.samePosition);
		}),
	);
});

test('where nothing says which slide a patch is of, the leak is not known, and is not called none', () => {
	const patches = set.patches.map((patch, i) => ({ ...patch, group: { slide: `${i}`, position: `${i}` } }));
	const leak = measureLeak({ ...set, patches }, split('patch', [0, 1], [2, 3]));
	expect(leak.sentence).toMatch(/^Split by patch: nothing says which slide/);
});
