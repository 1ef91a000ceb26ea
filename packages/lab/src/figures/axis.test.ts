import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisOver, isDrawable } from './axis.ts';

test.each([
	[
		[0.2, 0.93],
		['0.2', '0.4', '0.6', '0.8', '1.0'],
	],
	[
		[1, 120],
		['0', '50', '100', '150'],
	],
	[
		[-0.8, -0.75],
		['-0.80', '-0.79', '-0.78', '-0.77', '-0.76', '-0.75'],
	],
	[
		[0, 1],
		['0.0', '0.2', '0.4', '0.6', '0.8', '1.0'],
	],
	[[5], ['2', '3', '4', '5', '6', '7', '8']],
	[[], ['0.0', '0.2', '0.4', '0.6', '0.8', '1.0']],
	[
		[Number.NaN, 2, 4, Number.POSITIVE_INFINITY],
		['2.0', '2.5', '3.0', '3.5', '4.0'],
	],
])('%j has the ticks %j', (values, ticks) => {
	const axis = axisOver(values);
	expect(axis.ticks.map(axis.label)).toEqual(ticks);
});

test('ends lie at 0 and 1, what is between between', () => {
	const axis = axisOver([10, 30]);
	expect([axis.at(axis.low), axis.at(20), axis.at(axis.high)]).toEqual([0, 0.5, 1]);
});

test('numbers that are too close or too large to draw do no harm', () => {
	expect(axisOver([1e9, 1e9 + 1e-6]).ticks.length).toBeLessThan(9);
	expect(axisOver([1e-323]).ticks).toContain(0);
	expect(axisOver([-1e308, 1e308, 3]).high).toBeLessThan(10);
	expect([isDrawable(1e301), isDrawable(Number.NaN), isDrawable(-1e299)]).toEqual([false, false, true]);
});

test('any numbers lie within, ticks rise by the same and are told apart', () => {
	const number = fc.double({ min: -1e9, max: 1e9, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-6);
	fc.assert(
		fc.property(fc.array(number, { minLength: 1, maxLength: 6 }), (values) => {
			const axis = axisOver(values);
			const slack = 1e-6 * (axis.high - axis.low) + 1e-6 * Math.abs(axis.high);
			for (const value of values) {
				expect(value).toBeGreaterThanOrEqual(axis.low - slack);
				expect(value).toBeLessThanOrEqual(axis.high + slack);
			}
			expect(axis.ticks.length).toBeGreaterThanOrEqual(2);
			expect(axis.ticks.length).toBeLessThanOrEqual(9);
			const steps = axis.ticks.slice(1).map((tick, i) => tick - axis.ticks[i]!);
			for (const step of steps) expect(Math.abs(step / steps[0]! - 1)).toBeLessThan(1e-3);
		}),
	);
});
