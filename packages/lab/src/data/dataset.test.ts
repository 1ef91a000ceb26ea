import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError } from '@parfocal/core';
import { expect, test } from 'vitest';
import { seededRandom } from '../simulate/random.ts';
import { LARGEST_BLUR_PX, makeDataset, randomBlurs, VALIDATION_BLURS_PX } from './dataset.ts';
import { drawnFolder } from './testing/drawn-folder.ts';

const SMALL = { viewsPerImage: 1, validationViewsPerImage: 1, blursPerView: 3, phantoms: 0, picturesPerPhantom: 0 };

test('makes both sides, keeps collections apart, leaves out what is too small, never touches real defocus', async () => {
	const data = await makeDataset(await drawnFolder(), SMALL, seededRandom(1));
	expect(data.train.count).toBe(2 * 3);
	expect(data.validation.count).toBe(VALIDATION_BLURS_PX.length);
	expect(data.leftOut.map((entry) => entry.file)).toEqual(['sharp/tiny.png']);
	const collections = (sources: readonly string[]): Set<string> => new Set(sources.map((s) => s.split('#')[0]!));
	for (const each of collections(data.validation.sources)) expect(collections(data.train.sources)).not.toContain(each);
	expect(data.train.blurRadiusPx[0]).toBe(0);
});

test('the same seed gives the same crops', async () => {
	const folder = await drawnFolder();
	const [one, two, other] = await Promise.all([1, 1, 2].map((seed) => makeDataset(folder, SMALL, seededRandom(seed))));
	expect(one!.train.rgb).toEqual(two!.train.rgb);
	expect(one!.validation.rgb).toEqual(two!.validation.rgb);
	expect(one!.train.rgb).not.toEqual(other!.train.rgb);
});

test('drawn tissue joins the training side only, from seeds that tests leave alone', async () => {
	const data = await makeDataset(
		await drawnFolder(),
		{ ...SMALL, phantoms: 1, picturesPerPhantom: 1 },
		seededRandom(1),
	);
	expect(data.train.sources).toContain('phantom (drawn)#seed 1000');
	expect(data.validation.sources.some((source) => source.includes('phantom'))).toBe(false);
});

test('a folder without both sides is refused', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'parfocal-dataset-'));
	writeFileSync(join(folder, 'manifest.json'), '{"files": []}');
	await expect(makeDataset(folder, SMALL, seededRandom(1))).rejects.toThrow(ArgumentError);
});

test('random blurs start at none, rise, and cover the whole range evenly in the logarithm', () => {
	const random = seededRandom(1);
	for (let trial = 0; trial < 50; trial++) {
		const blurs = randomBlurs(6, random);
		expect(blurs[0]).toBe(0);
		expect(blurs).toEqual([...blurs].sort((a, b) => a - b));
		expect(blurs.at(-1)).toBeLessThanOrEqual(LARGEST_BLUR_PX);
		expect(blurs.at(-1)).toBeGreaterThan(LARGEST_BLUR_PX / 2.5);
	}
});
