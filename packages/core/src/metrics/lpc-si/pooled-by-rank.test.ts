import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pooledByRank } from './pooled-by-rank.ts';

/** The definition: all values sorted. */
function definition(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => b - a);
	const weights = sorted.map((_, rank) => Math.exp(-rank / (values.length - 1) / 1e-4));
	const sum = sorted.reduce((total, value, i) => total + value * weights[i]!, 0);
	return sum / weights.reduce((total, weight) => total + weight, 0);
}

test('as by its definition', () => {
	const lists = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 200 });
	fc.assert(
		fc.property(lists, (values) => {
			expect(pooledByRank(Float64Array.from(values))).toBeCloseTo(definition(values), 14);
		}),
	);
});

test('many values, where more than the largest counts', () => {
	const values = Array.from({ length: 60_000 }, (_, i) => ((i * 7919) % 60_000) / 60_000);
	const pooled = pooledByRank(Float64Array.from(values));
	expect(pooled).toBeCloseTo(definition(values), 13);
	expect(pooled).toBeLessThan(59_999 / 60_000);
});

test('equal values, and all but one at 0', () => {
	expect(pooledByRank(new Float64Array(1000).fill(0.3))).toBeCloseTo(0.3, 14);
	expect(pooledByRank(new Float64Array(1000))).toBe(0);
	expect(pooledByRank(Float64Array.of(0, 0, 1))).toBeCloseTo(1, 14);
});
