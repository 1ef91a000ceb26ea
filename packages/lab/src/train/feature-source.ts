/**
 * Features of a frozen backbone in place of pictures: taken once, then given in batches as pictures would be.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { type EpochOptions, epochBatches } from '../data/batches/epoch-plan.ts';
import type { PatchSource } from '../data/batches/patch-source.ts';
import type { FeatureReader } from '../networks/backbone-features.ts';

/** Features by patch of the set. */
export interface FeatureTable {
	/** Numbers a patch. */
	readonly count: number;
	readonly features: ReadonlyMap<number, Float32Array>;
}

/**
 * Takes the features of every patch of `source`, once. A patch with several crops has the mean of theirs.
 * @param batch - what the reader takes at a time
 */
export async function takeFeatures(
	source: PatchSource,
	reader: FeatureReader,
	batch: number,
	{ signal, onProgress }: { signal?: AbortSignal | undefined; onProgress?: (done: number, total: number) => void } = {},
): Promise<FeatureTable> {
	const features = new Map<number, Float32Array>();
	const { count } = reader;
	for await (const { number, pixels, indices } of source.epoch(0)) {
		signal?.throwIfAborted();
		const size = pixels.length / indices.length;
		const own = new Float32Array(batch * size);
		own.set(pixels);
		const read = await reader.read(own);
		for (const [i, index] of indices.entries()) features.set(index, read.slice(i * count, (i + 1) * count));
		onProgress?.(number + 1, source.batchesPerEpoch);
	}
	return { count, features };
}

/** What of a table, in what batches. */
export interface FeatureSourceOptions extends EpochOptions {
	/** Patches of this source; those without features are left out. */
	readonly indices: readonly number[];
	/** By patch of the set. */
	readonly labels: ArrayLike<number>;
}

/**
 * Batches of features, in the order that pictures would come in.
 * @throws {ArgumentError} when no patch has features
 */
export function createFeatureSource({ count, features }: FeatureTable, options: FeatureSourceOptions): PatchSource {
	const { labels } = options;
	const indices = options.indices.filter((index) => features.has(index));
	if (indices.length === 0) throw new ArgumentError('indices', 'There are no patches to make batches of.');
	return {
		batchesPerEpoch: epochBatches(indices, 0, options).length,
		failures: [],
		async *epoch(epoch, { batch = 0, signal } = {}) {
			for (const [number, own] of epochBatches(indices, epoch, options).entries()) {
				if (number < batch) continue;
				signal?.throwIfAborted();
				const pixels = new Float32Array(own.length * count);
				for (const [i, index] of own.entries()) pixels.set(features.get(index)!, i * count);
				yield { number, pixels, labels: Float32Array.from(own, (i) => labels[i]!), indices: Int32Array.from(own) };
			}
		},
		async [Symbol.asyncDispose]() {},
	};
}
