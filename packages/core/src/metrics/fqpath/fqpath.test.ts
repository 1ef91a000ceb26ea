import { describe, expect, test } from 'vitest';
import type { RgbImage } from '../../image/pixels.ts';
import { hasShared } from '../../testing/shared.ts';
import { positiveResponses } from '../maxpol/positive-responses.ts';
import { strongestResponses } from '../maxpol/strongest-responses.ts';
import { FLAT_PICTURES, FLAT_TOLERANCE } from '../testing/flat-regions.ts';
import { goldenCases, goldenPictures, readGoldenPicture } from '../testing/golden.ts';
import { blurredPicture, greyPicture, noisePicture } from '../testing/pictures.ts';
import { expectPool, expectSamples, type GoldenPool } from '../testing/pool.ts';
import { FQPATH_RULE, fqPath, fqPathResponses } from './fqpath.ts';

const CASES = goldenCases('FQPath').filter(([name]) => name !== 'constant');

describe.skipIf(!hasShared)("the authors' values", () => {
	test.each(CASES.filter(([name]) => !FLAT_PICTURES.has(name)))('%s', async (name, golden) => {
		const picture = await readGoldenPicture(name);
		expect(Math.abs(fqPath(picture) / golden.score - 1)).toBeLessThan(1e-11);
		const responses = fqPathResponses(picture);
		const { samples } = goldenPictures[name]!;
		expectSamples(responses.vertical, samples['fqpath.vertical']!, 1e-14);
		expectSamples(responses.horizontal, samples['fqpath.horizontal']!, 1e-14);
		const positive = positiveResponses(responses);
		const pool = golden.intermediates as unknown as GoldenPool;
		expect(positive.vertical).toHaveLength(pool.masked!);
		expectPool(strongestResponses(positive, FQPATH_RULE)!, pool);
	});

	test.each(CASES.filter(([name]) => FLAT_PICTURES.has(name)))('%s, with flat regions', async (name, { score }) => {
		expect(Math.abs(fqPath(await readGoldenPicture(name)) / score - 1)).toBeLessThan(FLAT_TOLERANCE);
	});

	test('rises with blur on a real tile', async () => {
		const scores = [];
		for (const blur of ['', '-g1', '-g2', '-g4']) scores.push(fqPath(await readGoldenPicture(`i_9651_j_81514${blur}`)));
		expect(scores).toEqual(scores.toSorted((a, b) => a - b));
	});
});

/** Bars of several widths, some slanted. */
const bars: RgbImage = greyPicture(96, 80, (x, y) => 128 + 90 * Math.sin((x * x) / 90 + y / 7) + 20 * ((x + y) % 3));

test('rises with blur', () => {
	const scores = [0.5, 1, 2, 4].map((sigma) => fqPath(blurredPicture(bars, sigma)));
	expect(scores).toEqual(scores.toSorted((a, b) => a - b));
});

test('the same for a transposed picture, and for one turned by a half turn', () => {
	const transposed = greyPicture(80, 96, (x, y) => bars.data[3 * (x * 96 + y)]!);
	const turned = greyPicture(96, 80, (x, y) => bars.data[3 * ((79 - y) * 96 + 95 - x)]!);
	expect(fqPath(transposed)).toBeCloseTo(fqPath(bars), 10);
	expect(fqPath(turned)).toBeCloseTo(fqPath(bars), 10);
});

test('halving the contrast adds the order times log10 2', () => {
	const noise = noisePicture(64, 64, 5, 100);
	const doubled = greyPicture(64, 64, (x, y) => 2 * noise.data[3 * (y * 64 + x)]!);
	expect(fqPath(noise) - fqPath(doubled)).toBeCloseTo(4 * Math.log10(2), 8);
	expect(fqPath(noise, { momentOrder: 6 }) - fqPath(doubled, { momentOrder: 6 })).toBeCloseTo(6 * Math.log10(2), 8);
});

test('a flat picture is as blurry as can be: 120', () => {
	expect(fqPath(greyPicture(64, 64, () => 137))).toBe(120);
	expect(fqPath(greyPicture(64, 64, () => 255))).toBe(120);
	expect(fqPath(greyPicture(64, 64, () => 0))).toBe(120);
});

test('tiny pictures, smaller than the filters, have a score', () => {
	for (const [width, height] of [
		[1, 1],
		[2, 3],
		[1, 40],
		[7, 7],
	] as const) {
		expect(fqPath(noisePicture(width, height, 2, 255))).not.toBeUndefined();
	}
	expect(fqPath(noisePicture(7, 7, 2, 255))).toBeGreaterThan(0);
	expect(fqPath(greyPicture(1, 1, () => 9))).toBe(120);
});
