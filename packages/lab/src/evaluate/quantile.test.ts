import { expect, test } from 'vitest';
import { quantile } from './quantile.ts';

test.each([
	[[1, 2, 3, 4, 5], 0, 1],
	[[1, 2, 3, 4, 5], 0.5, 3],
	[[1, 2, 3, 4, 5], 1, 5],
	[[1, 2, 3, 4], 0.5, 2.5],
	[[10, 20], 0.975, 19.75],
	[[7], 0.3, 7],
])('of %j at %d is %d', (values, share, expected) => {
	expect(quantile(values, share)).toBeCloseTo(expected, 12);
});

test('of nothing is no number', () => {
	expect(quantile([], 0.5)).toBeNaN();
});
