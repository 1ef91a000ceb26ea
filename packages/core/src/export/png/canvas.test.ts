import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RgbImage } from '../../image/pixels.ts';
import { blendPixel, type Colour, createCanvas, drawStrokes, drawText, fillBox, strokeBox } from './canvas.ts';

const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [0, 0, 0];

function at(image: RgbImage, x: number, y: number): number[] {
	return [...image.data.subarray((y * image.widthPx + x) * 3, (y * image.widthPx + x) * 3 + 3)];
}

/** How much ink lies on a white sheet, in pixels. */
function ink(image: RgbImage): number {
	return image.data.reduce((sum, value) => sum + (255 - value), 0) / 255 / 3;
}

describe('createCanvas', () => {
	test('is of one colour', () => {
		const sheet = createCanvas(3, 2, [1, 2, 3]);
		expect(sheet.data).toHaveLength(18);
		expect(at(sheet, 2, 1)).toEqual([1, 2, 3]);
	});
});

describe('blendPixel', () => {
	test('mixes by opacity', () => {
		const sheet = createCanvas(2, 1, WHITE);
		blendPixel(sheet, 0, 0, BLACK, 1);
		blendPixel(sheet, 1, 0, BLACK, 0.5);
		expect(at(sheet, 0, 0)).toEqual([0, 0, 0]);
		expect(at(sheet, 1, 0)).toEqual([128, 128, 128]);
	});

	test('never leaves the range of a byte', () => {
		fc.assert(
			fc.property(fc.nat(255), fc.nat(255), fc.double({ min: 0, max: 1, noNaN: true }), (under, over, opacity) => {
				const sheet = createCanvas(1, 1, [under, under, under]);
				blendPixel(sheet, 0, 0, [over, over, over], opacity);
				const [value] = at(sheet, 0, 0);
				expect(value).toBeGreaterThanOrEqual(Math.min(under, over));
				expect(value).toBeLessThanOrEqual(Math.max(under, over));
			}),
		);
	});

	test('ignores what lies outside', () => {
		const sheet = createCanvas(2, 2, WHITE);
		for (const [x, y] of [
			[-1, 0],
			[0, -1],
			[2, 0],
			[0, 2],
		] as const)
			blendPixel(sheet, x, y, BLACK, 1);
		expect(ink(sheet)).toBe(0);
	});
});

describe('fillBox', () => {
	test('covers whole pixels fully and parts partly', () => {
		const sheet = createCanvas(10, 10, WHITE);
		fillBox(sheet, { x: 2, y: 3, widthPx: 4, heightPx: 5 }, BLACK);
		expect(ink(sheet)).toBeCloseTo(20, 1);
		expect(at(sheet, 2, 3)).toEqual([0, 0, 0]);
		expect(at(sheet, 6, 3)).toEqual([255, 255, 255]);
		const half = createCanvas(10, 10, WHITE);
		fillBox(half, { x: 2.5, y: 3, widthPx: 4, heightPx: 4 }, BLACK);
		expect(ink(half)).toBeCloseTo(16, 0);
	});

	test('round corners take a little away', () => {
		const sheet = createCanvas(40, 40, WHITE);
		fillBox(sheet, { x: 4, y: 4, widthPx: 30, heightPx: 30 }, BLACK, 8);
		expect(ink(sheet)).toBeCloseTo(900 - (4 - Math.PI) * 64, 0);
		expect(at(sheet, 4, 4)).toEqual([255, 255, 255]);
		expect(at(sheet, 19, 4)).toEqual([0, 0, 0]);
	});

	test('may reach beyond the image', () => {
		const sheet = createCanvas(4, 4, WHITE);
		fillBox(sheet, { x: -5, y: -5, widthPx: 20, heightPx: 20 }, BLACK);
		expect(ink(sheet)).toBeCloseTo(16, 5);
	});
});

describe('strokes', () => {
	test('a line has its length times its width in ink', () => {
		const sheet = createCanvas(60, 60, WHITE);
		drawStrokes(sheet, [{ x1: 10, y1: 30, x2: 50, y2: 30 }], BLACK, 4);
		// A half disc at each end.
		expect(ink(sheet)).toBeCloseTo(40 * 4 + Math.PI * 4, 0);
		expect(at(sheet, 30, 30)).toEqual([0, 0, 0]);
		expect(at(sheet, 30, 36)).toEqual([255, 255, 255]);
	});

	test('a stroke without length is a dot', () => {
		const sheet = createCanvas(20, 20, WHITE);
		drawStrokes(sheet, [{ x1: 10, y1: 10, x2: 10, y2: 10 }], BLACK, 6);
		expect(ink(sheet)).toBeCloseTo(Math.PI * 9, 0);
	});

	test('an outline leaves the inside alone', () => {
		const sheet = createCanvas(30, 30, WHITE);
		strokeBox(sheet, { x: 5, y: 5, widthPx: 20, heightPx: 20 }, BLACK, 2);
		expect(at(sheet, 15, 15)).toEqual([255, 255, 255]);
		expect(at(sheet, 15, 5)).toEqual([0, 0, 0]);
		expect(at(sheet, 24, 15)).toEqual([0, 0, 0]);
	});

	test('strokes outside the image do nothing', () => {
		const sheet = createCanvas(10, 10, WHITE);
		drawStrokes(sheet, [{ x1: -100, y1: -50, x2: -20, y2: 500 }], BLACK, 3);
		drawStrokes(sheet, [{ x1: 1e9, y1: 1e9, x2: 2e9, y2: 2e9 }], BLACK, 3);
		expect(ink(sheet)).toBe(0);
	});

	test('text leaves ink, bold text more', () => {
		const thin = createCanvas(200, 40, WHITE);
		drawText(thin, 'µm out of focus', 5, 10, { sizePx: 12, colour: BLACK });
		const bold = createCanvas(200, 40, WHITE);
		drawText(bold, 'µm out of focus', 5, 10, { sizePx: 12, colour: BLACK, weight: 0.2 });
		expect(ink(thin)).toBeGreaterThan(100);
		expect(ink(bold)).toBeGreaterThan(ink(thin) * 1.2);
	});
});
