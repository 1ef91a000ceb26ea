import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ASSUMED_OPTICS, defocusFromBlur } from '@parfocal/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Dataset, makeDataset } from '../data/dataset.ts';
import { openDataset, SIMULATED } from '../data/sets/open-dataset.ts';
import { splitPatches } from '../data/splits/split-patches.ts';
import { drawnFolder } from '../data/testing/drawn-folder.ts';
import { readNetworkFile } from '../networks/model-file.ts';
import { seededRandom } from '../simulate/random.ts';
import { writeCrops, zLevelOf } from './crops-on-disk.ts';
import { LEVEL_MPP, NETWORK_RECIPES, UM_PER_LEVEL } from './network-recipes.ts';
import { trainNetworks } from './train-networks.ts';

const SIZE = { viewsPerImage: 1, validationViewsPerImage: 2, blursPerView: 6, phantoms: 1, picturesPerPhantom: 1 };
let data: Dataset;
let folder: string;
beforeAll(async () => {
	data = await makeDataset(await drawnFolder(), SIZE, seededRandom(1));
	// One slide cannot both choose and test: the second view stands for another slide.
	const sources = data.validation.sources.map((source, i) => `${source} ${i}`);
	data = { ...data, validation: { ...data.validation, sources } };
	folder = mkdtempSync(join(tmpdir(), 'parfocal-networks-'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('crops on disk are a data set: levels by defocus, slides on one side each, called simulated', async () => {
	const path = join(folder, 'crops');
	await writeCrops(path, data);
	const set = await openDataset(path);
	expect(set.patches).toHaveLength(data.train.count + data.validation.count);
	expect(set.notes).toContain(SIMULATED);
	const sides = Map.groupBy(set.patches, ({ group }) => group.slide);
	for (const own of sides.values()) expect(new Set(own.map(({ split }) => split)).size).toBe(1);
	const { train, validation, test: tested } = splitPatches(set, { by: 'listed', seed: 1 })[0]!;
	expect(train).toHaveLength(data.train.count);
	expect(validation.length).toBeGreaterThan(0);
	expect(tested.length).toBeGreaterThan(0);
	for (const { path: file, zLevel } of set.patches) {
		const [, side, index] = /(train|held-out)-(\d+)\.png/.exec(file)!;
		expect(Math.abs(zLevel!)).toBe(zLevelOf(side === 'train' ? data.train : data.validation, Number(index)));
	}
});

test('a level is half a micrometre at 0.25 µm a pixel, whatever size a view is taken to have', () => {
	for (let i = 0; i < data.validation.count; i++) {
		const um = defocusFromBlur(data.validation.blurRadiusPx[i]!, LEVEL_MPP, ASSUMED_OPTICS);
		expect(Math.abs(zLevelOf(data.validation, i) * UM_PER_LEVEL - um)).toBeLessThanOrEqual(UM_PER_LEVEL / 2 + 1e-9);
	}
	// The largest blur that is simulated is the last of twelve classes.
	const levels = Array.from({ length: data.train.count }, (_, i) => zLevelOf(data.train, i));
	expect(Math.max(...levels)).toBeLessThanOrEqual(11);
});

test('a short training writes a network with its card, and nothing else', { timeout: 120_000 }, async () => {
	const out = join(folder, 'models');
	const lines: string[] = [];
	await trainNetworks({
		...{
			recipes: NETWORK_RECIPES.filter(({ name }) => name === 'eonss-defocus'),
			data,
			out,
			seed: 2,
			epochs: 1,
			threads: 1,
		},
		say: (line) => lines.push(line),
	});
	const { description } = readNetworkFile(
		new Uint8Array(readFileSync(join(out, 'eonss-defocus', 'model.safetensors'))),
		'eonss',
	);
	expect(description).toMatchObject({
		network: 'eonss',
		loss: 'mae',
		unit: 'zLevel',
		licence: 'Apache-2.0',
		higherMeans: 'blurrier',
	});
	expect(description.trainedOn).toMatch(/simulated/);
	const card = readFileSync(join(out, 'eonss-defocus', 'card.md'), 'utf8');
	expect(card).toMatch(/^# eonss-defocus\n\nEONSS as/);
	expect(card).toContain('npm run train -- --model eonss-defocus --seed 2');
	expect(card).toContain('simulated data');
	expect(card).not.toContain(tmpdir());
	expect(lines.some((line) => line.includes('epoch 1: loss'))).toBe(true);
	expect(existsSync(join(out, 'ordinal-luma4-energy'))).toBe(false);
});
