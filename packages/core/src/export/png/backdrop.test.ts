import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RgbImage } from '../../image/pixels.ts';
import { backdrop } from './backdrop.ts';

function filled(widthPx: number, heightPx: number, colour: readonly number[]): RgbImage {
	const data = Uint8Array.from({ length: widthPx * heightPx * 3 }, (_, i) => colour[i % 3]!);
	return { layout: 'rgb', widthPx, heightPx, data };
}

describe('backdrop', () => {
	test('white stays white, black becomes grey', () => {
		expect(new Set(backdrop(filled(4, 4, [255, 255, 255]), 7, 3))).toEqual(new Set([255]));
		const [grey] = backdrop(filled(4, 4, [0, 0, 0]), 4, 4);
		expect(grey).toBeGreaterThan(80);
		expect(grey).toBeLessThan(120);
	});

	test('an image of one colour stays so at any size', () => {
		fc.assert(
			fc.property(
				fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)),
				fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 4, maxLength: 4 }),
				(colour, [fromWidth, fromHeight, toWidth, toHeight]) => {
					const grey = backdrop(filled(fromWidth!, fromHeight!, colour), toWidth!, toHeight!);
					expect(grey).toHaveLength(toWidth! * toHeight!);
					expect(new Set(grey).size).toBe(1);
				},
			),
			{ numRuns: 60 },
		);
	});

	test('shrinking averages, so that nothing is lost between pixels', () => {
		// One black column in four: every target pixel sees exactly one.
		const image = filled(16, 4, [255, 255, 255]);
		for (let y = 0; y < 4; y++)
			for (let x = 0; x < 16; x += 4) image.data.fill(0, (y * 16 + x) * 3, (y * 16 + x) * 3 + 3);
		const grey = backdrop(image, 4, 1);
		expect(new Set(grey).size).toBe(1);
		expect(grey[0]).toBeCloseTo(255 - (255 * 0.62) / 4, -1);
	});

	test('left stays left and top stays top', () => {
		const image = filled(10, 10, [255, 255, 255]);
		image.data.fill(0, 0, 3);
		const grey = backdrop(image, 30, 30);
		const darkest = grey.indexOf(Math.min(...grey));
		expect(darkest % 30).toBeLessThan(4);
		expect(Math.floor(darkest / 30)).toBeLessThan(4);
	});

	test('a thumbnail of one pixel fills the picture', () => {
		expect([...backdrop(filled(1, 1, [10, 200, 30]), 2, 2)]).toHaveLength(4);
	});
});
