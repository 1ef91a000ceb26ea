import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../../errors.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { hasShared } from '../../testing/shared.ts';
import { lumaOf } from '../signal/luma.ts';
import { goldenCases, readGoldenPicture } from '../testing/golden.ts';
import { blurredPicture, greyPicture, noisePicture } from '../testing/pictures.ts';
import { maximumLocalVariation, mlv } from './mlv.ts';

describe.skipIf(!hasShared)("the authors' values", () => {
	test.each(goldenCases('MLV'))('%s', async (name, { score, intermediates }) => {
		const picture = await readGoldenPicture(name);
		expect(Math.abs(mlv(picture) - score)).toBeLessThanOrEqual(1e-12 * score);
		const sorted = maximumLocalVariation(picture).data.sort().reverse();
		const { map_max, map_rank1000, map_sum, top } = intermediates as Record<string, number> & { top: number[] };
		expect(sorted[0]).toBeCloseTo(map_max!, 12);
		if (sorted.length >= 1000) expect(sorted[999]).toBeCloseTo(map_rank1000!, 12);
		expect(Math.abs(sorted.reduce((sum, value) => sum + value, 0) - map_sum!)).toBeLessThan(
			1e-9 * Math.abs(map_sum!) + 1e-9,
		);
		for (const [i, value] of top.entries()) expect(sorted[i]).toBeCloseTo(value, 12);
	});

	test('falls with blur on a real tile', async () => {
		const scores = [];
		for (const blur of ['', '-g1', '-g2', '-g4']) scores.push(mlv(await readGoldenPicture(`i_9651_j_81514${blur}`)));
		expect(scores).toEqual(scores.toSorted((a, b) => b - a));
	});
});

test('the map is the definition, pixel by pixel', () => {
	const size = fc.integer({ min: 3, max: 12 });
	fc.assert(
		fc.property(size, size, fc.nat(), (width, height, seed) => {
			const picture = noisePicture(width, height, seed, 255);
			const { data } = lumaOf(picture, 255);
			const map = maximumLocalVariation(picture);
			for (let y = 1; y < height - 1; y++) {
				for (let x = 1; x < width - 1; x++) {
					const differences = [-1, 0, 1].flatMap((dy) =>
						[-1, 0, 1]
							.filter((dx) => dx !== 0 || dy !== 0)
							.map((dx) => {
								const [r, c] = [y + dy, x + dx];
								const framed = r === 0 || c === 0 || r === height - 1 || c === width - 1;
								return (framed ? 0 : data[r * width + c]!) - data[y * width + x]!;
							}),
					);
					expect(map.data[(y - 1) * map.widthPx + x - 1]).toBe(Math.max(...differences));
				}
			}
		}),
	);
});

test('linear in contrast, blind to brightness inside the frame', () => {
	const wave = (scale: number, offset: number): RgbImage =>
		greyPicture(60, 60, (x, y) => offset + scale * ((x * 7 + y * 13) % 11));
	expect(mlv(wave(10, 0)) / mlv(wave(5, 0))).toBeCloseTo(2, 10);
	expect(mlv(wave(5, 100))).toBeCloseTo(mlv(wave(5, 0)), 10);
});

test('the same for a picture turned or mirrored', () => {
	const picture = noisePicture(40, 40, 3, 255);
	const turned = greyPicture(40, 40, (x, y) => picture.data[3 * (x * 40 + y)]!);
	const mirrored = greyPicture(40, 40, (x, y) => picture.data[3 * (y * 40 + 39 - x)]!);
	expect(mlv(turned)).toBeCloseTo(mlv(picture), 12);
	expect(mlv(mirrored)).toBeCloseTo(mlv(picture), 12);
});

test('one speck decides a flat picture', () => {
	const speck = greyPicture(100, 100, (x, y) => (x === 50 && y === 50 ? 250 : 128));
	expect(mlv(speck)).toBeGreaterThan(10 * mlv(blurredPicture(speck, 2)));
});

test('a flat picture scores 0, whatever its level', () => {
	expect(mlv(greyPicture(20, 20, () => 0))).toBe(0);
	expect(mlv(greyPicture(20, 20, () => 255))).toBeCloseTo(0, 12);
});

test('3 x 3 is the smallest: its one difference is to black', () => {
	const picture = greyPicture(3, 3, () => 255);
	expect(maximumLocalVariation(picture).data[0]).toBeCloseTo(-1, 12);
	expect(mlv(picture)).toBeCloseTo(Math.exp(-0.01), 12);
	expect(() => mlv(greyPicture(2, 9, () => 1))).toThrow(ArgumentError);
	expect(() => mlv(greyPicture(2, 9, () => 1))).toThrow('at least 3 x 3 pixels; this one is 2 x 9');
});
