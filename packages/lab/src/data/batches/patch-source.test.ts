import { ArgumentError, FormatError, type RgbImage } from '@parfocal/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FLIPS_AND_TURNS } from '../pixels/augmentation.ts';
import { UNIT_RANGE } from '../pixels/normalisation.ts';
import { createPatchPreparer, type Preparation } from '../pixels/preparation.ts';
import { assembleBatch, type BatchMaker, type BatchRequest } from './assemble-batch.ts';
import { epochBatches } from './epoch-plan.ts';
import { createLocalBatchMaker } from './local-batch-maker.ts';
import { createPatchSource, type PatchBatch, type PatchSourceOptions } from './patch-source.ts';

const PREPARATION: Preparation = {
	resample: 'none',
	crop: { kind: 'random', sizePx: 5 },
	augmentation: FLIPS_AND_TURNS,
	normalisation: UNIT_RANGE,
};
const COUNT = 22;

function noise(index: number): RgbImage {
	const data = Uint8Array.from({ length: 300 }, (_, i) => (i * 17 + index * 57 + ((i * i) >> 2)) % 256);
	return { layout: 'rgb', widthPx: 10, heightPx: 10, data };
}

interface Counting {
	readonly maker: BatchMaker;
	readonly decoded: number[];
}

function local(broken: readonly number[] = [], cacheBytes = 1e6, preparation = PREPARATION): Counting {
	const decoded: number[] = [];
	const maker = createLocalBatchMaker({
		preparation,
		names: Array.from({ length: COUNT }, (_, i) => `${i}.png`),
		cacheBytes,
		decode(index) {
			decoded.push(index);
			if (broken.includes(index)) throw new FormatError('picture', 'corrupt', `${index}.png is damaged.`);
			return noise(index);
		},
	});
	return { maker, decoded };
}

function source(change: Partial<PatchSourceOptions> = {}, { maker } = local()) {
	return createPatchSource({
		maker,
		indices: Array.from({ length: COUNT }, (_, i) => i),
		labels: Array.from({ length: COUNT }, (_, i) => i % 3),
		crop: PREPARATION.crop,
		batchSize: 4,
		shuffle: true,
		seed: 9,
		...change,
	});
}

/** Copies, as batches are overwritten. */
async function collect(batches: AsyncIterable<PatchBatch>): Promise<PatchBatch[]> {
	const all: PatchBatch[] = [];
	for await (const batch of batches) all.push({ ...batch, pixels: batch.pixels.slice() });
	return all;
}

test('an epoch goes through every patch once, with its labels', async () => {
	const batches = await collect(source().epoch(0));
	expect(batches.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5]);
	const indices = batches.flatMap((batch) => [...batch.indices]);
	expect([...indices].sort((a, b) => a - b)).toEqual(Array.from({ length: COUNT }, (_, i) => i));
	for (const { indices: own, labels, pixels } of batches) {
		expect([...labels]).toEqual([...own].map((i) => i % 3));
		expect(pixels).toHaveLength(own.length * 75);
	}
	expect(source().batchesPerEpoch).toBe(6);
});

test('neither prefetch nor the cache changes a number', async () => {
	const plain = await collect(source({ prefetch: 0 }, local([], 0)).epoch(3));
	expect(await collect(source({ prefetch: 5 }).epoch(3))).toEqual(plain);
	expect(await collect(source({ prefetch: 1 }, local([], 700)).epoch(3))).toEqual(plain);
});

test('an epoch is taken up at any batch, by a new source too', async () => {
	const whole = await collect(source().epoch(1));
	expect(await collect(source().epoch(1, { batch: 4 }))).toEqual(whole.slice(4));
	expect(await collect(source().epoch(1, { batch: 6 }))).toEqual([]);
});

test('epochs differ in order and in crops', async () => {
	const own = source({ shuffle: false });
	const [first, second] = [await collect(own.epoch(0)), await collect(own.epoch(1))];
	expect(second[0]!.indices).toEqual(first[0]!.indices);
	expect(second[0]!.pixels).not.toEqual(first[0]!.pixels);
	const mixed = source();
	expect((await collect(mixed.epoch(1)))[0]!.indices).not.toEqual((await collect(mixed.epoch(0)))[0]!.indices);
});

test('pictures are decoded once when they fit the budget, and again when they do not', async () => {
	const roomy = local();
	const tight = local([], 10 * 300);
	for (const { maker } of [roomy, tight]) {
		const own = source({}, { maker, decoded: [] });
		for (let epoch = 0; epoch < 3; epoch++) await collect(own.epoch(epoch));
	}
	expect(roomy.decoded).toHaveLength(COUNT);
	expect(tight.decoded).toHaveLength(10 + 3 * (COUNT - 10));
});

test('only so many batches are made ahead, and memory goes round', async () => {
	const made: { request: BatchRequest; reuse: unknown }[] = [];
	const { maker } = local();
	const watching: BatchMaker = {
		make(request, reuse, signal) {
			made.push({ request, reuse });
			return maker.make(request, reuse, signal);
		},
		[Symbol.asyncDispose]: async () => undefined,
	};
	const batches = source(
		{ prefetch: 2, indices: Array.from({ length: 20 }, (_, i) => i) },
		{ maker: watching, decoded: [] },
	).epoch(0);
	const memory = new Set<unknown>();
	const first = (await batches.next()).value!;
	expect(made.length).toBe(4);
	memory.add(first.pixels.buffer);
	for await (const { pixels } of batches) memory.add(pixels.buffer);
	expect(made.length).toBe(5);
	expect(made[4]!.reuse).toBeDefined();
	expect(memory.size).toBe(4);
});

test('a few damaged pictures are named and the others go on; batches stay full', async () => {
	const own = source({}, local([3, 11]));
	const batches = await collect(own.epoch(0));
	expect(batches.slice(0, -1).every(({ indices }) => indices.length === 4)).toBe(true);
	expect(batches.flatMap(({ indices }) => [...indices])).not.toContain(3);
	expect(own.failures.map(({ index }) => index).sort((a, b) => a - b)).toEqual([3, 11]);
	await collect(own.epoch(1));
	expect(own.failures).toHaveLength(2);
});

test('too many are an error that names the first of them', async () => {
	const own = source({}, local([1, 2, 3, 4, 5, 6, 7]));
	const error = await collect(own.epoch(0)).catch((caught: unknown) => caught);
	expect(error).toBeInstanceOf(FormatError);
	expect((error as Error).message).toMatch(
		/^\d of 22 patches cannot be used; repair them or leave them out:\n {2}\d\.png is damaged/,
	);
	await expect(collect(source({ tolerated: 7 }, local([1, 2, 3, 4, 5, 6, 7])).epoch(0))).resolves.toHaveLength(6);
	const alone = source({ indices: [1], tolerated: 5 }, local([1]));
	await expect(collect(alone.epoch(0))).rejects.toThrow('1 of 1 patches cannot be used');
});

test('a grid gives one batch a patch, with as many crops as fit', async () => {
	const crop = { kind: 'grid', sizePx: 5, stridePx: 5 } as const;
	const own = source({ crop, shuffle: false, batchSize: 8 }, local([], 1e6, { ...PREPARATION, crop }));
	expect(own.batchesPerEpoch).toBe(COUNT);
	const batches = await collect(own.epoch(0));
	expect([...batches[2]!.indices]).toEqual([2, 2, 2, 2]);
	expect([...batches[2]!.labels]).toEqual([2, 2, 2, 2]);
});

test('crops that are not random leave damaged pictures out', async () => {
	const crop = { kind: 'centre', sizePx: 5 } as const;
	const own = source({ crop, shuffle: false }, local([1, 4, 5, 6, 7], 1e6, { ...PREPARATION, crop }));
	await expect(collect(own.epoch(0))).rejects.toThrow(FormatError);
	const tolerant = source(
		{ crop, shuffle: false, tolerated: 9 },
		local([1, 4, 5, 6, 7], 1e6, { ...PREPARATION, crop }),
	);
	const batches = await collect(tolerant.epoch(0));
	expect([...batches[0]!.indices]).toEqual([0, 2, 3]);
	// The second batch was empty and is not given.
	expect(batches.map(({ number }) => number)).toEqual([0, 2, 3, 4, 5]);
});

test("aborting ends an epoch with the signal's reason", async () => {
	const controller = new AbortController();
	const batches = source().epoch(0, { signal: controller.signal });
	await batches.next();
	controller.abort(new Error('enough'));
	await expect(batches.next()).rejects.toThrow('enough');
});

test('no patches and no full batch are refused at once', () => {
	expect(() => source({ indices: [] })).toThrow(ArgumentError);
	expect(() => source({ indices: [1, 2], lastBatch: 'drop' })).toThrow(/do not fill a batch/);
});

test('whatever the settings, an epoch is its plan assembled batch by batch, from wherever it begins', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.uniqueArray(fc.nat(COUNT - 1), { minLength: 1, maxLength: COUNT }),
			fc.integer({ min: 1, max: 9 }),
			fc.integer({ min: 0, max: 6 }),
			fc.nat(1000),
			fc.nat(5),
			fc.boolean(),
			fc.nat(4),
			async (indices, batchSize, prefetch, seed, epoch, shuffle, skip) => {
				const own = source({ indices, batchSize, prefetch, seed, shuffle });
				const plan = epochBatches(indices, epoch, { batchSize, seed, shuffle });
				const first = Math.min(skip, plan.length);
				const batches = await collect(own.epoch(epoch, { batch: first }));
				expect(own.batchesPerEpoch).toBe(plan.length);
				expect(batches.map((batch) => [...batch.indices])).toEqual(plan.slice(first));
				const preparer = createPatchPreparer(PREPARATION);
				const pictures = { name: String, get: noise };
				for (const batch of batches) {
					const request = { seed, epoch, indices: plan[batch.number]!, refill: true };
					expect(batch.pixels).toEqual((await assembleBatch(request, preparer, pictures)).pixels);
				}
			},
		),
		{ numRuns: 60 },
	);
});

test('an epoch left early leaves nothing that fails later', async () => {
	const own = source({ prefetch: 3, tolerated: 0 }, local([20, 21]));
	for await (const { number } of own.epoch(0)) if (number === 0) break;
	// Batches that were being made are dropped; the next epoch begins anew.
	const first = await own.epoch(1).next();
	expect(first.value!.number).toBe(0);
});
