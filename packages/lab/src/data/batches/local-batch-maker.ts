/**
 * Making batches in this thread, in Node or in a page.
 * @module
 */
import type { RgbImage } from '@parfocal/core';
import { createPatchPreparer, type Preparation } from '../pixels/preparation.ts';
import { assembleBatch, type BatchMaker } from './assemble-batch.ts';
import { createPictureCache } from './picture-cache.ts';

/** Bytes of decoded pictures that are kept in memory unless said otherwise: one gigabyte. */
export const DEFAULT_CACHE_BYTES: number = 2 ** 30;

/** Where a local maker takes its pictures from. */
export interface LocalBatchMakerOptions {
	readonly preparation: Preparation;
	/** What to call each patch, e.g. its path. */
	readonly names: readonly string[];
	/** Decodes the picture of a patch. @throws {ParfocalError} when it cannot be had */
	readonly decode: (index: number) => RgbImage | Promise<RgbImage>;
	/** Bytes of decoded (and resampled) pictures to keep; the others are decoded again. Default `DEFAULT_CACHE_BYTES`. */
	readonly cacheBytes?: number;
}

/**
 * A maker that works in this thread.
 * @example
 * ```ts
 * const decoder = browserDecoder();
 * const maker = createLocalBatchMaker({
 *   preparation,
 *   names: files.map((file) => file.name),
 *   decode: async (index) => decoder(await files[index].bytes(), 'png'),
 * });
 * ```
 */
export function createLocalBatchMaker(options: LocalBatchMakerOptions): BatchMaker {
	const { names, decode, cacheBytes = DEFAULT_CACHE_BYTES } = options;
	const preparer = createPatchPreparer(options.preparation);
	const cache = createPictureCache(cacheBytes);
	const pictures = {
		name: (index: number) => names[index] ?? `picture ${index}`,
		async get(index: number) {
			const kept = cache.get(index);
			if (kept) return kept;
			const image = preparer.resampled(await decode(index));
			cache.add(index, image);
			return image;
		},
	};
	return {
		async make(request, reuse, signal) {
			signal?.throwIfAborted();
			return assembleBatch(request, preparer, pictures, reuse);
		},
		async [Symbol.asyncDispose]() {},
	};
}
