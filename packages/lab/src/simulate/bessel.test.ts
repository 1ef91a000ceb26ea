import { expect, test } from 'vitest';
import { besselJ0 } from './bessel.ts';

test.each([
	[0, 1],
	[1, 0.7651976865579666],
	[2.9, -0.2243115457919682],
	[3.1, -0.2920643476506979],
	[10, -0.24593576445134832],
	[50, 0.05581232766925179],
])('J0(%d) is tabulated', (x, expected) => {
	expect(besselJ0(x)).toBeCloseTo(expected, 6);
	expect(besselJ0(-x)).toBe(besselJ0(x));
});

test('solves its differential equation x² y″ + x y′ + x² y = 0', () => {
	const h = 1e-2;
	for (let x = 0.5; x < 40; x += 0.37) {
		const first = (besselJ0(x + h) - besselJ0(x - h)) / (2 * h);
		const second = (besselJ0(x + h) - 2 * besselJ0(x) + besselJ0(x - h)) / (h * h);
		expect(Math.abs(second + first / x + besselJ0(x))).toBeLessThan(5e-3);
	}
});

test('vanishes at its first zeros', () => {
	for (const zero of [2.404825557695773, 5.520078110286311, 8.653727912911013]) {
		expect(Math.abs(besselJ0(zero))).toBeLessThan(1e-6);
	}
});
