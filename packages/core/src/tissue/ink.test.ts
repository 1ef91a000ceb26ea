import { expect, test } from 'vitest';
import { type Densities, findInk } from './ink.ts';
import { noise, PAINT } from './testing/picture.ts';

const SIZE = { widthPx: 40, heightPx: 40 };
const PLACE_AREA = 32 * 32;

/** Densities of colours on white glass. */
function densities(colourAt: (x: number, y: number) => readonly number[]): Densities {
	const channels = [0, 1, 2].map((c) =>
		Float32Array.from({ length: 1600 }, (_, i) =>
			Math.max(0, Math.log10(244 / (colourAt(i % 40, Math.floor(i / 40))[c]! + 1))),
		),
	);
	return channels as unknown as Densities;
}

const stroke = (x: number, y: number) => x >= 10 && x < 18 && y >= 5 && y < 35;
const inkShare = (colourAt: (x: number, y: number) => readonly number[], glassFound = true) =>
	findInk(densities(colourAt), new Uint8Array(1600), SIZE, PLACE_AREA, glassFound).reduce((sum, is) => sum + is, 0) /
	1600;

test.each(['greenPen', 'bluePen', 'redPen', 'blackPen'] as const)(
	'a stroke of %s is ink, the glass beside it is not',
	(pen) => {
		expect(inkShare((x, y) => (stroke(x, y) ? PAINT[pen] : PAINT.glass))).toBeCloseTo((8 * 30) / 1600, 6);
	},
);

test.each(['greenPen', 'bluePen', 'redPen', 'blackPen'] as const)('%s over tissue is ink, the tissue is not', (pen) => {
	const found = inkShare((x, y) => (stroke(x, y) ? PAINT[pen] : PAINT.tissue));
	expect(found).toBeCloseTo((8 * 30) / 1600, 6);
});

test.each([
	['haematoxylin', [90, 70, 150]],
	['dense haematoxylin', [50, 25, 90]],
	['eosin', [225, 130, 180]],
	['dense eosin', [200, 60, 130]],
	['red blood', [200, 80, 90]],
	['PAS', [180, 50, 140]],
	['DAB', [120, 75, 45]],
	['dense DAB', [70, 40, 25]],
	['trichrome blue', [105, 140, 190]],
	['blue haematoxylin of a bright scanner', [70, 70, 200]],
])('%s is no ink', (_, colour) => {
	expect(inkShare((x, y) => (stroke(x, y) ? colour.map((v) => v + 8 * noise(x, y)) : PAINT.glass))).toBe(0);
});

test('the pale rim of a stroke belongs to it', () => {
	const pale = PAINT.redPen.map((v) => 255 - 0.35 * (255 - v));
	const rim = (x: number, y: number) => x >= 6 && x < 22 && y >= 2 && y < 38;
	const found = inkShare((x, y) => (stroke(x, y) ? PAINT.redPen : rim(x, y) ? pale : PAINT.glass));
	expect(found).toBeCloseTo((16 * 36) / 1600, 6);
});

test('a speck of dye is no pen mark', () => {
	expect(inkShare((x, y) => (x === 20 && y < 12 ? PAINT.greenPen : PAINT.tissue))).toBe(0);
});

test('a picture that is all blue and has no glass is not all pen', () => {
	expect(inkShare(() => PAINT.bluePen, false)).toBe(0);
	expect(inkShare(() => PAINT.bluePen, true)).toBe(1);
});

test('black fill is no ink, not even beside a stroke', () => {
	const fill = Uint8Array.from({ length: 1600 }, (_, i) => Number(i % 40 < 10));
	const found = findInk(
		densities((x, y) => (x < 10 ? PAINT.black : stroke(x, y) ? PAINT.blackPen : PAINT.glass)),
		fill,
		SIZE,
		PLACE_AREA,
		true,
	);
	expect(found.reduce((sum, is) => sum + is, 0)).toBe(8 * 30);
});
