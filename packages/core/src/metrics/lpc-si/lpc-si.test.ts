import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../../errors.ts';
import { cropRgb } from '../../image/crop.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { hasShared } from '../../testing/shared.ts';
import { goldenCases, readGoldenPicture } from '../testing/golden.ts';
import { blurredPicture, greyPicture, noisePicture } from '../testing/pictures.ts';
import { lpcSi, lpcSiMap, measureLpcSi } from './lpc-si.ts';

describe.skipIf(!hasShared)("the authors' values", () => {
	test.each(goldenCases('LPC-SI'))('%s', async (name, golden) => {
		const { score, map, borderPx, thresholds } = measureLpcSi(await readGoldenPicture(name));
		if (golden.fragile) {
			expect(score).toBeCloseTo(golden.score, 12);
			return;
		}
		const { B, T, map_max: maximum, map_mean: mean } = golden.intermediates as { T: number[] } & Record<string, number>;
		expect(Math.abs(score / golden.score - 1)).toBeLessThan(golden.relTol!);
		expect(borderPx).toBe(B);
		expect(thresholds).toHaveLength(8);
		for (const [orientation, threshold] of thresholds.entries()) expect(threshold / T[orientation]!).toBeCloseTo(1, 9);
		expect(map.data.reduce((a, b) => Math.max(a, b)) / maximum!).toBeCloseTo(1, 7);
		expect(map.data.reduce((sum, value) => sum + value, 0) / map.data.length / mean!).toBeCloseTo(1, 7);
	});

	test('a real tile falls with blur', async () => {
		const tile = await readGoldenPicture('i_9651_j_81514-1024');
		const crop = cropRgb(tile, { x: 300, y: 200, widthPx: 320, heightPx: 280 });
		const scores = [0.6, 1, 1.5, 2, 3].map((sigma) => lpcSi(blurredPicture(crop, sigma)));
		expect(scores.toSorted((a, b) => b - a)).toEqual(scores);
		expect(lpcSi(crop)).toBeGreaterThan(scores[0]!);
	});
});

/** A disc with an edge `width` pixels soft. */
const disc = (width: number, side = 96): RgbImage =>
	greyPicture(side, side, (x, y) => 120 + 100 * Math.tanh((side / 4 - Math.hypot(x - side / 2, y - side / 2)) / width));

describe('what it sees', () => {
	test('an edge above its blurred self', () => {
		expect(lpcSi(disc(0.4))).toBeGreaterThan(lpcSi(disc(2)));
		expect(lpcSi(disc(2))).toBeGreaterThan(lpcSi(disc(5)));
	});

	test('the edge lights up in the map, the flat inside does not', () => {
		const { widthPx, heightPx, data } = lpcSiMap(disc(0.4));
		const { borderPx } = measureLpcSi(disc(0.4));
		expect([widthPx, heightPx]).toEqual([96 - 2 * borderPx, 96 - 2 * borderPx]);
		const at = (x: number, y: number): number => data[(y - borderPx) * widthPx + x - borderPx]!;
		expect(at(48, 48)).toBeLessThan(0.05);
		expect(Math.max(at(71, 48), at(72, 48), at(73, 48))).toBeGreaterThan(0.5);
	});

	test('where edges are, not which side is bright', () => {
		const negative = { ...disc(0.5), data: disc(0.5).data.map((value) => 255 - value) };
		expect(lpcSi(negative)).toBeCloseTo(lpcSi(disc(0.5)), 9);
	});

	test('brightness does not matter; contrast does, a little', () => {
		const dim = greyPicture(64, 64, (x, y) => (x > 20 && y > 25 ? 120 : 20));
		const bright = { ...dim, data: dim.data.map((value) => value + 100) };
		const strong = { ...dim, data: dim.data.map((value) => 2 * value) };
		expect(lpcSi(bright)).toBeCloseTo(lpcSi(dim), 9);
		expect(lpcSi(strong)).toBeGreaterThan(lpcSi(dim));
	});
});

describe('edge cases', () => {
	test.each([0, 137, 255])('a flat picture of level %i is 0', (level) => {
		expect(lpcSi(greyPicture(65, 40, () => level))).toBeCloseTo(0, 12);
	});

	test('scores lie in 0 to 1, maps too, whatever the pixels and the size', () => {
		const sides = fc.integer({ min: 8, max: 40 });
		fc.assert(
			fc.property(sides, sides, fc.nat(), fc.constantFrom(0, 1, 3, 255), (widthPx, heightPx, seed, maximum) => {
				const { score, map, borderPx } = measureLpcSi(noisePicture(widthPx, heightPx, seed, maximum));
				expect(score).toBeGreaterThanOrEqual(0);
				expect(score).toBeLessThanOrEqual(1);
				expect(map.data).toHaveLength((widthPx - 2 * borderPx) * (heightPx - 2 * borderPx));
				expect(map.data.every((value) => value >= 0 && value <= 1)).toBe(true);
			}),
			{ numRuns: 60 },
		);
	});

	test('one bright pixel, an exact wave, a checkerboard: no NaN', () => {
		const pictures = [
			greyPicture(32, 32, (x, y) => (x === 16 && y === 16 ? 255 : 0)),
			greyPicture(64, 64, (x) => 128 + 100 * Math.cos((2 * Math.PI * x) / 8)),
			greyPicture(64, 64, (x, y) => 255 * ((x + y) % 2)),
			greyPicture(67, 61, (x) => (x < 30 ? 0 : 255)),
		];
		for (const picture of pictures) expect(Number.isFinite(lpcSi(picture))).toBe(true);
	});

	test('smaller pictures are refused', () => {
		for (const [width, height] of [
			[7, 100],
			[100, 7],
			[0, 0],
		] as const) {
			const attempt = () => lpcSi(greyPicture(width, height, () => 1));
			expect(attempt).toThrow(ArgumentError);
			expect(attempt).toThrow(`at least 8 x 8 pixels; this one is ${width} x ${height}`);
		}
	});
});
