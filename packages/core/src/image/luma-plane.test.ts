import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { greyImage, luma, lumaPlane } from './luma-plane.ts';
import type { PlanarImage, Plane } from './pixels.ts';

const plane = (data: number[], strideBytes = 2): Plane => ({
	data: Uint8Array.from(data),
	widthPx: 2,
	heightPx: data.length / strideBytes,
	strideBytes,
});

describe('luma', () => {
	test('greys are themselves', () => {
		for (let level = 0; level < 256; level++) expect(luma(level, level, level)).toBe(level);
	});

	test('is the rounded BT.601 sum', () => {
		const sample = fc.nat({ max: 255 });
		fc.assert(
			fc.property(sample, sample, sample, (red, green, blue) => {
				const exact = 0.299 * red + 0.587 * green + 0.114 * blue;
				expect(Math.abs(luma(red, green, blue) - exact)).toBeLessThanOrEqual(0.502);
			}),
		);
	});
});

describe('lumaPlane', () => {
	test('is the stored plane of grey and YCbCr, not a copy', () => {
		const stored = plane([1, 2, 3, 4]);
		const ycbcr: PlanarImage = {
			layout: 'planes',
			colour: 'ycbcr',
			widthPx: 2,
			heightPx: 2,
			planes: [stored, plane([0, 0, 0, 0]), plane([0, 0, 0, 0])],
		};
		expect(lumaPlane(ycbcr)).toBe(stored);
		expect(lumaPlane(greyImage(stored))).toBe(stored);
	});

	test('is computed for RGB, interleaved or in planes with padding', () => {
		const image = { layout: 'rgb', widthPx: 2, heightPx: 1, data: Uint8Array.of(255, 0, 0, 0, 255, 0) } as const;
		expect(lumaPlane(image)).toEqual(plane([76, 150]));
		const planes = [plane([255, 0, 9, 9], 4), plane([0, 255, 9, 9], 4), plane([0, 0, 9, 9], 4)];
		expect(lumaPlane({ layout: 'planes', colour: 'rgb', widthPx: 2, heightPx: 1, planes })).toEqual(plane([76, 150]));
	});

	test('greyImage keeps the size of its plane', () => {
		expect(greyImage(plane([1, 2, 3, 4]))).toMatchObject({ layout: 'planes', colour: 'grey', widthPx: 2, heightPx: 2 });
	});
});
