import { describe, expect, test } from 'vitest';
import { hasShared } from '../../testing/shared.ts';
import { strongestResponses } from '../maxpol/strongest-responses.ts';
import { greyLevelsOf } from '../signal/luma.ts';
import { goldenCases, goldenPictures, readGoldenPicture } from '../testing/golden.ts';
import { blurredPicture, greyPicture, noisePicture } from '../testing/pictures.ts';
import { expectPool, expectSamples, type GoldenPool } from '../testing/pool.ts';
import {
	responseMagnitudes,
	SYNTHETIC_MAXPOL_RULE,
	syntheticMaxPol,
	syntheticMaxPolResponses,
} from './synthetic-maxpol.ts';

describe.skipIf(!hasShared)("the authors' values", () => {
	test.each(goldenCases('Synthetic-MaxPol'))('%s', async (name, { score, variants }) => {
		const picture = await readGoldenPicture(name);
		expect(Math.abs(syntheticMaxPol(picture) / score - 1)).toBeLessThan(1e-9);
		const before = variants?.['docCentre'];
		if (before !== undefined) {
			expect(Math.abs(syntheticMaxPol(picture, { centre: 'before' }) / before - 1)).toBeLessThan(1e-9);
		}
	});

	test.each(goldenCases('Synthetic-MaxPol').filter(([name]) => name !== 'constant'))(
		'steps on the way, %s',
		async (name, golden) => {
			const grey = greyLevelsOf(await readGoldenPicture(name), 255);
			const { samples } = goldenPictures[name]!;
			const pools = golden.intermediates as unknown as GoldenPool[];
			for (const [i, derivative] of ([1, 3] as const).entries()) {
				const responses = syntheticMaxPolResponses(grey, derivative);
				expectSamples(responses.vertical, samples[`synthetic.d${derivative}.vertical`]!, 1e-13);
				expectSamples(responses.horizontal, samples[`synthetic.d${derivative}.horizontal`]!, 1e-13);
				expectPool(strongestResponses(responseMagnitudes(responses), SYNTHETIC_MAXPOL_RULE)!, pools[i]!);
			}
		},
	);

	test('rises with blur on a real tile', async () => {
		const scores = [];
		for (const blur of ['', '-g1', '-g2', '-g4']) {
			scores.push(syntheticMaxPol(await readGoldenPicture(`i_9651_j_81514${blur}`)));
		}
		expect(scores).toEqual(scores.toSorted((a, b) => a - b));
	});
});

const bars = greyPicture(96, 80, (x, y) => 128 + 90 * Math.sin((x * x) / 90 + y / 7) + 20 * ((x + y) % 3));

test('rises with blur', () => {
	const scores = [0.5, 1, 2].map((sigma) => syntheticMaxPol(blurredPicture(bars, sigma)));
	expect(scores).toEqual(scores.toSorted((a, b) => a - b));
});

test('the same for a transposed picture', () => {
	const transposed = greyPicture(80, 96, (x, y) => bars.data[3 * (x * 96 + y)]!);
	expect(syntheticMaxPol(transposed)).toBeCloseTo(syntheticMaxPol(bars), 8);
});

test('where the middle of the filters lies matters', () => {
	expect(syntheticMaxPol(bars, { centre: 'before' })).not.toBeCloseTo(syntheticMaxPol(bars), 3);
});

test('a straight slope has its slope as first derivative and no third', () => {
	const grey = greyLevelsOf(
		greyPicture(100, 30, (x) => 2 * x),
		255,
	);
	const at = 15 * 100 + 50;
	expect(syntheticMaxPolResponses(grey, 1).horizontal.data[at]).toBeCloseTo(-2 / 255, 12); // convolution reads the taps backwards
	expect(syntheticMaxPolResponses(grey, 3).horizontal.data[at]).toBeCloseTo(0, 12);
	expect(syntheticMaxPolResponses(grey, 1).vertical.data[at]).toBeCloseTo(0, 12);
});

test('a flat picture: 120', () => {
	for (const level of [0, 137, 255]) expect(syntheticMaxPol(greyPicture(64, 64, () => level))).toBe(120);
});

test('nearly all of it flat: NaN, there is nothing to go by', () => {
	expect(syntheticMaxPol(greyPicture(200, 200, (x, y) => (x < 4 && y < 4 ? 255 : 0)))).toBeNaN();
});

test('tiny pictures have a score or NaN, never a failure', () => {
	for (const [width, height] of [
		[1, 1],
		[2, 2],
		[1, 30],
		[5, 3],
	] as const) {
		expect(typeof syntheticMaxPol(noisePicture(width, height, 4, 255))).toBe('number');
	}
	expect(syntheticMaxPol(greyPicture(1, 1, () => 200))).toBeNaN(); // no pixel is kept
});
