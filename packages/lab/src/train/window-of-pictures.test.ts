import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import type { PatchSet } from '../data/sets/patch-set.ts';
import { windowOfPictures } from './window-of-pictures.ts';

async function setOf(sizes: readonly (readonly [number, number] | 'broken')[]): Promise<PatchSet> {
	const root = await mkdtemp(join(tmpdir(), 'window-'));
	onTestFinished(() => rm(root, { recursive: true }));
	const patches = [];
	for (const [i, size] of sizes.entries()) {
		const path = `${i}.png`;
		const bytes =
			size === 'broken'
				? 'not a picture'
				: await sharp({ create: { width: size[0], height: size[1], channels: 3, background: 'white' } })
						.png()
						.toBuffer();
		await writeFile(join(root, path), bytes);
		patches.push({ path, label: 0, group: { slide: 's', position: String(i) } });
	}
	return { kind: 'folders', root, patches, classes: ['sharp'], notes: [] };
}

test('the side of pictures that are all alike', async () => {
	expect(await windowOfPictures(await setOf([...Array(40)].map(() => [96, 96])))).toBe(96);
});

test('the shorter side, and of many sizes the middle one', async () => {
	expect(await windowOfPictures(await setOf([[30, 20]]))).toBe(20);
	const mixed = await setOf([
		[40, 40],
		[64, 50],
		[300, 400],
	]);
	expect(await windowOfPictures(mixed)).toBe(50);
});

test('what cannot be read does not count; with nothing left nothing is said', async () => {
	expect(await windowOfPictures(await setOf(['broken', [48, 48]]))).toBe(48);
	expect(await windowOfPictures(await setOf(['broken']))).toBeUndefined();
});
