import { expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../core/src/testing/shared.ts';
import { readManifest } from './manifest.ts';
import { sideOf, sourceOf, VALIDATION_REPOS } from './split.ts';

test('a collection lies on one side, whatever its path', () => {
	for (const sourceRepo of VALIDATION_REPOS) expect(sideOf({ sourceRepo })).toBe('validation');
	expect(sideOf({ sourceRepo: 'https://github.com/libvips/libvips' })).toBe('train');
});

test('crops of one slide share a source, other slides have others', () => {
	expect(sourceOf({ sourceRepo: 'r', sourcePath: 'a' })).toBe(sourceOf({ sourceRepo: 'r', sourcePath: 'a' }));
	expect(sourceOf({ sourceRepo: 'r', sourcePath: 'a' })).not.toBe(sourceOf({ sourceRepo: 'r', sourcePath: 'b' }));
	expect(sourceOf({ sourceRepo: 'q', sourcePath: 'a' })).not.toBe(sourceOf({ sourceRepo: 'r', sourcePath: 'a' }));
});

test.skipIf(!hasShared)(
	'on the real list no source and no collection is on both sides, and both sides are there',
	async () => {
		const sharp = (await readManifest(sharedPath('data'))).filter((entry) => entry.role === 'sharp');
		const on = (side: string): typeof sharp => sharp.filter((entry) => sideOf(entry) === side);
		const trainSources = new Set(on('train').map(sourceOf));
		const trainRepos = new Set(on('train').map((entry) => entry.sourceRepo));
		for (const entry of on('validation')) {
			expect(trainSources.has(sourceOf(entry))).toBe(false);
			expect(trainRepos.has(entry.sourceRepo)).toBe(false);
		}
		expect(new Set(on('validation').map((entry) => entry.sourceRepo)).size).toBe(VALIDATION_REPOS.length);
		expect(on('train').length).toBeGreaterThan(on('validation').length);
	},
);
