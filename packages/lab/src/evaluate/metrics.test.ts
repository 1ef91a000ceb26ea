import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../core/src/testing/shared.ts';
import { averageRanks, pearson, rocAuc, spearman } from './metrics.ts';

interface Golden {
	readonly continuous: {
		name: string;
		x: number[];
		y: number[];
		spearman: number | null;
		pearson: number | null;
		ranks_x: number[];
	}[];
	readonly binary: { name: string; y_true: number[]; score: number[]; roc_auc: number | null }[];
}

/** Undefined values are null in the golden file and NaN here. */
function expectEqual(found: number, golden: number | null, name: string): void {
	if (golden === null) expect(found, name).toBeNaN();
	else expect(found, name).toBeCloseTo(golden, 10);
}

test.skipIf(!hasShared)('equal what scipy and scikit-learn give', () => {
	const golden = JSON.parse(readFileSync(sharedPath('golden/metrics-open.json'), 'utf8')) as Golden;
	expect(golden.continuous.length).toBeGreaterThan(3);
	for (const each of golden.continuous) {
		expectEqual(pearson(each.x, each.y), each.pearson, each.name);
		expectEqual(spearman(each.x, each.y), each.spearman, each.name);
		if (each.ranks_x) expect([...averageRanks(each.x)], each.name).toEqual(each.ranks_x);
	}
	for (const { name, y_true, score, roc_auc } of golden.binary) {
		const of = (label: number): number[] => score.filter((_, i) => y_true[i] === label);
		expectEqual(rocAuc(of(1), of(0)), roc_auc, name);
	}
});

test('ties share the mean of their ranks', () => {
	expect([...averageRanks([10, 30, 20, 20])]).toEqual([1, 4, 2.5, 2.5]);
	expect([...averageRanks([5, 5, 5])]).toEqual([2, 2, 2]);
	expect([...averageRanks([])]).toEqual([]);
});

test('correlations by hand', () => {
	expect(pearson([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
	expect(pearson([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12);
	expect(spearman([1, 2, 3, 4], [1, 100, 10, 1000])).toBeCloseTo(0.8, 12);
	expect(spearman([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
	expect(pearson([1, 1, 1], [1, 2, 3])).toBeNaN();
});

test('AUC by hand: three of four pairs in order, a tie counts half', () => {
	expect(rocAuc([2, 4], [1, 3])).toBe(0.75);
	expect(rocAuc([1], [1])).toBe(0.5);
	expect(rocAuc([], [1])).toBeNaN();
});

test('rank metrics do not change under a rising function', () => {
	const x = Array.from({ length: 40 }, (_, i) => Math.sin(i * 1.7));
	const y = Array.from({ length: 40 }, (_, i) => Math.sin(i * 1.7) + Math.cos(i * 5));
	expect(spearman(x.map(Math.exp), y)).toBeCloseTo(spearman(x, y), 12);
	expect(rocAuc(x.map(Math.exp), y.map(Math.exp))).toBe(rocAuc(x, y));
});
