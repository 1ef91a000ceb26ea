import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Assignment, assignGroups, countGroups } from './assign-groups.ts';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function assign(change: Partial<Assignment>): number[][] {
	return assignGroups({
		indices: range(100),
		labelOf: (index) => index % 4,
		groupOf: String,
		shares: [0.6, 0.2, 0.2],
		seed: 1,
		name: 'x',
		...change,
	});
}

const countsOf = (side: readonly number[], labelOf: (index: number) => number, classes: number): number[] => {
	const counts = new Array<number>(classes).fill(0);
	for (const index of side) counts[labelOf(index)]!++;
	return counts;
};

describe('single patches', () => {
	test('come out in exact shares of every class', () => {
		for (let seed = 0; seed < 5; seed++) {
			const sides = assign({ seed });
			expect(sides.map((side) => countsOf(side, (index) => index % 4, 4))).toEqual([
				[15, 15, 15, 15],
				[5, 5, 5, 5],
				[5, 5, 5, 5],
			]);
		}
	});

	test('rare classes are spread as well', () => {
		const labelOf = (index: number): number => (index < 5 ? 1 : 0);
		expect(assign({ labelOf }).map((side) => countsOf(side, labelOf, 2)[1])).toEqual([3, 1, 1]);
	});

	test('every patch is as likely on the test side', () => {
		const times = new Array<number>(20).fill(0);
		for (let seed = 0; seed < 2000; seed++)
			for (const index of assign({ indices: range(20), seed })[2]!) times[index]!++;
		for (const count of times) expect(Math.abs(count - 400)).toBeLessThan(90);
	});
});

describe('groups', () => {
	test('stay whole, and nine alike go five, two, two', () => {
		const groupOf = (index: number): string => `g${index % 9}`;
		const sides = assign({ indices: range(90), labelOf: () => 0, groupOf });
		expect(sides.map((side) => side.length)).toEqual([50, 20, 20]);
		expect(sides.map((side) => new Set(side.map(groupOf)).size)).toEqual([5, 2, 2]);
	});

	test('one huge group goes where there is most room', () => {
		const groupOf = (index: number): string => (index < 55 ? 'huge' : String(index));
		const [train, validation, test] = assign({ groupOf });
		expect(train!.filter((index) => index < 55)).toHaveLength(55);
		expect(Math.abs(validation!.length - 20)).toBeLessThanOrEqual(2);
		expect(Math.abs(test!.length - 20)).toBeLessThanOrEqual(2);
	});

	test('groups of one class each are dealt out by class', () => {
		const groupOf = (index: number): string => `g${Math.floor(index / 5)}`;
		const labelOf = (index: number): number => Math.floor(index / 50);
		const sides = assign({ groupOf, labelOf });
		expect(sides.map((side) => countsOf(side, labelOf, 2))).toEqual([
			[30, 30],
			[10, 10],
			[10, 10],
		]);
	});
});

test('whatever the groups: every patch on one side, no group on two, the same for the same seed', () => {
	const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 3, maxLength: 25 });
	fc.assert(
		fc.property(sizes, fc.integer(), fc.integer({ min: 1, max: 5 }), (groups, seed, classes) => {
			const owner = groups.flatMap((size, group) => new Array<number>(size).fill(group));
			const change = {
				indices: range(owner.length),
				groupOf: (index: number) => String(owner[index]),
				labelOf: (index: number) => (index * 7) % classes,
				seed,
			};
			const sides = assign(change);
			expect(sides.flat().sort((a, b) => a - b)).toEqual(change.indices);
			const seen = sides.map((side) => new Set(side.map(change.groupOf)));
			expect(seen.reduce((sum, own) => sum + own.size, 0)).toBe(groups.length);
			expect(assign(change)).toEqual(sides);
		}),
	);
});

test('groups are counted among the given patches only', () => {
	expect(countGroups({ indices: [0, 1, 2, 3], groupOf: (index) => String(index % 2) })).toBe(2);
	expect(countGroups({ indices: [], groupOf: String })).toBe(0);
});
