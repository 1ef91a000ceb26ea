import { describe, expect, test } from 'vitest';
import { hasShared } from '../../testing/shared.ts';
import { strongestResponses } from '../maxpol/strongest-responses.ts';
import { greyLevelsOf } from '../signal/luma.ts';
import { FLAT_PICTURES, FLAT_TOLERANCE } from '../testing/flat-regions.ts';
import { type GoldenMetric, goldenCases, goldenPictures, readGoldenPicture } from '../testing/golden.ts';
import { blurredPicture, greyPicture, noisePicture } from '../testing/pictures.ts';
import { expectPool, expectSamples, type GoldenPool } from '../testing/pool.ts';
import {
	countedResponses,
	HVS_RULE,
	type HvsMaxPolType,
	hvsMaxPol1,
	hvsMaxPol2,
	hvsMaxPolResponses,
} from './hvs-maxpol.ts';

const METRICS = [
	{ metric: 'HVS-MaxPol-1-natural', scoreOf: hvsMaxPol1, type: 'natural' },
	{ metric: 'HVS-MaxPol-2-natural', scoreOf: hvsMaxPol2, type: 'natural' },
	{ metric: 'HVS-MaxPol-1-synthetic', scoreOf: hvsMaxPol1, type: 'synthetic' },
	{ metric: 'HVS-MaxPol-2-synthetic', scoreOf: hvsMaxPol2, type: 'synthetic' },
] as const;

/** Every metric of every picture but the constant one, for which the authors' code gives noise or fails. */
const CASES = METRICS.flatMap((entry) =>
	goldenCases(entry.metric)
		.filter(([name]) => name !== 'constant')
		.map(([name, golden]) => ({ ...entry, name, golden, flat: FLAT_PICTURES.has(name) })),
);

describe.skipIf(!hasShared)("the authors' values", () => {
	test.each(CASES)('$metric of $name', async ({ name, golden, flat, scoreOf, type }) => {
		const score = scoreOf(await readGoldenPicture(name), type);
		expect(Math.abs(score / golden.score - 1)).toBeLessThan(flat ? FLAT_TOLERANCE : 1e-9);
	});

	const twoFilters = CASES.filter(({ metric, flat }) => metric === 'HVS-MaxPol-2-natural' && !flat);
	test.each(twoFilters)('steps on the way, $name', async ({ name, golden }) => {
		const grey = greyLevelsOf(await readGoldenPicture(name), 255);
		const { samples } = goldenPictures[name]!;
		const first = hvsMaxPolResponses(grey, 0);
		expectSamples(first.vertical, samples['hvs1.vertical']!, 1e-10);
		expectSamples(first.horizontal, samples['hvs1.horizontal']!, 1e-10);
		expectSamples(hvsMaxPolResponses(grey, 1).vertical, samples['hvs2.vertical']!, 1e-11);
		const pools = (golden as GoldenMetric & { intermediates: unknown }).intermediates as unknown as GoldenPool[];
		expect(pools).toHaveLength(2);
		for (const [filter, pool] of pools.entries()) {
			const counted = countedResponses(grey, filter);
			expect(counted.vertical).toHaveLength(pool.masked!);
			expectPool(strongestResponses(counted, HVS_RULE)!, pool);
		}
	});

	test.each([hvsMaxPol1, hvsMaxPol2])('%o falls with blur on a real tile', async (scoreOf) => {
		const scores = [];
		for (const blur of ['', '-g1', '-g2', '-g4'])
			scores.push(scoreOf(await readGoldenPicture(`i_9651_j_81514${blur}`)));
		expect(scores).toEqual(scores.toSorted((a, b) => b - a));
	});
});

const bars = greyPicture(96, 80, (x, y) => 128 + 90 * Math.sin((x * x) / 90 + y / 7) + 20 * ((x + y) % 3));

describe.each<HvsMaxPolType>(['natural', 'synthetic'])('type %s', (type) => {
	test('falls with blur, with one filter', () => {
		const scores = [0.5, 1, 2].map((sigma) => hvsMaxPol1(blurredPicture(bars, sigma), type));
		expect(scores).toEqual(scores.toSorted((a, b) => b - a));
	});

	test('the same for a transposed picture', () => {
		const transposed = greyPicture(80, 96, (x, y) => bars.data[3 * (x * 96 + y)]!);
		expect(hvsMaxPol1(transposed, type)).toBeCloseTo(hvsMaxPol1(bars, type), 9);
		expect(hvsMaxPol2(transposed, type)).toBeCloseTo(hvsMaxPol2(bars, type), 9);
	});
});

test('dark pixels do not count: nothing above 5 % of white scores 0', () => {
	expect(hvsMaxPol1(noisePicture(40, 40, 1, 12))).toBe(0);
	expect(hvsMaxPol2(noisePicture(40, 40, 1, 12))).toBe(0);
	expect(hvsMaxPol1(noisePicture(40, 40, 1, 60))).not.toBe(0);
});

test('a flat bright picture is as blurry as can be', () => {
	const flat = greyPicture(64, 64, () => 240);
	expect(hvsMaxPol1(flat)).toBe(-120);
	expect(hvsMaxPol2(flat)).toBeCloseTo(-120 * (0.3874 + 4.0865), 9);
	expect(hvsMaxPol1(greyPicture(64, 64, () => 0))).toBe(0);
});

test('halving the contrast takes the order times log10 2', () => {
	const noise = greyPicture(64, 64, (x, y) => 60 + ((x * 31 + y * 17 + x * y) % 23));
	const doubled = greyPicture(64, 64, (x, y) => 2 * noise.data[3 * (y * 64 + x)]!);
	expect(hvsMaxPol1(doubled) - hvsMaxPol1(noise)).toBeCloseTo(6 * Math.log10(2), 8);
	expect(hvsMaxPol1(doubled, 'synthetic') - hvsMaxPol1(noise, 'synthetic')).toBeCloseTo(10 * Math.log10(2), 8);
});

test('tiny pictures have a score or NaN, never a failure', () => {
	for (const [width, height] of [
		[1, 1],
		[2, 2],
		[1, 30],
		[5, 3],
	] as const) {
		expect(typeof hvsMaxPol2(noisePicture(width, height, 4, 255))).toBe('number');
	}
	expect(hvsMaxPol1(greyPicture(1, 1, () => 200))).toBe(-120);
});
