import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limitedLogMoment, negativeLogMoment, type ResponseRule, strongestResponses } from './strongest-responses.ts';

const RULE: ResponseRule = {
	histogram: 'centres',
	bins: 50,
	share: 0.95,
	shareOf: 'rise',
	steepness: 60,
	span: 0.5,
	floor: 0.09,
};

/** As from a filter: many weak, few strong. */
function decaying(length: number, rate: number): Float64Array {
	return Float64Array.from({ length }, (_, i) => Math.exp((-rate * i) / length));
}

describe('strongest responses', () => {
	test('a narrow distribution keeps more than a wide one', () => {
		/** Evenly up to `width`, and a single response of 1. */
		const kept = (width: number): number => {
			const part = Float64Array.from({ length: 1000 }, (_, i) => (i === 999 ? 1 : (width * i) / 999));
			return strongestResponses({ vertical: part, horizontal: part }, RULE)!.keptFraction;
		};
		expect(kept(0.05)).toBeCloseTo(0.59, 1);
		expect(kept(0.1)).toBeGreaterThan(0.1);
		expect(kept(0.1)).toBeLessThan(0.58);
		expect(kept(0.5)).toBeCloseTo(0.09, 6);
	});

	test('values are the largest squared sums of roots', () => {
		const vertical = decaying(1000, 2);
		const horizontal = decaying(1000, 3).reverse();
		const { values, keptFraction } = strongestResponses({ vertical, horizontal }, RULE)!;
		const all = vertical.map((v, i) => (Math.sqrt(v) + Math.sqrt(horizontal[i]!)) ** 2).sort();
		expect(values).toHaveLength(Math.round(keptFraction * 1000));
		expect([...values.toSorted()]).toEqual([...all.slice(-values.length)]);
	});

	test('swapping the axes changes nothing', () => {
		const vertical = decaying(500, 2);
		const horizontal = decaying(500, 5).reverse();
		for (const histogram of ['centres', 'edges'] as const) {
			const one = strongestResponses({ vertical, horizontal }, { ...RULE, histogram })!;
			const other = strongestResponses({ vertical: horizontal, horizontal: vertical }, { ...RULE, histogram })!;
			expect(other).toEqual(one);
		}
	});

	test('none without responses, or when the first bin holds the share', () => {
		const none = new Float64Array(0);
		expect(strongestResponses({ vertical: none, horizontal: none }, RULE)).toBeUndefined();
		const spike = new Float64Array(1000);
		spike[0] = 1;
		const levelled: ResponseRule = { ...RULE, shareOf: 'levelled', share: 0.9, histogram: 'edges' };
		expect(strongestResponses({ vertical: spike, horizontal: spike }, levelled)).toBeUndefined();
	});
});

describe('moments', () => {
	test('central, of the stated order', () => {
		// About the mean 2: (-1, 0, 1), fourth powers 1, 0, 1.
		expect(negativeLogMoment(Float64Array.of(1, 2, 3), 4)).toBeCloseTo(-Math.log10(2 / 3), 14);
		expect(negativeLogMoment(Float64Array.of(1, 2, 6), 3)).toBeCloseTo(
			-Math.log10(((-2) ** 3 + (-1) ** 3 + 3 ** 3) / 3),
			14,
		);
	});

	test('agree with powers by the standard library', () => {
		const values = fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { minLength: 2, maxLength: 50 });
		fc.assert(
			fc.property(values, fc.constantFrom(2, 4, 6, 8, 10, 72), (array, order) => {
				const mean = array.reduce((sum, value) => sum + value, 0) / array.length;
				const moment = array.reduce((sum, value) => sum + (value - mean) ** order, 0) / array.length;
				fc.pre(moment > 1e-290);
				expect(negativeLogMoment(Float64Array.from(array), order)).toBeCloseTo(-Math.log10(moment), 9);
			}),
		);
	});

	test('scaling values shifts the value by order times the logarithm', () => {
		const values = Float64Array.of(0.1, 0.5, 0.2, 0.9);
		const shift =
			negativeLogMoment(
				values.map((value) => value / 10),
				6,
			) - negativeLogMoment(values, 6);
		expect(shift).toBeCloseTo(6, 12);
	});

	test('too small, too large, none', () => {
		expect(negativeLogMoment(Float64Array.of(1, 1), 72)).toBe(Number.POSITIVE_INFINITY);
		expect(limitedLogMoment(Float64Array.of(1, 1), 6)).toBe(120);
		expect(limitedLogMoment(Float64Array.of(-1e200, 1e200), 4)).toBe(0);
		expect(limitedLogMoment(new Float64Array(0), 4)).toBeNaN();
	});
});
