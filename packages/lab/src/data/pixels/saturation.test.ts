import { luma } from '@parfocal/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { saturate } from './saturation.ts';

const changed = (rgb: readonly number[], factor: number): number[] => {
	const pixel = Uint8Array.from(rgb);
	saturate(pixel, factor);
	return [...pixel];
};

test('0 is grey, 1 changes nothing, 2 doubles the distance from grey', () => {
	// Luma of (200, 100, 50): 59.8 + 58.7 + 5.7 = 124.2.
	expect(changed([200, 100, 50], 0)).toEqual([124, 124, 124]);
	expect(changed([200, 100, 50], 1)).toEqual([200, 100, 50]);
	expect(changed([150, 130, 110], 2)).toEqual([150 * 2 - 134, 130 * 2 - 134, 110 * 2 - 134]);
});

test('what leaves the range is cut, fractions are dropped', () => {
	expect(changed([255, 0, 0], 2)).toEqual([255, 0, 0]);
	expect(changed([101, 100, 100], 0.5)).toEqual([100, 100, 100]);
});

test('grey pixels stay, whatever the factor, and each pixel is by itself', () => {
	fc.assert(
		fc.property(fc.nat(255), fc.double({ min: 0, max: 4, noNaN: true }), fc.nat(255), (level, factor, red) => {
			const both = changed([level, level, level, red, 10, 20], factor);
			expect(both.slice(0, 3)).toEqual([level, level, level]);
			expect(both.slice(3)).toEqual(changed([red, 10, 20], factor));
		}),
	);
});

test('half the saturation lies between the colour and its grey', () => {
	const grey = luma(220, 40, 130);
	const half = changed([220, 40, 130], 0.5);
	expect(half[0]).toBe(Math.floor((220 + grey) / 2));
	expect(half[1]).toBe(Math.floor((40 + grey) / 2));
});
