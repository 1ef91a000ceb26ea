import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../assessment.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { focusColour } from '../../map/colour.ts';
import { type FocusMap, VALIDITY } from '../../map/focus-map.ts';
import { exampleResult } from '../testing/example.ts';
import { createCanvas } from './canvas.ts';
import { drawLegend } from './legend.ts';

const { assessment, map } = exampleResult();
const WIDTH = 260;

function draw(given: Assessment = assessment, focusMap: FocusMap = map, heightPx = 700): RgbImage {
	const sheet = createCanvas(WIDTH, heightPx + 40, [255, 255, 255]);
	drawLegend(sheet, given, focusMap, 10, 10, heightPx);
	return sheet;
}

function at(image: RgbImage, x: number, y: number): number[] {
	return [...image.data.subarray((y * image.widthPx + x) * 3, (y * image.widthPx + x) * 3 + 3)];
}

/** Rows of the sheet that are not blank from column `left` on. */
function inkedRows(image: RgbImage, left: number): number[] {
	const rows: number[] = [];
	for (let y = 0; y < image.heightPx; y++) {
		const from = (y * image.widthPx + left) * 3;
		if (image.data.subarray(from, (y + 1) * image.widthPx * 3).some((value) => value < 128)) rows.push(y);
	}
	return rows;
}

/** Groups of neighbouring rows: lines of text. */
function lines(rows: readonly number[]): number {
	return rows.filter((row, i) => row !== (rows[i - 1] ?? -9) + 1).length;
}

describe('drawLegend', () => {
	test('the scale goes from blurry at the top to sharp at the bottom', () => {
		const sheet = draw();
		const column = Array.from({ length: sheet.heightPx }, (_, y) => at(sheet, 20, y).join());
		const top = column.indexOf(focusColour(1).join());
		const bottom = column.lastIndexOf(focusColour(0).join());
		expect(top).toBeGreaterThan(30);
		expect(top).toBeLessThan(50);
		expect(bottom - top).toBeGreaterThan(300);
	});

	test('thresholds cross the scale at their value', () => {
		const sheet = draw();
		// The bar is 420 px high from y 44 on; 4 of 6 µm lies a third down.
		const dark = (y: number): boolean => at(sheet, 20, y).every((value) => value < 60);
		const around = (y: number): boolean => [y - 1, y, y + 1].some(dark);
		for (const value of [1, 2, 4]) expect(around(Math.round(44 + 420 * (1 - value / 6))), String(value)).toBe(true);
		expect(around(Math.round(44 + 420 * (1 - 5 / 6)))).toBe(false);
	});

	test('hatches are explained only when they are on the map', () => {
		const clean = {
			...map,
			validity: map.validity.map((code) => (code === VALIDITY.background ? code : VALIDITY.assessable)),
		};
		const noRegions = { ...assessment, worstRegions: [] };
		const below = (image: RgbImage): number => lines(inkedRows(image, 52).filter((row) => row > 480));
		expect(below(draw())).toBe(4);
		expect(below(draw(assessment, clean))).toBe(1);
		expect(below(draw(noRegions, clean))).toBe(0);
	});

	test('a short stage gets a short scale, and everything still fits', () => {
		const sheet = draw(assessment, map, 440);
		const rows = inkedRows(sheet, 0);
		expect(rows.at(-1)).toBeLessThan(470);
	});

	test('says that nothing could be judged instead of a scale', () => {
		const validity = map.validity.slice().fill(VALIDITY.littleTexture);
		const sheet = draw({ ...assessment, worstRegions: [] }, { ...map, validity });
		const colours = new Set(Array.from({ length: sheet.heightPx }, (_, y) => at(sheet, 20, y).join()));
		expect(colours.has(focusColour(1).join())).toBe(false);
	});

	test('nothing is written beyond the right edge', () => {
		const long = draw({ ...assessment, focus: { ...assessment.focus!, slightFraction: 0.00001 } });
		for (let y = 0; y < long.heightPx; y++) expect(at(long, WIDTH - 3, y)).toEqual([255, 255, 255]);
	});

	test('scores that fall with blur turn the signs around', () => {
		const turned: FocusMap = {
			...map,
			unit: 'score',
			values: map.values.map((value) => -value),
			higherMeans: 'sharper',
		};
		const thresholds = { slight: -1, clear: -2, strong: -4 };
		const sheet = draw({ ...assessment, map: { ...assessment.map, thresholds } }, turned);
		const column = Array.from({ length: sheet.heightPx }, (_, y) => at(sheet, 20, y).join());
		expect(column.indexOf(focusColour(1).join())).toBeLessThan(column.lastIndexOf(focusColour(0).join()));
	});
});
