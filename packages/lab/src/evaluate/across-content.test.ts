import { expect, test } from 'vitest';
import { syntheticCrops } from '../recipes/testing/synthetic-crops.ts';
import { compareAcrossContent, laplacianScores } from './across-content.ts';

const crops = syntheticCrops(4, [0, 0, 1, 1.5, 2.5, 4, 8], 3);

test('perfect scores are perfect, reversed ones the reverse', () => {
	const perfect = compareAcrossContent(crops, crops.blurRadiusPx);
	expect(perfect.spearman).toBeCloseTo(1, 12);
	expect(perfect.auc).toEqual([1, 1, 1, 1]);
	expect(perfect.pairsInOrder).toBe(1);
	expect([perfect.sharpMedian, perfect.sharp95]).toEqual([0, 0]);
	const reversed = compareAcrossContent(
		crops,
		crops.blurRadiusPx.map((blur) => -blur),
	);
	expect(reversed.auc).toEqual([0, 0, 0, 0]);
	expect(reversed.pairsInOrder).toBe(0);
});

test('a constant score knows nothing', () => {
	const nothing = compareAcrossContent(crops, new Float64Array(crops.count));
	expect(nothing.spearman).toBeNaN();
	expect(nothing.auc).toEqual([0.5, 0.5, 0.5, 0.5]);
	expect(nothing.pairsInOrder).toBe(0);
});

test('the baseline orders strong blur of drawn tissue', () => {
	const baseline = compareAcrossContent(crops, laplacianScores(crops));
	expect(baseline.spearman).toBeGreaterThan(0.7);
	expect(baseline.auc[3]).toBe(1);
});
