import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, METRICS, type RgbImage } from '@parfocal/core';
import { expect, onTestFinished, test } from 'vitest';
import { UNIT_RANGE } from '../data/pixels/normalisation.ts';
import { type NetworkDescription, writeNetworkFile } from '../networks/model-file.ts';
import { parameterSpecs } from '../networks/network.ts';
import { initialParameters } from '../networks/parameters.ts';
import { networkNamed } from '../networks/registry.ts';
import { seededRandom } from '../simulate/random.ts';
import { cpuTime } from './cpu-time.ts';
import { scorePictures } from './score-pictures.ts';
import { blurrinessOf, FORMULA_NAMES, openScorer, SCORER_NAMES } from './scorer.ts';

function picture(sidePx: number, smooth: number): RgbImage {
	const random = seededRandom(3);
	const data = new Uint8Array(3 * sidePx * sidePx);
	for (let y = 0; y < sidePx; y++) {
		for (let x = 0; x < sidePx; x++) {
			const fine = smooth > 0 ? 0 : 60 * random.uniform();
			for (let c = 0; c < 3; c++) {
				data[3 * (y * sidePx + x) + c] = 100 + 60 * Math.sin(x / (4 + smooth)) * Math.cos(y / (5 + smooth)) + fine;
			}
		}
	}
	return { layout: 'rgb', widthPx: sidePx, heightPx: sidePx, data };
}

test.each(SCORER_NAMES)('%s has a name, a direction and a score', async (name) => {
	const scorer = await openScorer(name);
	expect(scorer.name).toBe(name);
	expect(['sharper', 'blurrier']).toContain(scorer.higherMeans);
	expect(Number.isFinite(await scorer.score(picture(256, 0)))).toBe(true);
});

test.each(['laplacian-variance', 'mlv', 'fqpath', 'hvs-maxpol-1', 'focuslitenn-luma4-energy'])(
	'%s calls the smoother picture blurrier',
	async (name) => {
		const scorer = await openScorer(name);
		const [sharp, smooth] = await Promise.all([0, 12].map((amount) => scorer.score(picture(256, amount))));
		expect(blurrinessOf(smooth!, scorer)).toBeGreaterThan(blurrinessOf(sharp!, scorer));
	},
);

test('metrics score as the library does; formulas have no parameters, models have', async () => {
	for (const { name, score } of METRICS)
		expect(await (await openScorer(name)).score(picture(128, 0))).toBe(score(picture(128, 0)));
	for (const name of FORMULA_NAMES) expect((await openScorer(name)).parameters).toBe(0);
	expect((await openScorer('focuslitenn-1-min')).parameters).toBe(148);
	expect((await openScorer('focuslitenn-10-minmax')).parameters).toBe(1501);
});

test('a picture smaller than a model looks at has no score', async () => {
	expect(await (await openScorer('focuslitenn-1-min')).score(picture(100, 0))).toBeNaN();
});

test('a wrong name is refused with what was meant', async () => {
	await expect(openScorer('lpcsi')).rejects.toThrow(ArgumentError);
	await expect(openScorer('lpcsi')).rejects.toThrow(/Did you mean 'lpc-si'\?/);
});

test('a file of a network scores too, in threads as here, and a broken picture stops nothing', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'scorer-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	const specs = parameterSpecs(networkNamed('focuslitenn'), 'classifier', 1, 64);
	const file = join(folder, 'own.safetensors');
	const description: NetworkDescription = {
		...({
			format: 1,
			network: 'focuslitenn',
			options: {},
			head: 'classifier',
			loss: 'plcc',
			classes: 1,
			outputs: 1,
		} as const),
		...({ inputPx: 64, resampler: 'none', normalisation: UNIT_RANGE } as const),
		...({ unit: 'score', higherMeans: 'blurrier', licence: 'MIT', trainedOn: 'nothing' } as const),
	};
	await writeFile(file, writeNetworkFile({ description, tensors: initialParameters(specs, seededRandom(1)) }));
	const scorer = await openScorer(file);
	expect(scorer).toMatchObject({ name: 'own', family: 'file', parameters: 148 });
	const { default: sharp } = await import('sharp');
	const paths = ['a.png', 'b.png', 'broken.png'].map((name) => join(folder, name));
	for (const [i, path] of paths.slice(0, 2).entries()) {
		const { data, widthPx } = picture(128, 6 * i);
		await sharp(data, { raw: { width: widthPx, height: widthPx, channels: 3 } }).toFile(path);
	}
	await writeFile(paths[2]!, 'no picture');
	const seen: number[] = [];
	const { scores, failures } = await scorePictures(paths, ['mlv', file], {
		threads: 2,
		onProgress: (done) => seen.push(done),
	});
	expect(seen).toEqual([1, 2, 3]);
	expect(failures).toEqual([expect.stringContaining('broken.png is not a picture')]);
	expect(scores.get(file)![2]).toBeNaN();
	for (const i of [0, 1]) {
		expect(scores.get(file)![i]).toBeCloseTo(await scorer.score(picture(128, 6 * i)), 5);
		expect(scores.get('mlv')![i]).toBe(METRICS[0]!.score(picture(128, 6 * i)));
	}
});

test('time is a median of as many runs as asked for, or as fit', async () => {
	let runs = 0;
	const scorer = { score: () => ++runs };
	expect(await cpuTime(scorer, picture(16, 0), { runs: 7 })).toMatchObject({ runs: 7 });
	expect(runs).toBe(8);
	const slow = { score: () => new Promise<number>((done) => setTimeout(() => done(1), 20)) };
	const { runs: made, medianMs } = await cpuTime(slow, picture(16, 0), { runs: 100, budgetMs: 1 });
	expect(made).toBe(3);
	expect(medianMs).toBeGreaterThan(10);
});
