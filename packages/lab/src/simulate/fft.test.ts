import { ArgumentError } from '@parfocal/core';
import { expect, test } from 'vitest';
import { squareTransform } from './fft.ts';
import { seededRandom } from './random.ts';

test('an impulse becomes a wave, by hand', () => {
	const n = 8;
	const real = new Float64Array(n * n);
	const imaginary = new Float64Array(n * n);
	real[2 * n + 1] = 1;
	squareTransform(n).forward(real, imaginary);
	for (let v = 0; v < n; v++) {
		for (let u = 0; u < n; u++) {
			const angle = (-2 * Math.PI * (u * 1 + v * 2)) / n;
			expect(real[v * n + u]).toBeCloseTo(Math.cos(angle), 12);
			expect(imaginary[v * n + u]).toBeCloseTo(Math.sin(angle), 12);
		}
	}
});

test.each([2, 16, 64])('forward and back is where it started, and energy is kept (%d px)', (n) => {
	const random = seededRandom(n);
	const real = Float64Array.from({ length: n * n }, () => random.normal());
	const imaginary = Float64Array.from({ length: n * n }, () => random.normal());
	const [re, im] = [real.slice(), imaginary.slice()];
	const transform = squareTransform(n);
	transform.forward(re, im);
	const energy = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * x + b[i]! ** 2, 0);
	expect(energy(re, im) / (n * n)).toBeCloseTo(energy(real, imaginary), 6);
	transform.inverse(re, im);
	re.forEach((value, i) => {
		expect(value).toBeCloseTo(real[i]!, 10);
		expect(im[i]).toBeCloseTo(imaginary[i]!, 10);
	});
});

test.each([0, 1, 3, 100, Number.NaN])('refuses a side of %d', (n) => {
	expect(() => squareTransform(n)).toThrow(ArgumentError);
});
