import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArgumentError, FormatError } from '@parfocal/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { NO_AUGMENTATION, PAPERS_AUGMENTATION } from '../pixels/augmentation.ts';
import { IMAGENET_STATISTICS } from '../pixels/normalisation.ts';
import type { Preparation } from '../pixels/preparation.ts';
import { openDataset } from '../sets/open-dataset.ts';
import type { PatchSet } from '../sets/patch-set.ts';
import { pictures, writtenSet } from '../sets/testing/written-set.ts';
import { type OpenPatchSourceOptions, openPatchSource } from './open-patch-source.ts';
import type { PatchBatch, PatchSource } from './patch-source.ts';
import { createThreadBatchMaker, defaultBatchThreads } from './thread-batch-maker.ts';

const PREPARATION: Preparation = {
	resample: { method: 'bilinear', widthPx: 24, heightPx: 24 },
	crop: { kind: 'random', sizePx: 17 },
	augmentation: PAPERS_AUGMENTATION,
	normalisation: IMAGENET_STATISTICS,
};
const paths = Array.from({ length: 14 }, (_, i) => `${i % 3}/${i}.png`);
let set: PatchSet;
beforeAll(async () => {
	set = await openDataset(await writtenSet(pictures(paths, 40)));
});

function source(change: Partial<OpenPatchSourceOptions> = {}, of = set): PatchSource {
	const indices = of.patches.map((_, i) => i);
	return openPatchSource(of, {
		indices,
		preparation: PREPARATION,
		batchSize: 4,
		shuffle: true,
		seed: 5,
		threads: 0,
		...change,
	});
}

async function twoEpochs(own: PatchSource): Promise<PatchBatch[]> {
	await using open = own;
	const all: PatchBatch[] = [];
	for (const epoch of [0, 1]) {
		for await (const batch of open.epoch(epoch)) all.push({ ...batch, pixels: batch.pixels.slice() });
	}
	return all;
}

test('labels are the classes, unless others are given', async () => {
	for (const { labels, indices } of await twoEpochs(source())) {
		expect([...labels]).toEqual([...indices].map((index) => set.patches[index]!.label));
	}
	const own = set.patches.map((_, i) => i / 10);
	for (const { labels, indices } of await twoEpochs(source({ labels: own }))) {
		expect([...labels]).toEqual([...indices].map((index) => Math.fround(own[index]!)));
	}
});

describe('threads', () => {
	test('neither their number, nor prefetch, nor the budget changes a number', async () => {
		const plain = await twoEpochs(source());
		expect(plain).toHaveLength(8);
		expect(await twoEpochs(source({ threads: 1, prefetch: 0 }))).toEqual(plain);
		expect(await twoEpochs(source({ threads: 2, prefetch: 4 }))).toEqual(plain);
		expect(await twoEpochs(source({ threads: 2, cacheBytes: 0 }))).toEqual(plain);
		expect(await twoEpochs(source({ threads: 1, cacheBytes: 5 * 3 * 24 * 24 }))).toEqual(plain);
	});

	test('bytes come as bytes, grids as one batch a patch', async () => {
		const preparation: Preparation = {
			...PREPARATION,
			crop: { kind: 'grid', sizePx: 12, stridePx: 12 },
			augmentation: NO_AUGMENTATION,
			normalisation: 'bytes',
		};
		const batches = await twoEpochs(source({ threads: 1, preparation, shuffle: false }));
		expect(batches).toHaveLength(28);
		expect(batches[0]!.pixels).toBeInstanceOf(Uint8Array);
		expect(batches[0]!.pixels).toHaveLength(4 * 3 * 12 * 12);
		expect(batches).toEqual(await twoEpochs(source({ preparation, shuffle: false })));
	});

	test('decoded pictures are kept: files may go once they have been read', async () => {
		const own = await openDataset(await writtenSet(pictures(['0/a.png', '0/b.png', '1/c.png', '1/d.png'], 40)));
		await using open = source({ threads: 1 }, own);
		for await (const _ of open.epoch(0));
		for (const { path } of own.patches) writeFileSync(join(own.root, path), 'gone');
		let seen = 0;
		for await (const { indices } of open.epoch(1)) seen += indices.length;
		expect([seen, open.failures.length]).toEqual([4, 0]);
		await using forgetful = source({ threads: 1, cacheBytes: 0 }, own);
		await expect(forgetful.epoch(0).next()).rejects.toThrow(FormatError);
	});

	test('aborting rejects with the reason of the signal', async () => {
		await using open = source({ threads: 1 });
		const controller = new AbortController();
		const batches = open.epoch(0, { signal: controller.signal });
		await batches.next();
		controller.abort(new Error('enough'));
		await expect(batches.next()).rejects.toThrow('enough');
	});
});

describe.each([0, 1])('with %i threads', (threads) => {
	test('a damaged and a small picture are named by their path, and the others go on', async () => {
		const root = await writtenSet({
			...pictures(paths, 40),
			'0/broken.png': 'no picture',
			'1/small.png': { level: 3, sidePx: 9 },
		});
		const own = await openDataset(root);
		const preparation: Preparation = { ...PREPARATION, resample: 'none' };
		await using open = source({ threads, preparation }, own);
		for await (const { indices } of open.epoch(0)) expect(indices.length).toBe(4);
		const messages = open.failures.map(({ message }) => message).sort();
		expect(messages[0]).toContain(`${join(root, '0/broken.png')} is not a picture or is damaged`);
		expect(messages[1]).toContain(
			`${join(root, '1/small.png')}: The picture has 9 x 9 pixels, less than a crop of 17 x 17`,
		);
	});

	test('wrong sizes and an empty side are refused before anything is read', () => {
		const preparation: Preparation = { ...PREPARATION, crop: { kind: 'random', sizePx: 0 } };
		expect(() => source({ threads, preparation })).toThrow(ArgumentError);
		expect(() => source({ threads, indices: [] })).toThrow(/no patches to make batches of/);
	});
});

test("what is wrong with the program is no picture's fault and is thrown", async () => {
	const preparation = { ...PREPARATION, augmentation: { ...NO_AUGMENTATION, saturation: 5 } } as unknown as Preparation;
	const own = paths.map((path) => join(set.root, path));
	await using maker = createThreadBatchMaker({ preparation, paths: own, threads: 1 });
	const request = { seed: 1, epoch: 0, indices: [7], refill: true };
	await expect(maker.make(request)).rejects.toThrow(/A batch could not be made: TypeError/);
});

test('memory handed in moves to the thread and comes back filled', async () => {
	const root = set.root;
	await using maker = createThreadBatchMaker({
		preparation: PREPARATION,
		paths: paths.map((path) => join(root, path)),
		threads: 1,
	});
	const request = { seed: 1, epoch: 0, indices: [1, 2], refill: true };
	const { pixels } = await maker.make(request);
	const first = pixels.slice();
	const again = await maker.make(request, pixels);
	expect(pixels.length).toBe(0);
	expect(again.pixels).toEqual(first);
});

test('there is always a thread to make batches', () => {
	expect(defaultBatchThreads()).toBeGreaterThanOrEqual(1);
});
