/**
 * Fewer and larger reads: a wrapper for sources where each read is dear (HTTP).
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { checkRange } from './read-range.ts';

/** How much to keep. Memory is at most `blockBytes * blocks`, plus the ranges being read. */
export interface BlockCacheOptions {
	/** Bytes a block; default 64 KiB: a few JPEG tiles, and more than most headers. */
	readonly blockBytes?: number;
	/** Blocks kept; default 256 (16 MiB with the default block). The least recently used goes first. */
	readonly blocks?: number;
}

/**
 * Wraps a source so that it is read in whole blocks, neighbouring missing blocks in one read, and recent blocks are kept.
 * Readers of the same block share one read. A read abandoned through its signal does not stop the read of the shared
 * block; a failed block is not kept, so the next reader tries again.
 * Ranges larger than the whole cache go straight to the source.
 */
export function withBlockCache(source: ByteSource, options: BlockCacheOptions = {}): ByteSource {
	const { blockBytes = 65_536, blocks = 256 } = options;
	for (const [name, value] of Object.entries({ blockBytes, blocks })) {
		if (!(Number.isSafeInteger(value) && value > 0)) {
			throw new ArgumentError(name, `A block cache needs a whole positive ${name}, not ${value}.`);
		}
	}
	// In order of last use: a Map keeps insertion order.
	const kept = new Map<number, Promise<Uint8Array>>();

	function fetchRun(first: number, end: number): void {
		const start = first * blockBytes;
		const run = Promise.resolve(source.read(start, Math.min(end * blockBytes, source.size) - start));
		for (let block = first; block < end; block++) {
			const at = (block - first) * blockBytes;
			const piece = run.then((bytes) => bytes.slice(at, at + blockBytes));
			piece.catch(() => {
				if (kept.get(block) === piece) kept.delete(block);
			});
			kept.set(block, piece);
		}
	}

	/** The pieces of blocks `first` to `end`, asking the source for runs of missing ones. */
	function pieces(first: number, end: number): Promise<Uint8Array>[] {
		let missing = first;
		for (let block = first; block <= end; block++) {
			const known = block < end ? kept.get(block) : undefined;
			if (known === undefined && block < end) continue;
			if (missing < block) fetchRun(missing, block);
			missing = block + 1;
		}
		const wanted: Promise<Uint8Array>[] = [];
		for (let block = first; block < end; block++) {
			const piece = kept.get(block)!;
			kept.delete(block);
			kept.set(block, piece);
			wanted.push(piece);
		}
		for (const oldest of kept.keys()) {
			if (kept.size <= blocks) break;
			kept.delete(oldest);
		}
		return wanted;
	}

	const cached: ByteSource = {
		name: source.name,
		size: source.size,
		async read(offset, length, options) {
			const signal = options?.signal;
			signal?.throwIfAborted();
			checkRange(source, offset, length);
			if (length === 0) return new Uint8Array(0);
			const first = Math.floor(offset / blockBytes);
			const end = Math.floor((offset + length - 1) / blockBytes) + 1;
			if (end - first > blocks) return source.read(offset, length, options);
			const found = await untilAborted(Promise.all(pieces(first, end)), signal);
			const bytes = new Uint8Array(length);
			found.forEach((piece, i) => {
				const start = (first + i) * blockBytes - offset;
				const from = Math.max(0, -start);
				bytes.set(piece.subarray(from, Math.min(piece.length, length - start)), start + from);
			});
			return bytes;
		},
		close: () => source.close?.(),
	};
	return cached;
}

/** `promise`, or the signal's reason if that comes first. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	if (signal === undefined) return promise;
	let stop = (): void => {};
	const aborted = new Promise<never>((_, reject) => {
		stop = () => reject(signal.reason);
		signal.addEventListener('abort', stop, { once: true });
	});
	try {
		return await Promise.race([promise, aborted]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
