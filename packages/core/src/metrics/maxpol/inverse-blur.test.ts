import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../testing/shared.ts';
import { derivativeSum, gamma, generalisedGaussian, inverseBlurCoefficients } from './inverse-blur.ts';

const FILTERS = [
	{ name: 'HVS-MaxPol.kernel1', sigma: 1.7, shape: 1.4, cutoff: 40 },
	{ name: 'HVS-MaxPol.kernel2', sigma: 0.7, shape: 0.8, cutoff: 14 },
] as const;

test('gamma', () => {
	expect(gamma(1)).toBeCloseTo(1, 14);
	expect(gamma(5)).toBeCloseTo(24, 12);
	expect(gamma(0.5)).toBeCloseTo(Math.sqrt(Math.PI), 14);
	expect(gamma(0.25)).toBeCloseTo(3.625609908221908, 13);
	for (const x of [0.1, 0.3, 0.77, 1.6, 3.75]) expect(gamma(x + 1) / (x * gamma(x))).toBeCloseTo(1, 13);
});

describe('generalised Gaussian', () => {
	test('sums to 1, symmetric, shape 2 is the Gaussian', () => {
		const samples = generalisedGaussian(2, 2, 16);
		expect(samples.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 14);
		expect(samples).toEqual(samples.toReversed());
		expect(samples[18]! / samples[16]!).toBeCloseTo(Math.exp(-0.5), 12);
	});

	test.each([0.8, 1, 1.4, 2, 3])('standard deviation as asked, shape %d', (shape) => {
		const radius = 400;
		const samples = generalisedGaussian(9, shape, radius);
		const variance = samples.reduce((sum, value, i) => sum + value * (i - radius) ** 2, 0);
		expect(Math.sqrt(variance) / 9).toBeCloseTo(1, 2);
	});

	test.skipIf(!hasShared)('the low-pass of FQPath', () => {
		const { kernels } = JSON.parse(readFileSync(sharedPath('golden/knowledge-open.json'), 'utf8'));
		generalisedGaussian(2, 1.5, 16).forEach((value, i) => {
			expect(Math.abs(value - kernels.FQPath.lowpassTaps[i])).toBeLessThan(1e-15);
		});
	});
});

describe('inverse-blur filters', () => {
	test.each(FILTERS)('$name undoes the blur it was made for', ({ sigma, shape, cutoff }) => {
		const taps = derivativeSum(inverseBlurCoefficients(sigma, shape), cutoff);
		const blur = generalisedGaussian(sigma, shape, 32);
		const spectrum = (filter: Float64Array, w: number): number =>
			filter.reduce((sum, tap, k) => sum + tap * Math.cos(w * (k - 32)), 0);
		// Filter + 1 is the inverse of the blur up to where the cut-off bends it.
		for (const w of [0.1, 0.3, 0.5, 0.7]) {
			expect((spectrum(taps, w) + 1) * spectrum(blur, w)).toBeCloseTo(1, 2);
		}
	});

	test.each(FILTERS)('$name is symmetric and blind to a flat field', ({ sigma, shape, cutoff }) => {
		const taps = derivativeSum(inverseBlurCoefficients(sigma, shape), cutoff);
		expect(taps).toHaveLength(65);
		expect(taps).toEqual(taps.toReversed());
		expect(Math.abs(taps.reduce((sum, tap) => sum + tap, 0))).toBeLessThan(1e-14);
	});

	test.skipIf(!hasShared).each(FILTERS)('$name equals the released taps', ({ name, sigma, shape, cutoff }) => {
		const { kernels } = JSON.parse(readFileSync(sharedPath('golden/knowledge-open.json'), 'utf8'));
		const coefficients = inverseBlurCoefficients(sigma, shape);
		coefficients.forEach((a, i) => {
			expect(Math.abs(a - kernels[name].designCoefficients[i])).toBeLessThan(1e-11);
		});
		const released: number[] = kernels[name].officialTaps;
		const peak = Math.max(...released.map(Math.abs));
		derivativeSum(coefficients, cutoff).forEach((tap, k) => {
			expect(Math.abs(tap - released[k]!) / peak).toBeLessThan(3e-11);
		});
	});
});
