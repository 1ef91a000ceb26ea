import { describe, expect, test } from 'vitest';
import type { RgbImage } from '../../image/pixels.ts';
import { focusColour } from '../../map/colour.ts';
import { type FocusMap, VALIDITY } from '../../map/focus-map.ts';
import { createCanvas } from './canvas.ts';
import { paintHatch, paintMap } from './map-layer.ts';

const slide = { widthPx: 400, heightPx: 200 };
const picture = { x: 10, y: 20, widthPx: 40, heightPx: 20 };

function mapOf(values: readonly number[], validity: readonly number[], columns: number): FocusMap {
	return {
		originXPx: 0,
		originYPx: 0,
		stepPx: 100,
		windowPx: 300,
		columns,
		rows: values.length / columns,
		values: Float32Array.from(values),
		validity: Uint8Array.from(validity),
		tissueFraction: new Float32Array(values.length).fill(1),
		unit: 'defocusUm',
		higherMeans: 'blurrier',
	};
}

function at(image: RgbImage, x: number, y: number): number[] {
	return [...image.data.subarray((y * image.widthPx + x) * 3, (y * image.widthPx + x) * 3 + 3)];
}

describe('paintMap', () => {
	const { assessable, background, littleTexture } = VALIDITY;

	test('puts each value where its place lies, in its colour', () => {
		const sheet = createCanvas(60, 50, [255, 255, 255]);
		paintMap(sheet, mapOf([0, 6, 3, 0, 6, 0, 0, 3], new Array(8).fill(assessable), 4), slide, picture);
		for (const [x, y, value] of [
			[10, 20, 0],
			[19, 29, 0],
			[20, 20, 6],
			[30, 29, 3],
			[10, 30, 6],
			[49, 39, 3],
		] as const) {
			const wanted = focusColour(value / 6).map((channel) => 255 + (channel - 255) * 0.76);
			for (const [c, channel] of at(sheet, x, y).entries())
				expect(Math.abs(channel - wanted[c]!)).toBeLessThanOrEqual(1);
		}
	});

	test('leaves glass and everything outside the picture alone', () => {
		const sheet = createCanvas(60, 50, [255, 255, 255]);
		paintMap(sheet, mapOf([6, 6, 6, 6, 6, 6, 6, 6], [background, ...new Array(7).fill(assessable)], 4), slide, picture);
		expect(at(sheet, 15, 25)).toEqual([255, 255, 255]);
		expect(at(sheet, 9, 35)).toEqual([255, 255, 255]);
		expect(at(sheet, 50, 35)).toEqual([255, 255, 255]);
		expect(at(sheet, 15, 40)).toEqual([255, 255, 255]);
	});

	test('a map that covers part of the slide stays in that part', () => {
		const part = { ...mapOf([6], [assessable], 1), originXPx: 100, originYPx: 100 };
		const sheet = createCanvas(60, 50, [255, 255, 255]);
		paintMap(sheet, part, slide, picture);
		expect(at(sheet, 19, 29)).toEqual([255, 255, 255]);
		expect(at(sheet, 20, 30)).not.toEqual([255, 255, 255]);
		expect(at(sheet, 29, 39)).not.toEqual([255, 255, 255]);
		expect(at(sheet, 30, 39)).toEqual([255, 255, 255]);
	});

	test('tissue without a value is hatched, in grey', () => {
		const sheet = createCanvas(60, 50, [255, 255, 255]);
		paintMap(sheet, mapOf(new Array(8).fill(Number.NaN), new Array(8).fill(littleTexture), 4), slide, picture);
		const shades = new Set<number>();
		for (let x = 10; x < 50; x++) {
			const [red, green, blue] = at(sheet, x, 30);
			expect(red === green && green === blue).toBe(true);
			shades.add(red!);
		}
		expect(shades.size).toBe(2);
	});
});

describe('paintHatch', () => {
	test('every cause has a pattern of its own', () => {
		const patterns = [VALIDITY.littleTexture, VALIDITY.penMark, VALIDITY.unreadable].map((code) => {
			const sheet = createCanvas(27, 27, [255, 255, 255]);
			for (let y = 0; y < 27; y++) for (let x = 0; x < 27; x++) paintHatch(sheet, x, y, code);
			return sheet.data.map((value) => (value < 190 ? 1 : 0)).join('');
		});
		expect(new Set(patterns).size).toBe(3);
	});

	test('glass and values have none', () => {
		const sheet = createCanvas(9, 9, [255, 255, 255]);
		for (let i = 0; i < 9; i++) {
			paintHatch(sheet, i, i, VALIDITY.background);
			paintHatch(sheet, i, i, VALIDITY.assessable);
		}
		expect(sheet.data.every((value) => value === 255)).toBe(true);
	});
});
