/**
 * Batches from picture files.
 * @module
 */
import { join } from 'node:path';
import type { Preparation } from '../pixels/preparation.ts';
import type { PatchSet } from '../sets/patch-set.ts';
import { decodePicture } from './decode-picture.ts';
import { createLocalBatchMaker } from './local-batch-maker.ts';
import { createPatchSource, type PatchSource, type PatchSourceOptions } from './patch-source.ts';
import { createThreadBatchMaker, defaultBatchThreads } from './thread-batch-maker.ts';

/** How to make batches of a set's files. */
export interface OpenPatchSourceOptions extends Omit<PatchSourceOptions, 'maker' | 'crop' | 'labels'> {
	readonly preparation: Preparation;
	/** What is to be learned of each patch; default its class. */
	readonly labels?: ArrayLike<number>;
	/** Worker threads; 0 works in this one. Default: one for every core but one, two at least. */
	readonly threads?: number;
	/** Bytes of decoded pictures to keep in memory; default one gigabyte. */
	readonly cacheBytes?: number;
}

/**
 * A source of batches from the files of `set`.
 * @throws {ArgumentError} when there is no patch, or a size makes no sense
 * @example
 * ```ts
 * const set = await openDataset('FocusPath Full');
 * const [split] = splitPatches(set, { by: 'slide', seed: 1 });
 * await using source = openPatchSource(set, {
 *   indices: split.train,
 *   preparation: {
 *     resample: 'none',
 *     crop: { kind: 'random', sizePx: 235 },
 *     augmentation: FLIPS_AND_TURNS,
 *     normalisation: UNIT_RANGE,
 *   },
 *   batchSize: 32,
 *   shuffle: true,
 *   seed: 1,
 * });
 * ```
 */
export function openPatchSource(set: PatchSet, options: OpenPatchSourceOptions): PatchSource {
	const { preparation, threads = defaultBatchThreads(), cacheBytes, ...rest } = options;
	const paths = set.patches.map(({ path }) => join(set.root, path));
	const budget = cacheBytes === undefined ? {} : { cacheBytes };
	const maker =
		threads === 0
			? createLocalBatchMaker({ preparation, names: paths, decode: (index) => decodePicture(paths[index]!), ...budget })
			: createThreadBatchMaker({ preparation, paths, threads, ...budget });
	const labels = options.labels ?? set.patches.map(({ label }) => label);
	return createPatchSource({ ...rest, labels, crop: preparation.crop, maker });
}
