/**
 * Which patches make up which batch of an epoch. Decided by the seed and the epoch only, so that any batch can be made
 * anew: by another number of threads, or when training goes on tomorrow.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { shuffled } from '../shuffled.ts';

/** How an epoch is cut. */
export interface EpochOptions {
	/** Patches a batch. */
	readonly batchSize: number;
	/** Mixed anew every epoch, for training; otherwise in the order given. */
	readonly shuffle: boolean;
	readonly seed: number;
	/** What becomes of a last batch that is not full; default `keep`. */
	readonly lastBatch?: 'keep' | 'drop';
}

/**
 * The batches of an epoch (counted from 0): indices of patches.
 * @throws {ArgumentError} when there is not one batch
 * @example
 * ```ts
 * const [first] = epochBatches(split.train, 0, { batchSize: 32, shuffle: true, seed: 1 });
 * ```
 */
export function epochBatches(indices: readonly number[], epoch: number, options: EpochOptions): number[][] {
	const { batchSize, shuffle, seed, lastBatch = 'keep' } = options;
	if (!Number.isInteger(batchSize) || batchSize < 1) {
		throw new ArgumentError('batchSize', `A batch must hold a positive whole number of patches, not ${batchSize}.`);
	}
	const order = shuffle ? shuffled(indices, seed, `epoch ${epoch}`) : [...indices];
	const count = lastBatch === 'drop' ? Math.floor(order.length / batchSize) : Math.ceil(order.length / batchSize);
	if (count === 0) {
		throw new ArgumentError(
			'batchSize',
			`${order.length} patches do not fill a batch of ${batchSize}. Take smaller batches or more patches.`,
		);
	}
	return Array.from({ length: count }, (_, i) => order.slice(i * batchSize, (i + 1) * batchSize));
}
