import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GAPS, seriesFigures } from './series-figures.ts';

const distance = [0, 1, 1, 2, 3, 4, 6];

test('a method that knows the distance has every pair right', () => {
	const { spearman, minimumOff, pairs } = seriesFigures(distance, distance);
	expect(spearman).toBeCloseTo(1, 12);
	expect(minimumOff).toBe(0);
	for (const { right, of } of pairs) expect(right).toBe(of);
	// Every pair of unequal distance is in one class of gaps: of 21 pairs one is equal.
	expect(pairs.reduce((sum, { of }) => sum + of, 0)).toBe(20);
});

test('its opposite has none, and calls the furthest plane the sharpest', () => {
	const { spearman, minimumOff, pairs } = seriesFigures(
		distance,
		distance.map((d) => -d),
	);
	expect(spearman).toBeCloseTo(-1, 12);
	expect(minimumOff).toBe(6);
	expect(pairs.map(({ right }) => right)).toEqual([0, 0, 0]);
});

test('gaps: the swap of two neighbours costs one pair of gap 1', () => {
	const blurriness = [0, 1, 1.1, 3, 2, 4, 6];
	const { pairs } = seriesFigures(distance, blurriness);
	expect(pairs.map(({ right, of }) => of - right)).toEqual([1, 0, 0]);
	expect(GAPS.map(({ name }) => name)).toEqual(['1', '2-3', '4+']);
});

test('a plane without a score counts as out of order', () => {
	const { pairs, spearman, minimumOff } = seriesFigures([0, 1, 2], [0, Number.NaN, 2]);
	expect(pairs[0]).toEqual({ right: 0, of: 2 });
	expect(pairs[1]).toEqual({ right: 1, of: 1 });
	expect(spearman).toBeCloseTo(1, 12);
	expect(minimumOff).toBe(0);
	expect(seriesFigures([0, 1], [Number.NaN, Number.NaN]).minimumOff).toBeNaN();
});

test('only the order of scores matters', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 7, maxLength: 7 }), (scores) => {
			expect(
				seriesFigures(
					distance,
					scores.map((score) => Math.exp(score / 10)),
				),
			).toEqual(seriesFigures(distance, scores));
		}),
	);
});
