import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { RgbImage } from '../../image/pixels.ts';
import { VALIDITY } from '../../map/focus-map.ts';
import { exampleResult } from '../testing/example.ts';
import { drawMapPicture, mapPng } from './map-picture.ts';
import { OUTCOME_COLOURS, REGION } from './palette.ts';

const example = exampleResult();

function draw({ assessment, map, thumbnail }: ReturnType<typeof exampleResult>): RgbImage {
	return drawMapPicture(assessment, map, thumbnail);
}

/** Pixels of exactly this colour. */
function count({ data }: RgbImage, [red, green, blue]: readonly [number, number, number]): number {
	let found = 0;
	for (let at = 0; at < data.length; at += 3) {
		if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) found++;
	}
	return found;
}

/** Pixels with as much colour as the blurry end of the map: yellow. */
function yellow({ data }: RgbImage, right: number, widthPx: number): number {
	let found = 0;
	for (let at = 0; at < data.length; at += 3) {
		const x = (at / 3) % widthPx;
		if (x < right && data[at]! > 200 && data[at + 1]! > 180 && data[at + 2]! < 150) found++;
	}
	return found;
}

describe('drawMapPicture', () => {
	test('is at most 1450 px wide and as tall as the slide needs', () => {
		const wide = draw(example);
		expect([wide.widthPx, wide.heightPx]).toEqual([1446, 916]);
		const tall = draw(exampleResult({ columns: 20, rows: 80 }));
		expect(tall.widthPx).toBeLessThan(1000);
		expect(tall.heightPx).toBe(820 + 118 + 64);
	});

	test.each([
		[400, 3],
		[3, 400],
		[1, 1],
	])('a map of %d x %d places fits too', (columns, rows) => {
		const sheet = draw(exampleResult({ columns, rows, outcome: 'pass' }));
		expect(sheet.data).toHaveLength(sheet.widthPx * sheet.heightPx * 3);
		expect(sheet.widthPx).toBeGreaterThan(900);
		expect(sheet.widthPx).toBeLessThanOrEqual(1450);
	});

	test('blur is yellow on the map, a sharp slide has none', () => {
		const legendLeft = 1446 - 282;
		expect(yellow(draw(example), legendLeft, 1446)).toBeGreaterThan(2000);
		expect(yellow(draw(exampleResult({ worst: 0, outcome: 'pass' })), legendLeft, 1446)).toBe(0);
	});

	test.each(['pass', 'review', 'rescan', 'not-assessable'] as const)('carries a badge for %s', (outcome) => {
		const sheet = draw(exampleResult({ outcome }));
		expect(count(sheet, OUTCOME_COLOURS[outcome])).toBeGreaterThan(2000);
		for (const [other, colour] of Object.entries(OUTCOME_COLOURS)) {
			if (other !== outcome) expect(count(sheet, colour), other).toBe(0);
		}
	});

	test('worst regions are outlined, none when there is none', () => {
		expect(count(draw(example), REGION)).toBeGreaterThan(1000);
		expect(count(draw(exampleResult({ outcome: 'pass' })), REGION)).toBe(0);
	});

	test('a slide without tissue is drawn, without colours', () => {
		const validity = example.map.validity.slice().fill(VALIDITY.background);
		const { focus, ...rest } = example.assessment;
		expect(focus).toBeDefined();
		const assessment = { ...rest, outcome: 'not-assessable' as const, worstRegions: [] };
		const sheet = drawMapPicture(assessment, { ...example.map, validity }, example.thumbnail);
		expect(yellow(sheet, sheet.widthPx, sheet.widthPx)).toBe(0);
	});

	test('a map without thresholds or with relative scores has a legend of its own range', () => {
		const { thresholds, ...without } = example.assessment.map;
		expect(thresholds).toBeDefined();
		const map = { ...example.map, unit: 'score' as const };
		const sheet = drawMapPicture({ ...example.assessment, map: { ...without, unit: 'score' } }, map, example.thumbnail);
		expect(yellow(sheet, 1160, sheet.widthPx)).toBeGreaterThan(500);
	});

	test('odd names and endless ones are drawn without leaving the sheet', () => {
		const name = `${'très long nom de lame 病理 '.repeat(40)}.svs`;
		const long = draw(exampleResult({ name }));
		expect([long.widthPx, long.heightPx]).toEqual([1446, 916]);
		// The right margin stays white.
		for (let y = 0; y < 110; y++) {
			const from = (y * long.widthPx + long.widthPx - 28) * 3;
			expect(long.data.subarray(from, from + 28 * 3).every((value) => value === 255)).toBe(true);
		}
	});

	test('a region outside the slide or of no size does not break the drawing', () => {
		const worstRegions = [
			{ ...example.assessment.worstRegions[0]!, rect: { x: -500, y: -500, widthPx: 0, heightPx: 0 } },
			{ ...example.assessment.worstRegions[1]!, rect: { x: 1e7, y: 1e7, widthPx: 64, heightPx: 64 } },
		];
		expect(() => drawMapPicture({ ...example.assessment, worstRegions }, example.map, example.thumbnail)).not.toThrow();
	});
});

describe('mapPng', () => {
	test('is a PNG that others read, with title and software', async () => {
		const png = await mapPng(example.assessment, example.map, example.thumbnail);
		const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
		const sheet = draw(example);
		expect([info.width, info.height, info.channels]).toEqual([sheet.widthPx, sheet.heightPx, 3]);
		expect(Buffer.compare(data, Buffer.from(sheet.data))).toBe(0);
		expect(Buffer.from(png).includes('Focus map of example-slide.svs')).toBe(true);
		expect(png.length).toBeLessThan(600_000);
	});

	test('the same assessment gives the same bytes', async () => {
		const again = exampleResult();
		const one = await mapPng(example.assessment, example.map, example.thumbnail);
		expect(Buffer.compare(one, await mapPng(again.assessment, again.map, again.thumbnail))).toBe(0);
	});
});
