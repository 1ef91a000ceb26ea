import { ArgumentError } from '@parfocal/core';
import { describe, expect, test } from 'vitest';
import { readFocusPath } from '../sets/focuspath.ts';
import { FOCUSPATH_PATCHES } from '../sets/focuspath-structure.ts';
import type { PatchSet } from '../sets/patch-set.ts';
import { focusPathName } from '../sets/testing/written-set.ts';
import { missingClasses, type PatchSplit, requireTrainingClasses, splitPatches } from './split-patches.ts';
import { drawnSet } from './testing/drawn-set.ts';

const set = drawnSet({ slides: 10, positions: 5, slices: 7 });
const sides = ({ train, validation, test: held }: PatchSplit) => [train, validation, held];

function groupsOf(split: PatchSplit, by: 'slide' | 'position'): Set<string>[] {
	return sides(split).map((side) => new Set(side.map((index) => set.patches[index]!.group[by])));
}

test.each(['patch', 'position', 'slide'] as const)(
	'by %s: every patch once, 60 / 20 / 20, no unit on two sides',
	(by) => {
		const [split] = splitPatches(set, { by, seed: 3 }) as [PatchSplit];
		expect(sides(split).map((side) => side.length)).toEqual([210, 70, 70]);
		expect(
			sides(split)
				.flat()
				.sort((a, b) => a - b),
		).toEqual(set.patches.map((_, i) => i));
		if (by === 'patch') return;
		const groups = groupsOf(split, by);
		expect(groups.reduce((sum, own) => sum + own.size, 0)).toBe(by === 'slide' ? 10 : 50);
	},
);

test('repeats differ from each other and come again for the same seed', () => {
	const ten = splitPatches(set, { by: 'slide', seed: 1, repeats: 10 });
	expect(ten.map(({ repeat }) => repeat)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	expect(new Set(ten.map(({ test: held }) => held.join())).size).toBeGreaterThan(5);
	expect(splitPatches(set, { by: 'slide', seed: 1, repeats: 10 })).toEqual(ten);
	expect(splitPatches(set, { by: 'slide', seed: 1, repeats: 3 })).toEqual(ten.slice(0, 3));
	expect(splitPatches(set, { by: 'slide', seed: 2 })).not.toEqual(ten.slice(0, 1));
});

test('other shares, down to no validation side', () => {
	const [split] = splitPatches(set, { by: 'slide', seed: 1, shares: [0.5, 0, 0.5] }) as [PatchSplit];
	expect(sides(split).map((side) => side.length)).toEqual([175, 0, 175]);
	for (const shares of [
		[0.5, 0.2, 0.2],
		[0, 0.5, 0.5],
		[1.2, -0.1, -0.1],
	] as const) {
		expect(() => splitPatches(set, { by: 'patch', seed: 1, shares })).toThrow(ArgumentError);
	}
});

test('too few units are refused with a way out', () => {
	const two = drawnSet({ slides: 2, positions: 5, slices: 7 });
	expect(() => splitPatches(two, { by: 'slide', seed: 1 })).toThrow(
		/too few slides for a split by slide into 3 sides. Split by a smaller unit/,
	);
	expect(() => splitPatches(two, { by: 'position', seed: 1 })).not.toThrow();
	const none = { ...two, patches: [] };
	expect(() => splitPatches(none, { by: 'patch', seed: 1 })).toThrow(/too few patches.*Give it more/);
});

describe('the split that the set states', () => {
	const stated: PatchSet = {
		...set,
		patches: set.patches.map((patch, i) => (i === 0 ? patch : { ...patch, split: i % 2 === 0 ? 'train' : 'test' })),
	};

	test('is taken as it is; patches on no side are left out', () => {
		const [split] = splitPatches(stated, { by: 'listed', seed: 1, repeats: 10 }) as [PatchSplit];
		expect(sides(split).map((side) => side.length)).toEqual([174, 0, 175]);
		expect(split.train[0]).toBe(2);
	});

	test('must be there', () => {
		expect(() => splitPatches(set, { by: 'listed', seed: 1 })).toThrow(/no patch on the train side. Split it by patch/);
	});
});

describe('missing classes', () => {
	const lopsided: PatchSplit = {
		by: 'slide',
		seed: 4,
		repeat: 2,
		train: [0, 1, 2, 3, 4, 5, 6],
		validation: [],
		test: [3, 2],
	};

	test('are said with class, side, split and a way out', () => {
		expect(missingClasses(set, lopsided)).toEqual([
			'No patch of class "|z| = 2", "|z| >= 3" is on the test side of the split by slide (seed 4, repeat 2): take another seed, a smaller unit than slide, or fewer classes.',
		]);
		expect(missingClasses(set, splitPatches(set, { by: 'slide', seed: 1 })[0]!)).toEqual([]);
	});

	test('the way out is one that the split has', () => {
		const way = (by: PatchSplit['by']): string => missingClasses(set, { ...lopsided, by })[0]!.split(': ')[1]!;
		expect(way('patch')).toBe('take another seed, or fewer classes.');
		expect(way('listed')).toBe('split by patch, position or slide, or fewer classes.');
		expect(missingClasses(set, { ...lopsided, by: 'listed' })[0]).toContain('test side of the split as listed:');
	});

	test('a class that the whole set lacks is missing nowhere', () => {
		const wide = { ...set, classes: [...set.classes, 'never seen'] };
		expect(missingClasses(wide, splitPatches(wide, { by: 'position', seed: 1 })[0]!)).toEqual([]);
	});

	test('are refused on the training side only', () => {
		expect(() => requireTrainingClasses(set, lopsided)).not.toThrow();
		const act = () => requireTrainingClasses(set, { ...lopsided, train: [3], test: lopsided.train });
		expect(act).toThrow(ArgumentError);
		expect(act).toThrow(/"\|z\| = 1".*train side of the split by slide/);
	});
});

test('FocusPath as a whole: 5184 / 1728 / 1728 by patch and position, whole slides by slide, all classes to train on', () => {
	const pictures = Array.from(
		{ length: FOCUSPATH_PATCHES },
		(_, i) =>
			`${focusPathName(1 + Math.floor(i / 960), Math.floor(i / 480) % 2, 1 + (i % 16), 1 + (Math.floor(i / 16) % 30))}.png`,
	);
	const whole = readFocusPath({ root: '/set', pictures, lists: [] });
	for (const by of ['patch', 'position'] as const) {
		const [split] = splitPatches(whole, { by, seed: 1 }) as [PatchSplit];
		expect(sides(split).map((side) => side.length)).toEqual([5184, 1728, 1728]);
		expect(missingClasses(whole, split)).toEqual([]);
	}
	for (const split of splitPatches(whole, { by: 'slide', seed: 1, repeats: 10 })) {
		expect(sides(split).map((side) => side.length / 960)).toEqual([5, 2, 2]);
		expect(() => requireTrainingClasses(whole, split)).not.toThrow();
	}
});
