import { beforeAll, expect, test } from 'vitest';
import { openDataset } from '../data/sets/open-dataset.ts';
import type { PatchSet } from '../data/sets/patch-set.ts';
import { learnedCount } from '../networks/parameters.ts';
import { completeSettings } from './settings.ts';
import { drawnPatches } from './testing/drawn-patches.ts';
import { type TrainedNetwork, trainNetwork } from './train-network.ts';
import { trainingCard } from './training-card.ts';

let trained: TrainedNetwork;
let set: PatchSet;
beforeAll(async () => {
	set = await openDataset(await drawnPatches({ sidePx: 64, classes: 3, slides: 4, patches: 1 }));
	const settings = completeSettings({
		network: 'focuslitenn_energy',
		loss: 'co2',
		inputPx: 64,
		epochs: 2,
		batch: 3,
		split: 'slide',
	});
	trained = await trainNetwork({ settings, set, decoders: 0, facts: { licence: 'CC-BY-4.0', mppUm: 0.5 } });
});

test('tells all that decides what the figures are worth', () => {
	const card = trainingCard(trained);
	const [, learned] = /([\d,]+) learned/.exec(card)!;
	expect(Number(learned)).toBe(learnedCount(trained.task.specs));
	for (const fact of [
		'# focuslitenn_energy with co2',
		'co2, lambda 0.01',
		'Licence of the weights | CC-BY-4.0',
		'0.5 µm a pixel',
		'Split by slide, seed 1: 6 patches to train, 3 patches to choose by, 3 patches to test.',
		'no test patch is of a slide that was trained on',
		'random crops of 64 px, pixels as stored',
		'Augmentation | flips, quarter turns',
		'Seed | 1',
		'ONNX Runtime, cpu, one thread',
		'Random parameters to start from.',
		'| validation | 3 |',
		'| test | 3 |',
		'so its figures flatter',
	]) {
		expect(card).toContain(fact);
	}
	expect(card).not.toMatch(/NaN|null|simulated/);
	expect(trainingCard(trained)).toBe(card);
});

test('simulated data is called so, first', () => {
	const simulated = { ...trained, task: { ...trained.task, set: { ...set, notes: ['A simulated set.'] } } };
	const [, second] = trainingCard(simulated).split('\n\n');
	expect(second).toBe(
		'**Trained and tested on simulated data.** The figures say how well it does there, not on slides.',
	);
	expect(trainingCard(simulated)).toContain('Simulated data of kind folders');
});

test('a frozen backbone, whole pictures, a search and other choices have their words', () => {
	const { settings } = trained;
	const other: TrainedNetwork = {
		...trained,
		settings: {
			...settings,
			freeze: 'backbone',
			resampler: 'bilinear',
			head: 'gap',
			accumulate: 3,
			threads: 2,
			epochs: 9,
			schedule: { kind: 'plateau', factor: 0.1, patience: 10, threshold: 1e-4, watch: 'validation' },
			augmentation: {
				flips: true,
				quarterTurns: false,
				saturation: [0.5, 2],
				affine: { rotationDegrees: 180, shiftX: 0, shiftY: 0.1, scale: [0.9, 1.1], interpolation: 'nearest' },
			},
		},
		search: {
			lambda: 1,
			folds: 2,
			epochs: 1,
			trials: [0, 1].flatMap((fold) => [
				{ lambda: 0.1, fold, accuracy: 0.25, mae: 1 },
				{ lambda: 1, fold, accuracy: 0.5, mae: 1 },
			]),
		},
	};
	const card = trainingCard(other);
	for (const fact of [
		'whole pictures made 64 px by bilinear',
		'one answer to the whole picture, made smaller',
		'only the head learned, from features taken once',
		'ordinal head (512, 256) on the means of the map',
		'in 3 parts',
		'2 of 9, stopped early',
		'2 threads',
		'turns by any angle, shifts and zoom (nearest; they change how blurred a patch is)',
		'chose the epoch and the learning rate',
		'1 epoch each; accuracy of the fold that was left out. Taken: lambda 1.',
		'| 0.1 | 25.0 % | 25.0 % | 25.0 % |',
	]) {
		expect(card).toContain(fact);
	}
});
