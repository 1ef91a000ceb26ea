import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../testing/shared.ts';
import { evenDerivative, staggeredDerivative } from './maxpol.ts';

/** Sum of `taps` times the `power`-th power of the places `from, from + 1, …`. */
function moment(taps: Float64Array, from: number, power: number): number {
	return taps.reduce((sum, tap, k) => sum + tap * (from + k) ** power, 0);
}

function factorial(n: number): number {
	return n < 2 ? 1 : n * factorial(n - 1);
}

describe('even derivatives', () => {
	test('the full band of half length 8', () => {
		const taps = evenDerivative(2, 8, 16);
		expect(taps[8]).toBeCloseTo(-3.0548441, 7);
		expect(taps[9]).toBeCloseTo(1.77777778, 8);
		expect(taps[10]).toBeCloseTo(-0.31111111, 8);
	});

	test('half length 1 is the usual second difference', () => {
		expect([...evenDerivative(2, 1, 2)].map((tap) => Math.round(tap * 1e12) / 1e12)).toEqual([1, -2, 1]);
	});

	test.each([
		[2, 4, 4],
		[2, 4, 6],
		[4, 4, 6],
		[4, 5, 8],
		[6, 5, 10],
	])('order %i, half length %i, cut-off %i: exact on polynomials, silent at Nyquist', (order, halfLength, cutoff) => {
		const taps = evenDerivative(order, halfLength, cutoff);
		for (let power = 0; power <= cutoff; power++) {
			const wanted = power === order ? factorial(order) : 0;
			const size = taps.reduce((sum, tap, k) => sum + Math.abs(tap) * Math.abs(k - halfLength) ** power, 1);
			expect(Math.abs(moment(taps, -halfLength, power) - wanted) / size).toBeLessThan(1e-13);
		}
		const alternating = taps.map((tap, k) => ((k + halfLength) % 2 === 0 ? tap : -tap));
		for (let power = 0; power < 2 * halfLength - cutoff; power++) {
			const size = taps.reduce((sum, tap, k) => sum + Math.abs(tap) * Math.abs(k - halfLength) ** power, 1);
			expect(Math.abs(moment(alternating, -halfLength, power)) / size).toBeLessThan(1e-13);
		}
	});

	test('an odd cut-off is that below it, and a larger one passes more', () => {
		expect(evenDerivative(2, 8, 9)).toEqual(evenDerivative(2, 8, 8));
		const passed = (cutoff: number): number =>
			Math.abs(evenDerivative(2, 8, cutoff).reduce((sum, tap, k) => sum + tap * Math.cos(2.2 * (k - 8)), 0));
		expect(passed(12)).toBeGreaterThan(passed(8));
		expect(passed(8)).toBeGreaterThan(passed(4));
	});

	test.skipIf(!hasShared)('the published filters of half length 32', () => {
		const { kernels } = JSON.parse(readFileSync(sharedPath('golden/knowledge-open.json'), 'utf8'));
		let compared = 0;
		for (const [name, golden] of Object.entries<number[]>(kernels.maxpolEvenFilters_l32)) {
			const [, cutoff, order] = name.match(/^P(\d+)_n(\d+)_centre_to_edge/)!.map(Number) as [number, number, number];
			const taps = evenDerivative(order, 32, cutoff);
			golden.forEach((tap, k) => {
				expect(Math.abs(taps[32 + k]! - tap)).toBeLessThan(1e-13 * Math.abs(golden[0]!));
				compared++;
			});
		}
		expect(compared).toBe(72);
	});
});

describe('staggered derivatives', () => {
	test('two taps are the plain difference', () => {
		expect([...staggeredDerivative(1, 1)]).toEqual([-1, 1]);
		expect([...staggeredDerivative(3, 2)]).toEqual([-1, 3, -3, 1]);
	});

	test.each([
		[1, 2],
		[1, 8],
		[3, 3],
		[3, 8],
		[5, 4],
	])('order %i, half length %i: antisymmetric, exact on polynomials', (order, halfLength) => {
		const taps = staggeredDerivative(order, halfLength);
		taps.forEach((tap, j) => {
			expect(tap).toBe(-taps[taps.length - 1 - j]!);
		});
		for (let power = 0; power < 2 * halfLength; power++) {
			const wanted = power === order ? factorial(order) : 0;
			const from = 0.5 - halfLength;
			const size = taps.reduce((sum, tap, k) => sum + Math.abs(tap) * Math.abs(from + k) ** power, 1);
			expect(Math.abs(moment(taps, from, power) - wanted) / size).toBeLessThan(1e-14);
		}
	});

	test('the taps in the published tables', () => {
		expect(staggeredDerivative(1, 8)[8]).toBe(1.2340910732746124);
		expect(staggeredDerivative(3, 8)[7]).toBe(5.99741665684447);
	});

	test.skipIf(!hasShared)('all released taps, to the bit', () => {
		const { kernels } = JSON.parse(readFileSync(sharedPath('golden/knowledge-open.json'), 'utf8'));
		const released: Record<string, number[]> | number[][] = kernels['Synthetic-MaxPol'].officialTaps;
		const [first, third] = Object.values(released);
		expect([...staggeredDerivative(1, 8)]).toEqual(first);
		expect([...staggeredDerivative(3, 8)]).toEqual(third);
	});
});
