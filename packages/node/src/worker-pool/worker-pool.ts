/**
 * The pool of worker threads that measures slides, one after another, in Node.
 * @module
 */
import { availableParallelism } from 'node:os';
import { ArgumentError } from '@parfocal/core';
import { type DeriveFile, deriveFile } from '../derived-files.ts';
import { type FileReply, type FileRequest, unpackError } from './protocol.ts';
import { createThreads, ThreadLost } from './threads.ts';
import { type WorkerMeasurer, workerMeasurer } from './worker-measurer.ts';

/** How many threads, and how patient to be with them. */
export interface WorkerPoolOptions {
	/** Threads, 1 to 256; as many as the machine has cores when not given. */
	readonly workers?: number;
	/** A batch of tiles that takes longer than this is taken for hung, ms. */
	readonly silenceMs?: number;
}

/** Worker threads that stay alive from slide to slide. Dispose of it when done. */
export interface WorkerPool extends AsyncDisposable {
	readonly workers: number;
	/**
	 * Makes a file in one of the threads, or in this one when a thread dies over it. They have loaded the library for
	 * measuring and have nothing to do when a map is there.
	 */
	readonly deriveFile: DeriveFile;
	/** A measurer for the slide file at `path`, which each worker opens for itself. */
	measurer(path: string, options?: { readonly mpp?: number }): WorkerMeasurer;
}

/**
 * Prepares worker threads; they start with the first measurer.
 * @throws {ArgumentError} when `workers` is not a whole number from 1 to 256.
 * @example
 * ```ts
 * await using pool = createWorkerPool({ workers: 4 });
 * for (const path of paths) {
 * 	const slide = await openSlideFile(path);
 * 	const { assessment } = await assess(slide, { model, policy, measurer: pool.measurer(path) });
 * 	await slide.close();
 * }
 * ```
 */
export function createWorkerPool(options: WorkerPoolOptions = {}): WorkerPool {
	const { workers = availableParallelism(), silenceMs = 60_000 } = options;
	if (!Number.isInteger(workers) || workers < 1 || workers > 256) {
		throw new ArgumentError('workers', `workers is ${workers}; give a whole number from 1 to 256`);
	}
	const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
	const threads = createThreads({ url: new URL(file, import.meta.url), count: workers, silenceMs, heapMb: 256 });
	let subjects = 0;
	return {
		workers,
		async deriveFile(file, signal) {
			try {
				const reply = await threads.call<FileReply>({ kind: 'file', file } satisfies FileRequest, signal);
				if ('failure' in reply) throw unpackError(reply.failure);
				return reply.answer.pieces;
			} catch (error) {
				// A thread has less memory than this one.
				if (error instanceof ThreadLost) return deriveFile(file, signal);
				throw error;
			}
		},
		measurer(path, { mpp } = {}) {
			threads.start();
			return workerMeasurer(threads, { id: subjects++, path, ...(mpp !== undefined && { mpp }) });
		},
		[Symbol.asyncDispose]: () => threads[Symbol.asyncDispose](),
	};
}

/**
 * A measurer with worker threads of its own, for one slide.
 * @throws {ArgumentError} as `createWorkerPool`.
 */
export function createWorkerMeasurer(
	options: WorkerPoolOptions & { readonly path: string; readonly mpp?: number },
): WorkerMeasurer & AsyncDisposable {
	const pool = createWorkerPool(options);
	return {
		...pool.measurer(options.path, options),
		[Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
	};
}
