/**
 * A fixed number of worker threads that answer one request at a time. A thread that dies or stays silent is replaced,
 * and the request it held fails with `ThreadLost`, so that the caller can decide what to do with it.
 * @module
 */
import { Worker } from 'node:worker_threads';

/** A thread died or hung while it held a request. */
export class ThreadLost extends Error {
	override readonly name = 'ThreadLost';
}

/** How to start threads. */
export interface ThreadsOptions {
	/** Module that each thread runs: it answers every message with one message. */
	readonly url: URL;
	/** Threads at most; each starts when first needed, or by `start`. */
	readonly count: number;
	/** A thread that holds a request for longer than this is taken for hung, ms. */
	readonly silenceMs: number;
	/** Limits of a thread's JavaScript heap, MB; WebAssembly memory and typed arrays are not in it. */
	readonly heapMb: number;
}

/** Running threads. */
export interface Threads extends AsyncDisposable {
	readonly count: number;
	/** Starts all threads that are not running, so that they load while the caller prepares the first request. */
	start(): void;
	/**
	 * Sends `request` to a free thread, waiting for one when all are busy. Buffers in `transfer` move there instead of being
	 * copied. Rejects with the signal's reason at once when aborted; the thread is free again when it has answered.
	 * @throws {ThreadLost} when the thread died or hung over this request.
	 */
	call<Reply>(request: unknown, signal?: AbortSignal, transfer?: readonly ArrayBuffer[]): Promise<Reply>;
}

interface Thread {
	/** Absent before the first request and after a loss. */
	worker?: Worker | undefined;
	settle?: ((error: Error | undefined, reply?: unknown) => void) | undefined;
}

/** Prepares `count` threads; none is started before the first call. */
export function createThreads(options: ThreadsOptions): Threads {
	const idle: Thread[] = Array.from({ length: options.count }, () => ({}));
	const waiting: ((thread: Thread) => void)[] = [];
	const all = [...idle];
	let closed = false;

	function running(thread: Thread): Worker {
		thread.worker ??= startWorker(thread, options);
		return thread.worker;
	}

	function release(thread: Thread): void {
		const next = waiting.shift();
		if (next) next(thread);
		else idle.push(thread);
	}

	function ask(thread: Thread, request: unknown, transfer: readonly ArrayBuffer[]): Promise<unknown> {
		return new Promise((resolve, reject) => {
			if (closed) {
				reject(closedError());
				return;
			}
			const worker = running(thread);
			worker.ref();
			const timer = setTimeout(
				() => lose(thread, new ThreadLost(`no answer within ${options.silenceMs / 1000} s`)),
				options.silenceMs,
			);
			thread.settle = (error, reply) => {
				clearTimeout(timer);
				thread.settle = undefined;
				// An idle thread must not keep the process alive.
				thread.worker?.unref();
				if (error) reject(error);
				else resolve(reply);
			};
			worker.postMessage(request, transfer);
		});
	}

	async function dispatch(
		request: unknown,
		signal: AbortSignal | undefined,
		transfer: readonly ArrayBuffer[],
	): Promise<unknown> {
		const thread = idle.pop() ?? (await new Promise<Thread>((resolve) => waiting.push(resolve)));
		try {
			signal?.throwIfAborted();
			return await ask(thread, request, transfer);
		} finally {
			release(thread);
		}
	}

	return {
		count: options.count,
		start() {
			for (const thread of all) if (!thread.worker) running(thread).unref();
		},
		async call<Reply>(request: unknown, signal?: AbortSignal, transfer: readonly ArrayBuffer[] = []): Promise<Reply> {
			signal?.throwIfAborted();
			return (await orAborted(dispatch(request, signal, transfer), signal)) as Reply;
		},
		async [Symbol.asyncDispose]() {
			closed = true;
			await Promise.all(all.map((thread) => lose(thread, closedError())));
		},
	};
}

function startWorker(thread: Thread, { url, heapMb }: ThreadsOptions): Worker {
	const worker = new Worker(url, {
		// The sources run as they are in this repository; a published package runs its own JavaScript.
		execArgv: url.pathname.endsWith('.ts') ? ['--conditions=source'] : [],
		resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16 },
		name: 'parfocal-worker',
	});
	// What a replaced worker still says is about a request that has been given up.
	const ifCurrent = (act: () => void): void => {
		if (thread.worker === worker) act();
	};
	worker.on('message', (reply) => ifCurrent(() => thread.settle?.(undefined, reply)));
	worker.on('error', (error) => {
		ifCurrent(() => lose(thread, new ThreadLost(`the worker stopped: ${String(error)}`, { cause: error })));
	});
	worker.on('exit', (code) => {
		ifCurrent(() => lose(thread, new ThreadLost(`the worker ended with code ${code}`)));
	});
	return worker;
}

/** Ends a thread; its next request starts a new one. */
async function lose(thread: Thread, error: Error): Promise<void> {
	const { worker, settle } = thread;
	thread.worker = undefined;
	settle?.(error);
	await worker?.terminate();
}

function closedError(): Error {
	return new DOMException('the worker threads are closed', 'AbortError');
}

async function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (!signal) return promise;
	let onAbort: (() => void) | undefined;
	const aborted = new Promise<never>((_, reject) => {
		onAbort = () => reject(signal.reason);
		signal.addEventListener('abort', onAbort, { once: true });
	});
	promise.catch(() => {});
	try {
		return await Promise.race([promise, aborted]);
	} finally {
		if (onAbort) signal.removeEventListener('abort', onAbort);
	}
}
