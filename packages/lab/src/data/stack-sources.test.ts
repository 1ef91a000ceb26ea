import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormatError, ReadError } from '@parfocal/core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasShared, sharedPath } from '../../../core/src/testing/shared.ts';
import { findStackSources, type StackSource, type UsableSource, usableSource } from './stack-sources.ts';
import { spots, writeManifest } from './testing/sharp-pictures.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'parfocal-sources-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const WANTED = { sidePx: 256, mpp: 0.5 };

function source(name: string, mpp?: number): StackSource {
	return { path: join(folder, name), name, group: name, mpp, licence: '', attribution: '' };
}

async function usable(name: string, mpp?: number, wanted = WANTED): Promise<UsableSource> {
	const result = await usableSource(source(name, mpp), wanted);
	if ('reason' in result) throw new Error(`${name} was left out: ${result.reason}`);
	return result;
}

describe('finding', () => {
	test('a folder gives its pictures, each its own group; a file gives itself; nothing comes twice', async () => {
		const at = join(folder, 'plain');
		await mkdir(join(at, 'deep'), { recursive: true });
		for (const name of ['b.png', 'a.jpg', 'deep/c.png']) await spots(8, 8).toFile(join(at, name));
		await writeFile(join(at, 'notes.md'), 'no picture');
		const found = await findStackSources([at, join(at, 'a.jpg')]);
		expect(found.map(({ name }) => name)).toEqual(['a.jpg', 'b.png', 'deep/c.png']);
		expect(new Set(found.map(({ group }) => group)).size).toBe(3);
		expect((await findStackSources([join(at, 'b.png')]))[0]).toMatchObject({ name: 'b.png', mpp: undefined });
	});

	test('a manifest says which are sharp, of which slide, how large their pixels are and whose they are', async () => {
		const at = join(folder, 'listed');
		await mkdir(at);
		const entry = { source_repo: 'repo', licence: 'MIT', attribution: 'Somebody', magnification: '20x' };
		await writeManifest(at, [
			{ ...entry, file: 'x/1.png', role: 'sharp', source_path: 'slide A' },
			{ ...entry, file: 'x/2.png', role: 'sharp', source_path: 'slide A' },
			{ ...entry, file: 'x/3.png', role: 'sharp', source_path: 'slide B' },
			{ ...entry, file: 'x/4.png', role: 'defocus', source_path: 'slide C' },
		]);
		const found = await findStackSources([at]);
		expect(found.map(({ name, group }) => [name, group])).toEqual([
			['x/1.png', 'repo#slide A'],
			['x/2.png', 'repo#slide A'],
			['x/3.png', 'repo#slide B'],
		]);
		expect(found[0]).toMatchObject({ mpp: 0.5, licence: 'MIT', attribution: 'Somebody', path: join(at, 'x/1.png') });
	});

	test('what is not there, or a damaged manifest, is an error that names it', async () => {
		await expect(findStackSources([join(folder, 'none')])).rejects.toThrow(ReadError);
		await expect(findStackSources([join(folder, 'none')])).rejects.toThrow(/none does not exist/);
		const at = join(folder, 'damaged');
		await mkdir(at);
		await writeFile(join(at, 'manifest.json'), '{');
		await expect(findStackSources([at])).rejects.toThrow(FormatError);
	});
});

describe('the rule', () => {
	test('a crisp picture serves as it is, in squares side by side in its middle', async () => {
		await spots(560, 300).toFile(join(folder, 'crisp.png'));
		const { image, squares } = await usable('crisp.png');
		expect([image.widthPx, image.heightPx]).toEqual([560, 300]);
		expect(squares).toEqual([
			{ left: 24, top: 22, sidePx: 256 },
			{ left: 280, top: 22, sidePx: 256 },
		]);
	});

	test('squares of glass are not among them, and a picture of glass is left out', async () => {
		const white = { create: { width: 260, height: 260, channels: 3, background: 'white' } } as const;
		const glass = await sharp(white).png().toBuffer();
		await spots(560, 300)
			.composite([{ input: glass, left: 0, top: 0 }])
			.toFile(join(folder, 'half.png'));
		expect((await usable('half.png')).squares).toEqual([{ left: 280, top: 22, sidePx: 256 }]);
		const even = spots(300, 300).composite([
			{ input: await sharp(glass).resize(299, 300).png().toBuffer(), left: 0, top: 0 },
		]);
		await even.toFile(join(folder, 'glass.png'));
		expect(await usableSource(source('glass.png'), WANTED)).toEqual({ name: 'glass.png', reason: 'without tissue' });
	});

	test('a picture of smaller pixels is made smaller, of larger pixels left out, of unknown ones taken as wanted', async () => {
		await spots(640, 640).toFile(join(folder, 'fine.png'));
		const { image } = await usable('fine.png', 0.25);
		expect([image.widthPx, image.mpp]).toEqual([320, 0.25]);
		expect((await usable('fine.png', 0.49)).image.widthPx).toBe(640);
		expect((await usable('fine.png')).image.widthPx).toBe(640);
		expect(await usableSource(source('fine.png', 1), WANTED)).toMatchObject({ reason: 'of larger pixels' });
		// Too few pixels are left.
		expect(await usableSource(source('fine.png', 0.125), WANTED)).toMatchObject({ reason: 'too small' });
	});

	test('a soft picture serves at half its size where it is crisp there, else not', async () => {
		await spots(640, 640).resize(1280, 1280, { kernel: 'cubic' }).png().toFile(join(folder, 'enlarged.png'));
		expect((await usable('enlarged.png')).image.widthPx).toBe(640);
		await spots(320, 320).blur(4).png().toFile(join(folder, 'soft.png'));
		expect(await usableSource(source('soft.png'), WANTED)).toMatchObject({ reason: 'too soft' });
	});

	test('blocks of JPEG leave a picture out', async () => {
		await spots(300, 300).jpeg({ quality: 4 }).toFile(join(folder, 'worn.jpg'));
		expect(await usableSource(source('worn.jpg'), WANTED)).toMatchObject({ reason: 'JPEG-worn' });
		await spots(300, 300).jpeg({ quality: 90 }).toFile(join(folder, 'fresh.jpg'));
		expect((await usable('fresh.jpg')).squares).toHaveLength(1);
	});

	test('a small picture is left out, and patches need pictures as large as they are', async () => {
		await spots(255, 600).toFile(join(folder, 'narrow.png'));
		expect(await usableSource(source('narrow.png'), WANTED)).toMatchObject({ reason: 'too small' });
		const large = { sidePx: 512, mpp: 0.5 };
		expect(await usableSource(source('crisp.png'), large)).toMatchObject({ reason: 'too small' });
	});

	test('what cannot be read says why and stops nothing', async () => {
		await writeFile(join(folder, 'broken.png'), 'no picture');
		for (const [name, message] of [
			['missing.png', /missing\.png does not exist/],
			['broken.png', /broken\.png is no picture that can be read/],
		] as const) {
			const left = await usableSource(source(name), WANTED);
			expect(left).toEqual({ name, reason: 'unreadable', message: expect.stringMatching(message) });
		}
	});
});

describe.skipIf(!hasShared)('real pictures', () => {
	test('collections are grouped by slide, and sharp 20x tiles serve', async () => {
		const found = await findStackSources([sharedPath('data')]);
		expect(new Set(found.map(({ group }) => group)).size).toBeLessThan(found.length);
		for (const { licence } of found) expect(licence).not.toBe('');
		const regions = found.filter(({ name }) => name.includes('cmu1_region'));
		expect(regions.length).toBeGreaterThan(2);
		for (const region of regions) {
			const result = await usableSource(region, WANTED);
			expect('squares' in result && result.squares.length, region.name).toBeGreaterThan(0);
		}
	});

	test('a sharp tile that is blurred serves no more', async () => {
		const [region] = (await findStackSources([sharedPath('data')])).filter(({ name }) => name.includes('cmu1_region'));
		await sharp(region!.path).blur(3).png().toFile(join(folder, 'blurred.png'));
		expect(await usableSource(source('blurred.png', 0.5), WANTED)).toMatchObject({ reason: 'too soft' });
	});
});
