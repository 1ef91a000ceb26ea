import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blankRgb } from './crop.ts';
import { downsample } from './downsample.ts';
import type { RgbImage } from './pixels.ts';

describe('downsample', () => {
	test('is the rounded mean of each box', () => {
		const data = Uint8Array.of(0, 0, 0, 10, 20, 1, 30, 40, 0, 255, 255, 255, 1, 2, 3, 4, 5, 6);
		const image: RgbImage = { layout: 'rgb', widthPx: 3, heightPx: 2, data };
		expect(downsample(image, 2)).toEqual({
			layout: 'rgb',
			widthPx: 2,
			heightPx: 1,
			data: Uint8Array.of(67, 69, 65, 17, 23, 3),
		});
	});

	test('by one is the image', () => {
		const image: RgbImage = { layout: 'rgb', widthPx: 2, heightPx: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
		expect(downsample(image, 1)).toEqual(image);
	});

	test('keeps one colour, at any size and factor', () => {
		const side = fc.integer({ min: 1, max: 30 });
		fc.assert(
			fc.property(side, side, fc.integer({ min: 1, max: 40 }), fc.nat({ max: 255 }), (width, height, factor, level) => {
				const small = downsample(blankRgb(width, height, level), factor);
				expect(small).toEqual(blankRgb(Math.ceil(width / factor), Math.ceil(height / factor), level));
			}),
		);
	});

	test('keeps the mean of a whole number of boxes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 192, maxLength: 192 }), (data) => {
				const image: RgbImage = { layout: 'rgb', widthPx: 8, heightPx: 8, data };
				const mean = (values: Uint8Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
				expect(Math.abs(mean(downsample(image, 4).data) - mean(data))).toBeLessThanOrEqual(0.5);
			}),
		);
	});

	test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('factor %d is refused', (factor) => {
		expect(() => downsample(blankRgb(2, 2), factor)).toThrow(expect.objectContaining({ argument: 'factor' }));
	});
});
