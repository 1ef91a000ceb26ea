import { expect, test, vi } from 'vitest';
import { createFeatureSource, takeFeatures } from './feature-source.ts';

const table = { count: 2, features: new Map([0, 1, 2, 4].map((i) => [i, Float32Array.of(i, 10 * i)])) };
const options = { indices: [0, 1, 2, 4], labels: [5, 6, 7, 8, 9], batchSize: 3, shuffle: false, seed: 1 };

async function all(source: ReturnType<typeof createFeatureSource>, epoch = 0, batch = 0) {
	const batches = [];
	for await (const own of source.epoch(epoch, { batch })) batches.push(own);
	return batches;
}

test('gives features in batches with labels', async () => {
	const source = createFeatureSource(table, options);
	expect(source.batchesPerEpoch).toBe(2);
	const [first, second] = await all(source);
	expect([...first!.pixels]).toEqual([0, 0, 1, 10, 2, 20]);
	expect([...second!.pixels]).toEqual([4, 40]);
	expect([...second!.labels]).toEqual([9]);
	expect([...second!.indices]).toEqual([4]);
	expect(second!.number).toBe(1);
	expect((await all(source, 0, 1)).map(({ number }) => number)).toEqual([1]);
});

test('mixes as pictures are mixed: by seed and epoch', async () => {
	const orders = async (seed: number) => {
		const source = createFeatureSource(table, { ...options, shuffle: true, seed });
		return [0, 1, 2, 3].map(async (epoch) => (await all(source, epoch)).flatMap(({ indices }) => [...indices]).join());
	};
	const [one, again, other] = await Promise.all([1, 1, 2].map(async (seed) => Promise.all(await orders(seed))));
	expect(again).toEqual(one);
	expect(other).not.toEqual(one);
	expect(new Set(one).size).toBeGreaterThan(1);
});

test('patches without features are left out; nothing at all is an error', async () => {
	const source = createFeatureSource(table, { ...options, indices: [3, 4, 7] });
	expect((await all(source)).flatMap(({ indices }) => [...indices])).toEqual([4]);
	expect(() => createFeatureSource(table, { ...options, indices: [3] })).toThrow(/no patches/);
});

test('features are taken once, short batches filled up for the reader and cut again', async () => {
	const sizes: number[] = [];
	const reader = {
		count: 1,
		read: vi.fn(async (pictures: Float32Array) => {
			sizes.push(pictures.length);
			return Float32Array.from({ length: 3 }, (_, i) => pictures[2 * i]! + pictures[2 * i + 1]!);
		}),
		close: async () => {},
	};
	const progress = vi.fn();
	const taken = await takeFeatures(createFeatureSource(table, options), reader, 3, { onProgress: progress });
	expect([...taken.features].map(([index, [sum]]) => [index, sum])).toEqual([
		[0, 0],
		[1, 11],
		[2, 22],
		[4, 44],
	]);
	expect(sizes).toEqual([6, 6]);
	expect(progress.mock.calls).toEqual([
		[1, 2],
		[2, 2],
	]);
	const stopped = takeFeatures(createFeatureSource(table, options), reader, 3, { signal: AbortSignal.abort('enough') });
	await expect(stopped).rejects.toBe('enough');
});
