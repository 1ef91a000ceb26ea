import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateGlass, isFill, luma } from './glass.ts';
import { floats, grainy, PAINT, paint } from './testing/picture.ts';

/** Tissue takes its part of whatever light the glass lets through. */
const tissueUnder = (glass: readonly number[], x: number, y: number) =>
	grainy(PAINT.tissue, x, y, 20).map((value, c) => (value * glass[c]!) / 243);

const withGlass = (glass: readonly number[], levels = 0.6) =>
	floats(paint(60, 60, (x, y) => (x < 20 ? tissueUnder(glass, x, y) : grainy(glass, x, y, levels))));

test('finds the colour of glass beside tissue', () => {
	const glass = estimateGlass(withGlass(PAINT.glass));
	expect(glass.found).toBe(true);
	for (const c of [0, 1, 2]) expect(glass.colour[c]).toBeCloseTo(PAINT.glass[c]!, 0);
	expect(glass.noise).toBeLessThan(0.005);
});

test('glass may be dim, or tinted by the lamp', () => {
	fc.assert(
		fc.property(fc.integer({ min: 150, max: 250 }), fc.integer({ min: 0, max: 10 }), (level, tint) => {
			const colour = [level, level - tint / 2, level - tint];
			const glass = estimateGlass(withGlass(colour));
			expect(glass.found).toBe(true);
			for (const c of [0, 1, 2]) expect(Math.abs(glass.colour[c]! - colour[c]!)).toBeLessThan(1.5);
		}),
		{ numRuns: 40 },
	);
});

test('grain makes its noise grow', () => {
	expect(estimateGlass(withGlass(PAINT.glass, 0.9)).noise).toBeGreaterThan(
		estimateGlass(withGlass(PAINT.glass, 0.3)).noise,
	);
});

test('glass dimmer than a white fill is still found', () => {
	const picture = floats(
		paint(60, 60, (x, y) => (y < 30 ? PAINT.white : x < 20 ? grainy(PAINT.tissue, x, y, 20) : [225, 224, 222])),
	);
	expect(estimateGlass(picture).colour[0]).toBeCloseTo(225, 0);
});

test('a field full of tissue has none, and a white is assumed', () => {
	const glass = estimateGlass(floats(paint(40, 40, (x, y) => grainy(PAINT.tissue, x, y, 25))));
	expect(glass).toMatchObject({ found: false, noise: 0 });
	expect(glass.colour[0]).toBeGreaterThanOrEqual(235);
});

test('an even grey with much that is brighter is not glass', () => {
	const picture = floats(paint(60, 60, (x, y) => (x < 40 ? [170, 165, 168] : grainy([225, 215, 222], x, y, 15))));
	expect(estimateGlass(picture).found).toBe(false);
});

test('nothing but fill gives white', () => {
	expect(estimateGlass(floats(paint(20, 20, () => PAINT.white)))).toMatchObject({
		colour: [255, 255, 255],
		found: true,
	});
	expect(estimateGlass(floats(paint(20, 20, () => PAINT.black))).found).toBe(false);
});

test('fill is pure black or white only', () => {
	expect(isFill(0, 0, 0)).toBe(true);
	expect(isFill(255, 255, 255)).toBe(true);
	expect(isFill(8, 8, 8)).toBe(true);
	expect(isFill(253, 255, 255)).toBe(false);
	expect(isFill(0, 0, 30)).toBe(false);
});

test('luma weighs green most', () => {
	const grey = luma(floats(paint(3, 1, (x) => [x === 0 ? 100 : 0, x === 1 ? 100 : 0, x === 2 ? 100 : 0])));
	expect(Array.from(grey, (value) => Math.round(value * 10) / 10)).toEqual([29.9, 58.7, 11.4]);
});
