import { ArgumentError } from '@parfocal/core';
import { expect, test } from 'vitest';
import { foldPatches } from './folds.ts';
import { splitPatches } from './split-patches.ts';
import { drawnSet } from './testing/drawn-set.ts';

const set = drawnSet({ slides: 10, positions: 4, slices: 5 });
const [{ train, test: held }] = splitPatches(set, { by: 'slide', seed: 1 }) as [
	ReturnType<typeof splitPatches>[number],
];

test.each(['patch', 'position', 'slide'] as const)(
	'by %s: each training patch is judged once and never in its own fit',
	(by) => {
		const folds = foldPatches(set, train, { by, folds: 3, seed: 1 });
		expect(folds).toHaveLength(3);
		expect(folds.flatMap(({ validation }) => [...validation]).sort((a, b) => a - b)).toEqual(train);
		for (const fold of folds) {
			expect(fold.train.length + fold.validation.length).toBe(train.length);
			const unit = (index: number): string => (by === 'patch' ? String(index) : set.patches[index]!.group[by]);
			const fitted = new Set(fold.train.map(unit));
			expect(fold.validation.some((index) => fitted.has(unit(index)))).toBe(false);
		}
		expect(folds.some(({ validation }) => validation.length === 0)).toBe(false);
	},
);

test('nothing of the test side is looked at', () => {
	const seen = new Set(
		foldPatches(set, train, { by: 'slide', seed: 1 }).flatMap((fold) => [...fold.train, ...fold.validation]),
	);
	expect(held.some((index) => seen.has(index))).toBe(false);
});

test('folds are alike in size and classes, and come again for the same seed', () => {
	const folds = foldPatches(set, train, { by: 'position', folds: 4, seed: 2 });
	for (const { validation } of folds) {
		expect(validation).toHaveLength(train.length / 4);
		expect(validation.filter((index) => set.patches[index]!.label === 0)).toHaveLength(train.length / 20);
	}
	expect(foldPatches(set, train, { by: 'position', folds: 4, seed: 2 })).toEqual(folds);
	expect(foldPatches(set, train, { by: 'position', folds: 4, seed: 3 })).not.toEqual(folds);
});

test('fewer groups than folds are refused with a way out', () => {
	expect(() => foldPatches(set, train, { by: 'slide', folds: 7, seed: 1 })).toThrow(ArgumentError);
	expect(() => foldPatches(set, train, { by: 'slide', folds: 7, seed: 1 })).toThrow(
		'6 slides cannot be cut into 7 folds. Take from 2 to 6 folds, or a smaller unit.',
	);
	for (const folds of [1, 0, 2.5])
		expect(() => foldPatches(set, train, { by: 'patch', folds, seed: 1 })).toThrow(ArgumentError);
});
