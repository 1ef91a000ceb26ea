import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logErfc, negativeLogTail } from './normal-tail.ts';

describe('logarithm of erfc', () => {
	// By 40-digit arithmetic; around 1 and 20 the way of computing changes.
	test.each([
		[-6, Math.LN2],
		[-1, 0.6112323176780705],
		[-0.1, 0.10657640058652249],
		[0, 0],
		[1e-9, -1.1283791677321324e-9],
		[0.1, -0.1193049737373956],
		[0.5, -0.7350111298370844],
		[0.999, -1.8469673854846986],
		[1.001, -1.8522453205962905],
		[1, -1.8496055099332482],
		[1.999, -5.360524027545016],
		[2, -5.364941264616638],
		[2.001, -5.369360349189935],
		[3, -10.720363041981113],
		[5, -27.200889545537436],
		[10, -102.87988902484489],
		[19.99, -403.16894445224995],
		[20, -403.56934333410425],
		[20.01, -403.96994196781424],
		[25, -628.7920391740716],
		[100, -10005.177585122665],
		[5000, -25000009.089558154],
	])('at %d', (z, expected) => {
		expect(Math.abs(logErfc(z) - expected)).toBeLessThanOrEqual(1e-14 + 2e-14 * Math.abs(expected));
	});

	test('falls', () => {
		const z = fc.double({ min: -5, max: 60, noNaN: true });
		fc.assert(
			fc.property(z, fc.double({ min: 1e-3, max: 5, noNaN: true }), (low, step) => {
				expect(logErfc(low + step)).toBeLessThan(logErfc(low));
			}),
		);
	});
});

describe('tail of the normal distribution', () => {
	test('half of it lies above 0', () => {
		expect(negativeLogTail(0)).toBeCloseTo(Math.log10(2), 15);
	});

	test('both tails add up to 1', () => {
		fc.assert(
			fc.property(fc.double({ min: 0, max: 8, noNaN: true }), (t) => {
				expect(10 ** -negativeLogTail(t) + 10 ** -negativeLogTail(-t)).toBeCloseTo(1, 13);
			}),
		);
	});

	test('never overflows or goes below 0 by more than rounding', () => {
		expect(negativeLogTail(1e6)).toBeGreaterThan(1e11);
		expect(Math.abs(negativeLogTail(-1e6))).toBeLessThan(1e-15);
	});
});
