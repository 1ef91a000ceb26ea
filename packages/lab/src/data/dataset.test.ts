import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError } from '@parfocal/core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { seededRandom } from '../simulate/random.ts';
import { LARGEST_BLUR_PX, makeDataset, randomBlurs, VALIDATION_BLURS_PX } from './dataset.ts';
import { VALIDATION_REPOS } from './split.ts';

const SMALL = { viewsPerImage: 1, validationViewsPerImage: 1, blursPerView: 3 };

/** A data folder with drawn pictures: two collections to train on, one held out, one picture too small. */
async function drawnFolder(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'parfocal-dataset-'));
	mkdirSync(join(folder, 'sharp'));
	const random = seededRandom(2);
	const files = [];
	for (const [name, sidePx, repo] of [
		['a', 260, 'repo-1'],
		['b', 260, 'repo-2'],
		['c', 260, VALIDATION_REPOS[0]],
		['tiny', 60, 'repo-1'],
	] as const) {
		const data = Uint8Array.from(
			{ length: 3 * sidePx * sidePx },
			(_, i) => (i % 3 === 1 ? 60 : 120) + random.below(90),
		);
		await sharp(data, { raw: { width: sidePx, height: sidePx, channels: 3 } })
			.png()
			.toFile(join(folder, 'sharp', `${name}.png`));
		files.push({ file: `sharp/${name}.png`, role: 'sharp', source_repo: repo, source_path: name, licence: 'none' });
	}
	files.push({ file: 'defocus/x.png', role: 'defocus', source_repo: 'repo-3', source_path: 'x', licence: 'none' });
	writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ files }));
	return folder;
}

test('makes both sides, keeps collections apart, leaves out what is too small, never touches real defocus', async () => {
	const data = await makeDataset(await drawnFolder(), SMALL, seededRandom(1));
	expect(data.train.count).toBe(2 * 3);
	expect(data.validation.count).toBe(VALIDATION_BLURS_PX.length);
	expect(data.leftOut.map((entry) => entry.file)).toEqual(['sharp/tiny.png']);
	const collections = (sources: readonly string[]): Set<string> => new Set(sources.map((s) => s.split('#')[0]!));
	expect(collections(data.train.sources).isDisjointFrom(collections(data.validation.sources))).toBe(true);
	expect(data.train.blurRadiusPx[0]).toBe(0);
});

test('the same seed gives the same crops', async () => {
	const folder = await drawnFolder();
	const [one, two, other] = await Promise.all([1, 1, 2].map((seed) => makeDataset(folder, SMALL, seededRandom(seed))));
	expect(one!.train.rgb).toEqual(two!.train.rgb);
	expect(one!.validation.rgb).toEqual(two!.validation.rgb);
	expect(one!.train.rgb).not.toEqual(other!.train.rgb);
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
