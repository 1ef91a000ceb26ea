import { ArgumentError } from '@parfocal/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classCounts, classWeights } from './class-weights.ts';

test('counts by class, classes without patches included', () => {
	expect(classCounts([0, 2, 2, 0, 2], 4)).toEqual([2, 0, 3, 0]);
	expect(classCounts(Float32Array.of(1, 1), 2)).toEqual([0, 2]);
});

test("inverse frequency is scikit-learn's balanced", () => {
	// compute_class_weight('balanced') of scikit-learn 1.9.1 for 7, 3, 1 and 9 patches.
	const weights = classWeights([7, 3, 1, 9], 'inverse-frequency');
	[0.71428571, 1.66666667, 5, 0.55555556].forEach((weight, c) => {
		expect(weights[c]).toBeCloseTo(weight, 6);
	});
	// n / (K n_c) with n = 100, K = 2.
	expect([...classWeights([80, 20], 'inverse-frequency')]).toEqual([0.625, 2.5]);
	expect([...classWeights([80, 0, 20], 'inverse-frequency')]).toEqual([0.625, 0, 2.5]);
});

test('the effective number, by hand: beta .5 of 1 and 2 patches', () => {
	// (1 - .5) / (1 - .5) = 1 and .5 / .75 = 2/3, scaled to a mean of 1.
	const [rare, common] = classWeights([1, 2], 'effective-number', 0.5);
	expect(rare).toBeCloseTo(1 / (5 / 6), 6);
	expect(common).toBeCloseTo(2 / 3 / (5 / 6), 6);
});

test('beta 0 weighs all alike, beta near 1 nearly as inverse frequency does', () => {
	expect([...classWeights([5, 500], 'effective-number', 0)]).toEqual([1, 1]);
	const [a, b] = classWeights([5, 500], 'effective-number', 1 - 1e-9);
	expect(a! / b!).toBeCloseTo(100, 2);
});

test('rarer classes never weigh less; the mean is one', () => {
	const counts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 14 });
	fc.assert(
		fc.property(counts, (own) => {
			const effective = classWeights(own, 'effective-number');
			expect(effective.reduce((sum, weight) => sum + weight, 0) / own.length).toBeCloseTo(1, 4);
			const balanced = classWeights(own, 'inverse-frequency');
			const total = own.reduce((sum, count) => sum + count, 0);
			expect(own.reduce((sum, count, c) => sum + count * balanced[c]!, 0) / total).toBeCloseTo(1, 4);
			for (const weights of [effective, balanced]) {
				const order = own.map((count, c) => ({ count, weight: weights[c]! })).sort((x, y) => x.count - y.count);
				for (let i = 1; i < order.length; i++)
					expect(order[i]!.weight).toBeLessThanOrEqual(order[i - 1]!.weight + 1e-6);
			}
		}),
	);
});

test('none is one each; nothing to weigh and wrong betas are refused', () => {
	expect([...classWeights([3, 0, 9], 'none')]).toEqual([1, 0, 1]);
	expect(() => classWeights([0, 0], 'none')).toThrow(ArgumentError);
	for (const beta of [1, -0.1, Number.NaN]) expect(() => classWeights([1], 'effective-number', beta)).toThrow(/Beta/);
});
