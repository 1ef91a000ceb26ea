import { expect, test } from 'vitest';
import { laplacianVariance } from './laplacian-variance.ts';

test('by hand: one bright pixel in 4 x 4', () => {
	const luma = new Uint8Array(16);
	luma[5] = 10;
	// Inside: -40 at the pixel, 10 right of it and below it, 0 diagonally: mean -5, mean square 450.
	expect(laplacianVariance(luma, 4)).toBe(450 - 25);
});

test('a plane and a slope have none', () => {
	expect(laplacianVariance(new Uint8Array(100).fill(77), 10)).toBe(0);
	expect(
		laplacianVariance(
			Uint8Array.from({ length: 100 }, (_, i) => 3 * (i % 10)),
			10,
		),
	).toBe(0);
});
