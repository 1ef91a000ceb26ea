import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError } from '@parfocal/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spots, writeManifest } from '../data/testing/sharp-pictures.ts';
import { seededRandom } from './random.ts';
import { drawnSlides, leftOutWords, picturedSlides } from './stack-slides.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'parfocal-slides-'));
	await mkdir(join(folder, 'plain'));
	await mkdir(join(folder, 'listed'));
	for (let i = 0; i < 6; i++) {
		await spots(i === 0 ? 530 : 280, 280, i + 1).toFile(join(folder, 'plain', `${i}.png`));
		await spots(280, 280, i + 11).toFile(join(folder, 'listed', `${i}.png`));
	}
	await spots(200, 200).toFile(join(folder, 'plain', 'small.png'));
	const entry = { role: 'sharp', source_repo: 'repo', licence: 'MIT' };
	await writeManifest(
		join(folder, 'listed'),
		Array.from({ length: 6 }, (_, i) => ({ ...entry, file: `${i}.png`, source_path: `slide ${i >> 1}` })),
	);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const WANTED = { positions: 3, sidePx: 256, mpp: 0.5, seed: 1 };

describe('drawn slides', () => {
	test('are split 60, 20, 20, and give the places asked for', async () => {
		const slides = drawnSlides({ ...WANTED, slides: 10, sidePx: 64 });
		expect(slides.map(({ side }) => side)).toEqual([
			...Array<string>(6).fill('train'),
			...['validation', 'validation', 'test', 'test'],
		]);
		const places = await slides[0]!.places(seededRandom(1));
		expect(places).toHaveLength(3);
		for (const { picture, left, top } of places) {
			expect([picture.widthPx, picture.heightPx, left, top]).toEqual([64, 64, 0, 0]);
		}
	});

	test('three have one a side', () => {
		expect(drawnSlides({ ...WANTED, slides: 3 }).map(({ side }) => side)).toEqual(['train', 'validation', 'test']);
	});
});

describe('slides of pictures', () => {
	test('each picture of a plain folder is one, with as many places as it holds', async () => {
		const { slides, leftOut } = await picturedSlides([join(folder, 'plain')], WANTED);
		expect(slides.map(({ sources }) => sources.map(({ name }) => name))).toEqual([
			...['0.png', '1.png', '2.png', '3.png', '4.png', '5.png'].map((name) => [name]),
		]);
		expect(slides.map(({ positions }) => positions)).toEqual([2, 1, 1, 1, 1, 1]);
		expect(leftOut).toEqual([{ name: 'small.png', reason: 'too small' }]);
		expect(await slides[0]!.places(seededRandom(1))).toHaveLength(2);
		expect(slides.map(({ side }) => side).sort()).toEqual(['test', 'train', 'train', 'train', 'train', 'validation']);
	});

	test('pictures of one slide stay together, and no more places are taken than asked for', async () => {
		const { slides } = await picturedSlides([join(folder, 'listed')], { ...WANTED, positions: 1 });
		expect(slides.map(({ sources }) => sources.length)).toEqual([2, 2, 2]);
		expect(slides.map(({ positions }) => positions)).toEqual([1, 1, 1]);
		expect(await slides[1]!.places(seededRandom(1))).toHaveLength(1);
	});

	test('the seed chooses sides and slides; the same seed the same', async () => {
		const sides = async (seed: number, slides?: number): Promise<string[]> => {
			const made = await picturedSlides([join(folder, 'plain')], { ...WANTED, seed, slides });
			return made.slides.map(({ side, sources }) => `${sources[0]!.name} ${side}`);
		};
		expect(await sides(1)).toEqual(await sides(1));
		const others = await Promise.all([2, 3, 4].map((seed) => sides(seed)));
		expect(others.some((other) => other.join() !== others[0]!.join())).toBe(true);
		expect(await sides(1, 4)).toHaveLength(4);
	});

	test('tells of every picture looked at, and stops when told', async () => {
		const looked: string[] = [];
		await picturedSlides([join(folder, 'plain')], WANTED, {
			onLooked: (done, total) => looked.push(`${done}/${total}`),
		});
		expect(looked).toEqual(['1/7', '2/7', '3/7', '4/7', '5/7', '6/7', '7/7']);
		const stopped = picturedSlides([join(folder, 'plain')], WANTED, { signal: AbortSignal.abort() });
		await expect(stopped).rejects.toThrow(/abort/i);
	});

	test('fewer than three slides cannot be split; what was left out is said', async () => {
		const few = ['0.png', '1.png', 'small.png'].map((name) => join(folder, 'plain', name));
		await expect(picturedSlides(few, WANTED)).rejects.toThrow(ArgumentError);
		await expect(picturedSlides(few, WANTED)).rejects.toThrow(/2 slides.*of 3 pictures.*Left out: 1 too small/);
		await expect(picturedSlides(few.slice(0, 1), WANTED)).rejects.toThrow(/three slides at least\.$/);
	});

	test('a picture that changed meanwhile is named', async () => {
		const { slides } = await picturedSlides([join(folder, 'listed')], WANTED);
		await spots(100, 100).toFile(join(folder, 'listed', '4.png'));
		await expect(slides[2]!.places(seededRandom(1))).rejects.toThrow(/4\.png changed.*too small now/);
	});
});

test('reasons are counted', () => {
	expect(leftOutWords([])).toBe('');
	expect(
		leftOutWords([
			{ name: 'a', reason: 'too soft' },
			{ name: 'b', reason: 'JPEG-worn' },
			{ name: 'c', reason: 'too soft' },
		]),
	).toBe('2 too soft, 1 JPEG-worn');
});
