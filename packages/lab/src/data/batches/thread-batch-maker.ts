/**
 * Making batches in worker threads.
 * @module
 */
import { availableParallelism } from 'node:os';
import { createThreads } from '@parfocal/node';
import { createPatchPreparer, type Preparation } from '../pixels/preparation.ts';
import type { BatchMaker } from './assemble-batch.ts';
import type { BatchMessage, BatchReply } from './batch-worker.ts';
import { DEFAULT_CACHE_BYTES } from './local-batch-maker.ts';
import { createPictureCache } from './picture-cache.ts';

/** Where a maker with threads takes its pictures from. */
export interface ThreadBatchMakerOptions {
	readonly preparation: Preparation;
	/** Absolute path of each patch. */
	readonly paths: readonly string[];
	/** Default: one for every core but the one that trains, at least one. */
	readonly threads?: number;
	/** Bytes of decoded (and resampled) pictures to keep; the others are decoded again. Default `DEFAULT_CACHE_BYTES`. */
	readonly cacheBytes?: number;
}

/** A thread that has not finished a batch after so long is taken for hung. */
const SILENCE_MS = 300_000;

/** Threads that decoding and preparing get unless said otherwise. */
export function defaultBatchThreads(): number {
	return Math.max(2, availableParallelism() - 1);
}

/**
 * A maker with threads. Decoded pictures lie in memory that all threads share; batches move between threads without being
 * copied, so memory that is handed in as `reuse` is gone from the caller.
 */
export function createThreadBatchMaker(options: ThreadBatchMakerOptions): BatchMaker {
	const { preparation, paths, threads: count = defaultBatchThreads(), cacheBytes = DEFAULT_CACHE_BYTES } = options;
	// Wrong sizes are the caller's mistake and are said here, not in a thread.
	createPatchPreparer(preparation);
	const cache = createPictureCache(cacheBytes);
	const file = import.meta.url.endsWith('.ts') ? './batch-worker.ts' : './batch-worker.js';
	const threads = createThreads({
		url: new URL(file, import.meta.url),
		count,
		silenceMs: SILENCE_MS,
		heapMb: 512,
	});
	return {
		async make(request, reuse, signal) {
			const message: BatchMessage = {
				preparation,
				request,
				paths: request.indices.map((index) => paths[index]!),
				kept: request.indices.map((index) => cache.get(index)),
				keep: cache.bytes < cacheBytes,
				reuse,
			};
			const { batch, decoded, failure } = await threads.call<BatchReply>(message, signal, reuse ? [reuse.buffer] : []);
			for (const { index, image } of decoded) cache.add(index, image);
			if (!batch) throw new Error(`A batch could not be made: ${failure}`);
			return batch;
		},
		[Symbol.asyncDispose]: () => threads[Symbol.asyncDispose](),
	};
}
