import { expect, test } from 'vitest';
import { bandNoise, sample, type Texture } from './texture.ts';

function correlation({ side, data }: Texture, dx: number): number {
	let sum = 0;
	for (let y = 0; y < side; y++) {
		for (let x = 0; x < side; x++) sum += data[y * side + x]! * data[y * side + ((x + dx) & (side - 1))]!;
	}
	return sum / data.length;
}

test('mean 0, standard deviation 1, the same for the same salt', () => {
	const texture = bandNoise(64, 5, 1, 4);
	let sum = 0;
	let squares = 0;
	for (const value of texture.data) {
		sum += value;
		squares += value * value;
	}
	expect(sum / 4096).toBeCloseTo(0, 5);
	expect(squares / 4096).toBeCloseTo(1, 4);
	expect(bandNoise(64, 5, 1, 4).data).toEqual(texture.data);
	expect(bandNoise(64, 6, 1, 4).data).not.toEqual(texture.data);
});

test('the grain is as coarse as asked for', () => {
	const fine = bandNoise(128, 1, 0, 2);
	const coarse = bandNoise(128, 1, 3, 9);
	expect(correlation(fine, 1)).toBeLessThan(0.2);
	// Half of the correlation of a Gaussian of 3 px is gone after 3.3 px (less what the coarse end takes away).
	expect(correlation(coarse, 1)).toBeGreaterThan(0.9);
	expect(correlation(coarse, 5)).toBeLessThan(0.5);
	expect(correlation(coarse, 12)).toBeLessThan(0.1);
});

test('it repeats without a seam', () => {
	const texture = bandNoise(64, 2, 4, 12);
	const steps = (from: number, to: number): number => {
		let sum = 0;
		for (let y = 0; y < 64; y++) sum += (texture.data[y * 64 + from]! - texture.data[y * 64 + to]!) ** 2;
		return sum / 64;
	};
	expect(steps(63, 0)).toBeLessThan(3 * steps(31, 32) + 0.01);
});

test('lookups between texels are linear and wrap around', () => {
	const texture: Texture = { side: 2, data: Float32Array.of(0, 1, 2, 7) };
	expect(sample(texture, 0, 0)).toBe(0);
	expect(sample(texture, 0.5, 0)).toBe(0.5);
	expect(sample(texture, 0.5, 0.5)).toBe(2.5);
	expect(sample(texture, 1.5, 0)).toBe(0.5);
	expect(sample(texture, -2, 4)).toBe(0);
	expect(sample(texture, -0.25, 1)).toBe(2 + 0.25 * 5);
});
