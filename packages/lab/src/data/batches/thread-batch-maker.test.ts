import { join } from 'node:path';
import { ThreadLost } from '@parfocal/node';
import { beforeAll, describe, expect, test } from 'vitest';
import { FLIPS_AND_TURNS } from '../pixels/augmentation.ts';
import type { Preparation } from '../pixels/preparation.ts';
import { noise, pictures, writtenSet } from '../sets/testing/written-set.ts';
import type { BatchRequest } from './assemble-batch.ts';
import { decodePicture } from './decode-picture.ts';
import { createLocalBatchMaker } from './local-batch-maker.ts';
import { createThreadBatchMaker } from './thread-batch-maker.ts';

const PREPARATION: Preparation = {
	resample: { method: 'bilinear-antialias', widthPx: 20, heightPx: 20 },
	crop: { kind: 'random', sizePx: 15 },
	augmentation: FLIPS_AND_TURNS,
	normalisation: 'bytes',
};
const COUNT = 8;
let paths: string[];
beforeAll(async () => {
	const names = Array.from({ length: COUNT }, (_, i) => `${i}.png`);
	const root = await writtenSet(pictures(names, 48));
	paths = names.map((name) => join(root, name));
});

const request = (epoch: number, ...indices: number[]): BatchRequest => ({ seed: 11, epoch, indices, refill: true });

test('batches asked for at once come back each to its own, as one thread would make them', async () => {
	const requests = Array.from({ length: 12 }, (_, i) => request(i, i % COUNT, (i + 3) % COUNT, (5 * i) % COUNT));
	await using local = createLocalBatchMaker({
		preparation: PREPARATION,
		names: paths,
		decode: (index) => decodePicture(paths[index]!),
	});
	await using maker = createThreadBatchMaker({ preparation: PREPARATION, paths, threads: 2 });
	const together = await Promise.all(requests.map((each) => maker.make(each)));
	for (const [i, own] of together.entries()) {
		expect(own.indices).toEqual(requests[i]!.indices);
		expect(own).toEqual(await local.make(requests[i]!));
	}
});

test('pixels come in memory of their own, which can be handed on', async () => {
	await using maker = createThreadBatchMaker({ preparation: PREPARATION, paths, threads: 1 });
	const { pixels } = await maker.make(request(0, 1, 2));
	expect(pixels.buffer).toBeInstanceOf(ArrayBuffer);
	expect(pixels.byteOffset).toBe(0);
	expect(structuredClone(pixels, { transfer: [pixels.buffer] })).toHaveLength(2 * 3 * 225);
});

describe('what is kept', () => {
	test('is shared between threads, and not more than the budget', async () => {
		const folder = await writtenSet(pictures(['a.png', 'b.png', 'c.png'], 48));
		const own = ['a.png', 'b.png', 'c.png'].map((name) => join(folder, name));
		// Two resampled pictures fit.
		await using maker = createThreadBatchMaker({
			preparation: PREPARATION,
			paths: own,
			threads: 2,
			cacheBytes: 2 * 1200,
		});
		await maker.make(request(0, 0, 1, 2));
		const { writeFileSync } = await import('node:fs');
		for (const path of own) writeFileSync(path, 'gone');
		const all = await Promise.all([1, 2, 3, 4].map((epoch) => maker.make(request(epoch, 0, 1, 2))));
		for (const { failures } of all) expect(failures.map(({ index }) => index)).toEqual([2]);
	});

	test('a picture that failed is tried again: it may be back', async () => {
		const folder = await writtenSet({ 'a.png': 'not yet' });
		const path = join(folder, 'a.png');
		await using maker = createThreadBatchMaker({ preparation: PREPARATION, paths: [path], threads: 1 });
		expect((await maker.make(request(0, 0))).failures).toHaveLength(1);
		const { writeFileSync } = await import('node:fs');
		writeFileSync(path, await noise(9, 48));
		expect((await maker.make(request(0, 0))).indices).toEqual([0]);
	});
});

test('after disposing nothing is made', async () => {
	const maker = createThreadBatchMaker({ preparation: PREPARATION, paths, threads: 1 });
	await maker.make(request(0, 1));
	await maker[Symbol.asyncDispose]();
	const error = await maker.make(request(0, 1)).catch((caught: unknown) => caught);
	expect((error as Error).name).toBe('AbortError');
	expect(error).not.toBeInstanceOf(ThreadLost);
});
