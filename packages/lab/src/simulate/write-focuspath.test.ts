import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDataset, SIMULATED } from '../data/sets/open-dataset.ts';
import { spots } from '../data/testing/sharp-pictures.ts';
import { type SimulatedFocusPathOptions, writeSimulatedFocusPath } from './write-focuspath.ts';

const OPTIONS: SimulatedFocusPathOptions = {
	slides: 3,
	positions: 2,
	slices: 6,
	sidePx: 96,
	stepUm: 1,
	mpp: 0.25,
	seed: 3,
};

let folder: string;
let steps: number[] = [];
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'parfocal-focuspath-'));
	const made = await writeSimulatedFocusPath(folder, { ...OPTIONS, onProgress: (done) => steps.push(done) });
	expect(made).toEqual({ slides: 3, patches: 36, list: 'list.csv', leftOut: [] });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Mean square of what neighbours differ by: how much detail there is. */
async function detail(name: string): Promise<number> {
	const { data, info } = await sharp(join(folder, name)).greyscale().raw().toBuffer({ resolveWithObject: true });
	expect(info).toMatchObject({ width: 96, height: 96 });
	let sum = 0;
	for (let i = 1; i < data.length; i++) sum += (data[i]! - data[i - 1]!) ** 2;
	return sum / data.length;
}

test('tells of every patch once', () => {
	expect(steps).toEqual(Array.from({ length: 36 }, (_, i) => i + 1));
	steps = [];
});

test('is read as a set laid out like FocusPath, with its z and its split by slide', async () => {
	const set = await openDataset(folder);
	expect(set.patches).toHaveLength(36);
	expect(set.notes).toContain(SIMULATED);
	const sides = new Map<string, Set<string>>();
	for (const { slide, split } of set.patches.map((patch) => ({ slide: patch.group.slide, split: patch.split! }))) {
		sides.set(slide, (sides.get(slide) ?? new Set()).add(split));
	}
	expect(sides.size).toBe(3);
	for (const own of sides.values()) expect(own.size).toBe(1);
	expect(new Set([...sides.values()].flatMap((own) => [...own]))).toEqual(new Set(['train', 'validation', 'test']));
});

test('the sharpest plane is the one with z 0, and detail falls to both sides', async () => {
	const rows = (await readFile(join(folder, 'list.csv'), 'utf8')).trim().split('\n').slice(1);
	const stacks = new Map<string, { z: number; detail: number }[]>();
	for (const row of rows) {
		const [name = '', z = ''] = row.split(',');
		const stack = name.replace(/_Slice\d+/, '');
		stacks.set(stack, [...(stacks.get(stack) ?? []), { z: Number(z), detail: await detail(name) }]);
	}
	expect(stacks.size).toBe(6);
	for (const planes of stacks.values()) {
		expect(planes.filter(({ z }) => z === 0)).toHaveLength(1);
		const byDistance = planes.toSorted((a, b) => Math.abs(a.z) - Math.abs(b.z));
		for (let i = 1; i < byDistance.length; i++) {
			const [near, far] = [byDistance[i - 1]!, byDistance[i]!];
			if (Math.abs(near.z) < Math.abs(far.z)) expect(far.detail).toBeLessThan(near.detail);
		}
	}
});

describe('of pictures', () => {
	const options = { ...OPTIONS, slides: undefined, mpp: 0.5, slices: 3, sidePx: 256, positions: 2 };
	let from: string;
	beforeAll(async () => {
		from = await mkdtemp(join(tmpdir(), 'parfocal-focuspath-'));
		for (const name of ['a', 'b', 'c', 'd'])
			await spots(300, 560, name.charCodeAt(0)).toFile(join(from, `${name}.png`));
		await spots(100, 100).toFile(join(from, 'small.png'));
	});
	afterAll(() => rm(from, { recursive: true, force: true }));

	test('each picture is a slide, whole on one side; what did not serve is told', async () => {
		const to = join(folder, 'pictured');
		const made = await writeSimulatedFocusPath(to, { ...options, images: [from] });
		expect(made).toEqual({
			...{ slides: 4, patches: 24, list: 'list.csv' },
			leftOut: [{ name: 'small.png', reason: 'too small' }],
		});
		const set = await openDataset(to);
		expect(set.notes).toContain(SIMULATED);
		expect(set.patches).toHaveLength(24);
		const sides = new Map(set.patches.map(({ group, split }) => [group.slide, split]));
		for (const { group, split } of set.patches) expect(split).toBe(sides.get(group.slide));
		expect([...sides.values()].sort()).toEqual(['test', 'train', 'train', 'validation']);
		const sources = await readFile(join(to, 'sources.csv'), 'utf8');
		expect(sources).toMatch(/^slide,split,picture,source,licence,attribution\nSlide01,\w+,a\.png,a\.png,,\n/);
		expect(sources).not.toContain(from);
		expect(await readFile(join(to, 'README.md'), 'utf8')).toMatch(/sharp pictures.*Left out: 1 too small/s);
	});

	test('the plane in focus is the picture itself, but for noise', async () => {
		const to = join(folder, 'pictured');
		const focused = (await openDataset(to)).patches.find(
			({ zLevel, group }) => zLevel === 0 && group.slide === 'Slide02',
		)!;
		const patch = await sharp(join(to, focused.path)).raw().toBuffer();
		const differences = await Promise.all(
			[24, 280].map(async (top) => {
				const square = sharp(join(from, 'b.png')).extract({ left: 22, top, width: 256, height: 256 });
				const own = await square.raw().toBuffer();
				return Math.sqrt(own.reduce((sum, value, i) => sum + (value - patch[i]!) ** 2, 0) / own.length);
			}),
		);
		expect(Math.min(...differences)).toBeLessThan(2);
	});

	test('more than 99 slides have longer numbers', async () => {
		const many = join(folder, 'many');
		await mkdir(many);
		const bytes = await spots(256, 256).png().toBuffer();
		await Promise.all(Array.from({ length: 101 }, (_, i) => writeFile(join(many, `${1000 + i}.png`), bytes)));
		const small = { ...options, sidePx: 64, slices: 2, positions: 1, images: [many] };
		await writeSimulatedFocusPath(join(folder, 'long'), small);
		const names = await readdir(join(folder, 'long'));
		expect(names).toEqual(
			expect.arrayContaining(['Slide09_Strip00_Slice01_Position01.png', 'Slide101_Strip00_Slice02_Position01.png']),
		);
		expect(new Set((await openDataset(join(folder, 'long'))).patches.map(({ group }) => group.slide)).size).toBe(101);
	}, 60_000);
});

test('says that it is simulated', async () => {
	expect(await readFile(join(folder, 'README.md'), 'utf8')).toMatch(/^# Simulated.*Everything here is simulated/s);
});

test('the same seed gives the same bytes, another one others', async () => {
	const again = await mkdtemp(join(tmpdir(), 'parfocal-focuspath-'));
	const small = { ...OPTIONS, positions: 1, slices: 2 };
	const bytes = async (name: string, seed: number): Promise<Buffer> => {
		await writeSimulatedFocusPath(join(again, name), { ...small, seed });
		const [first = ''] = (await readdir(join(again, name))).filter((file) => file.endsWith('.png')).sort();
		return readFile(join(again, name, first));
	};
	const [a, b, c] = [await bytes('a', 3), await bytes('b', 3), await bytes('c', 4)];
	await rm(again, { recursive: true });
	expect(b.equals(a)).toBe(true);
	expect(c.equals(a)).toBe(false);
});

test.each([
	[{ slides: 2 }, /three at least/],
	[{ slices: 1 }, /two planes/],
	[{ sidePx: 20 }, /64 to 1024/],
	[{ stepUm: 0 }, /must lie apart/],
	[{ stepUm: 50 }, /blurs over more than 384 px/],
	[{ positions: 99, sidePx: 1024 }, /places of 1024 px in focus/],
] as const)('%o is refused', async (change, message) => {
	await expect(writeSimulatedFocusPath(join(folder, 'none'), { ...OPTIONS, ...change })).rejects.toThrow(message);
});

test('a folder that cannot be written is named, and a stop stops', async () => {
	await expect(writeSimulatedFocusPath(join(folder, 'list.csv', 'x'), OPTIONS)).rejects.toThrow(/list\.csv/);
	const stopped = writeSimulatedFocusPath(join(folder, 'stopped'), { ...OPTIONS, signal: AbortSignal.abort() });
	await expect(stopped).rejects.toThrow(/abort/i);
});
