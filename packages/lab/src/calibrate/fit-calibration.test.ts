import { ArgumentError, applyCalibration, calibrate, parseCalibration } from '@parfocal/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../simulate/random.ts';
import { chooseThreshold } from './choose-threshold.ts';
import { type CalibrationSample, fitCalibration } from './fit-calibration.ts';
import { SIMULATED_MODEL, simulatedRequest, simulatedSamples } from './testing/simulated-samples.ts';

/** Simulated tiles of slides that all blur a little more or less than others. */
function slides(number: number, tiles: number, seed: number): CalibrationSample[] {
	const random = seededRandom(seed);
	return Array.from({ length: number }, (_, slide) => {
		const shift = 0.2 * random.normal();
		return simulatedSamples(tiles, 1000 * seed + slide, 0.05).map(({ score, label }) => ({
			...{ score: score + shift, label },
			group: `slide ${slide}`,
		}));
	}).flat();
}

describe('fifty simulated tiles', async () => {
	const samples = simulatedSamples(50, 1);
	const calibration = await fitCalibration(samples, simulatedRequest());

	test('give a calibration that can be read back', async () => {
		expect(await parseCalibration(JSON.stringify(calibration))).toEqual(calibration);
		expect(calibration).toMatchObject({
			schema: 'parfocal-calibration-1',
			model: { ...SIMULATED_MODEL, mode: 'fast' },
			mpp: 0.25,
			source: 'labels',
			unit: 'defocusUm',
			samples: { count: 50, drawn: 50 },
		});
		expect(calibration.method).toMatch(/at least 3 tiles a point/);
	});

	test('have a threshold within its interval, at about the limit', () => {
		const { threshold, curve } = calibration;
		expect(threshold.low).toBeLessThan(threshold.score);
		expect(threshold.high).toBeGreaterThan(threshold.score);
		expect(threshold.value).toBe(calibrate(curve, threshold.score));
		expect(Math.abs(threshold.value - 1.5)).toBeLessThan(0.6);
		expect(threshold).toMatchObject({ limit: 1.5, target: 'youden', confidence: 0.95 });
		expect(threshold).not.toHaveProperty('targetSensitivity');
		const out = samples.filter(({ label }) => label >= 1.5);
		const found = out.filter(({ score }) => applyCalibration(calibration, score).outOfFocus);
		expect(threshold.sensitivity).toBe(found.length / out.length);
	});

	test('the same tiles and seed give the same, another seed another interval', async () => {
		expect(await fitCalibration(samples, simulatedRequest())).toEqual(calibration);
		const other = await fitCalibration(samples, simulatedRequest({ seed: 2 }));
		expect(other.threshold.score).toBe(calibration.threshold.score);
		expect([other.threshold.low, other.threshold.high]).not.toEqual([
			calibration.threshold.low,
			calibration.threshold.high,
		]);
		expect(other.sha256).not.toBe(calibration.sha256);
	});

	test('of a model whose scores fall with blur give the mirrored calibration', async () => {
		const mirrored = samples.map(({ score, label }) => ({ score: -score, label }));
		const model = { ...SIMULATED_MODEL, higherMeans: 'sharper' } as const;
		const turned = await fitCalibration(mirrored, simulatedRequest({ model }));
		expect(turned.curve.raw).toEqual(calibration.curve.raw.map((score) => 0 - score).reverse());
		expect(turned.curve.value).toEqual(calibration.curve.value.toReversed());
		const { score, low, high, value } = calibration.threshold;
		expect(turned.threshold).toMatchObject({ score: -score, low: -high, high: -low, value });
		expect(turned.agreement).toEqual(calibration.agreement);
		expect(await parseCalibration(JSON.stringify(turned))).toEqual(turned);
	});

	test('for a sensitivity reach it', async () => {
		const { threshold } = await fitCalibration(samples, simulatedRequest({ sensitivity: 0.95 }));
		expect(threshold).toMatchObject({ target: 'sensitivity', targetSensitivity: 0.95 });
		expect(threshold.sensitivity).toBeGreaterThanOrEqual(0.95);
	});
});

test('values and agreement do not depend on the scale of scores', async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 500 }), async (seed) => {
			const samples = simulatedSamples(40, seed, 0.15);
			const moved = samples.map(({ score, label }) => ({ score: Math.exp(2 * score), label }));
			const request = simulatedRequest({ draws: 50 });
			const [plain, other] = [await fitCalibration(samples, request), await fitCalibration(moved, request)];
			expect(other.curve.value).toEqual(plain.curve.value);
			expect(other.agreement).toEqual(plain.agreement);
			for (let i = 1; i < plain.curve.raw.length; i++) {
				expect(plain.curve.value[i]).toBeGreaterThan(plain.curve.value[i - 1]!);
			}
		}),
		{ numRuns: 15 },
	);
});

describe('the interval of the threshold', () => {
	/** How often it holds the threshold of twenty thousand tiles. */
	async function coverage(sensitivity: number | undefined, count: number, runs: number): Promise<number> {
		const many = simulatedSamples(20_000, 99);
		const truth = chooseThreshold(
			many.map(({ score }) => score),
			many.map(({ label }) => Number(label >= 1.5)),
			sensitivity,
		)!.blur;
		let held = 0;
		for (let seed = 0; seed < runs; seed++) {
			const request = simulatedRequest({ sensitivity, draws: 150 });
			const { threshold } = await fitCalibration(simulatedSamples(count, 1000 + seed), request);
			held += Number(threshold.low <= truth && truth <= threshold.high);
		}
		return held / runs;
	}

	test.each([
		[undefined, 50],
		[0.9, 50],
	])('for %s of %i simulated tiles holds the truth at least four times in five', async (sensitivity, count) => {
		const share = await coverage(sensitivity, count, 120);
		expect(share).toBeGreaterThanOrEqual(0.8);
		// One that always holds it would say nothing.
		expect(share).toBeLessThan(1);
	});

	test('is narrower with more tiles', async () => {
		const width = async (count: number) => {
			const { threshold } = await fitCalibration(simulatedSamples(count, 7), simulatedRequest());
			return threshold.high - threshold.low;
		};
		expect(await width(400)).toBeLessThan(0.6 * (await width(40)));
	});

	test('is wider where tiles of one slide resemble each other and slides are drawn', async () => {
		let wider = 0;
		for (let seed = 1; seed <= 10; seed++) {
			const grouped = slides(6, 10, seed);
			const alone = grouped.map(({ score, label }) => ({ score, label }));
			const bySlide = await fitCalibration(grouped, simulatedRequest());
			const byTile = await fitCalibration(alone, simulatedRequest());
			expect([bySlide.samples.drawn, byTile.samples.drawn]).toEqual([6, 60]);
			const width = ({ threshold }: typeof bySlide) => threshold.high - threshold.low;
			wider += Number(width(bySlide) > width(byTile));
		}
		expect(wider).toBeGreaterThanOrEqual(6);
	});
});

describe('what is remarked on', () => {
	const warningsOf = async (samples: readonly CalibrationSample[], changes = {}) =>
		(await fitCalibration(samples, simulatedRequest(changes))).warnings;

	test('tiles without groups, few tiles, an unknown pixel size, in the order of what was said before', async () => {
		const warnings = await warningsOf(simulatedSamples(20, 3), { mpp: undefined, warnings: ['Before.'] });
		expect(warnings).toEqual([
			'Before.',
			expect.stringMatching(/^No groups are named/),
			expect.stringMatching(/pixel size of the tiles was not said/),
			expect.stringMatching(/^20 tiles are few/),
		]);
	});

	test('too few groups, which are not drawn then', async () => {
		const three = slides(3, 20, 2);
		const { warnings, samples } = await fitCalibration(three, simulatedRequest());
		expect(warnings).toEqual([expect.stringMatching(/^There are 3 groups only, too few to draw from/)]);
		expect(samples).toEqual({ count: 60, drawn: 60 });
		expect(await warningsOf(slides(1, 40, 2))).toEqual([expect.stringMatching(/^All tiles are of one group/)]);
	});

	test('nothing of sixty tiles of six slides', async () => {
		expect(await warningsOf(slides(6, 10, 4))).toEqual([]);
	});

	test('weak agreement', async () => {
		const warnings = await warningsOf(simulatedSamples(200, 5, 1));
		expect(warnings.join('\n')).toMatch(/agree weakly \(Spearman 0\.[1-5]\d\)/);
	});
});

describe('what is refused', () => {
	const good = simulatedSamples(50, 1);
	const random = seededRandom(4);
	const nothing = good.map(({ label }) => ({ label, score: random.normal() }));

	test.each<[string, readonly CalibrationSample[], RegExp]>([
		['no tiles', [], /^0 tiles are too few/],
		['three tiles', good.slice(0, 3), /^3 tiles are too few to calibrate: at least 10/],
		['nine tiles', good.slice(0, 9), /^9 tiles are too few/],
		['one class', good.filter(({ label }) => label < 1.5), /^0 of \d+ tiles are out of focus \(labels from 1\.5 on\)/],
		[
			'two tiles of a class',
			good.filter(({ label }, i) => label >= 1.5 || i < 4),
			/at least 3 in focus and 3 out of focus/,
		],
		['a score that is none', [...good, { score: Number.NaN, label: 1 }], /no numbers/],
		['a label that is none', [...good, { score: 1, label: Number.POSITIVE_INFINITY }], /no numbers/],
		['two labels', good.map(({ score, label }) => ({ score, label: label < 1.5 ? 0 : 2 })), /only 2 different labels/],
		['labels turned round', good.map(({ score, label }) => ({ score: -score, label })), /turned round\? 0 is in focus/],
		['scores of nothing', nothing, /nothing to do with each other, as far as these tiles show \(Spearman/],
		['constant scores', good.map(({ label }) => ({ score: 1, label })), /nothing to do with each other/],
	])('%s', async (_, samples, message) => {
		const fitting = fitCalibration(samples, simulatedRequest());
		await expect(fitting).rejects.toThrow(message);
		await expect(fitting).rejects.toThrow(ArgumentError);
	});

	test('scores that are noise, nineteen times in twenty or so', async () => {
		let taken = 0;
		for (let seed = 0; seed < 40; seed++) {
			const noise = seededRandom(seed);
			const samples = good.map(({ label }) => ({ label, score: noise.normal() }));
			await fitCalibration(samples, simulatedRequest({ draws: 100 })).then(
				() => taken++,
				(error) => expect(error).toBeInstanceOf(ArgumentError),
			);
		}
		expect(taken).toBeLessThanOrEqual(4);
	});
});

test('two classes give shares out of focus', async () => {
	const samples = simulatedSamples(60, 2).map(({ score, label }) => ({ score, label: Number(label >= 1.5) }));
	const calibration = await fitCalibration(samples, simulatedRequest({ unit: 'score', limit: 1 }));
	expect(calibration.curve.value[0]).toBeGreaterThanOrEqual(0);
	expect(calibration.curve.value[0]).toBeLessThan(0.2);
	expect(calibration.curve.value.at(-1)).toBeGreaterThan(0.9);
	expect(calibration.threshold.limit).toBe(1);
});
