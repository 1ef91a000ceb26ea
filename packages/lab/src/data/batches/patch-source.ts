/**
 * Batches of patches, made ahead of their use.
 * @module
 */
import { ArgumentError, FormatError } from '@parfocal/core';
import type { CropPlan } from '../pixels/crop-plan.ts';
import type { PatchPixels } from '../pixels/preparation.ts';
import type { AssembledBatch, BatchMaker, PatchFailure } from './assemble-batch.ts';
import { type EpochOptions, epochBatches } from './epoch-plan.ts';

/** Crops with what is known of them. */
export interface PatchBatch {
	/** Place in its epoch, from 0. */
	readonly number: number;
	/** `[crops, 3, side, side]`, normalised as the preparation says. Valid until the next batch is asked for. */
	readonly pixels: PatchPixels;
	/** What is to be learned, one a crop. */
	readonly labels: Float32Array;
	/** The patch of each crop: an index of the set. */
	readonly indices: Int32Array;
}

/** What a source gives, and how. */
export interface PatchSourceOptions extends EpochOptions {
	readonly maker: BatchMaker;
	/** The patches of this source: indices of the set. */
	readonly indices: readonly number[];
	/** The label of every patch of the set. */
	readonly labels: ArrayLike<number>;
	/** As in the maker's preparation. A grid makes one batch of all crops of a patch, whatever `batchSize`. */
	readonly crop: CropPlan;
	/** Batches made ahead; they differ only in how soon they are there. Default 2. */
	readonly prefetch?: number;
	/** Patches that may fail before it is an error; default one in a hundred, at least three. */
	readonly tolerated?: number;
}

/** Where in an epoch to begin. */
export interface EpochStart {
	/** Number of the first batch; default 0. */
	readonly batch?: number;
	readonly signal?: AbortSignal;
}

/** A source of batches. */
export interface PatchSource extends AsyncDisposable {
	/** Batches in an epoch. */
	readonly batchesPerEpoch: number;
	/** Patches that could not be had so far. They are left out, or replaced where crops are random. */
	readonly failures: readonly PatchFailure[];
	/**
	 * The batches of an epoch, which depend on the seed, the epoch and their number only: not on threads, prefetch, or
	 * where one began.
	 * @throws {FormatError} when more patches fail than are tolerated
	 */
	epoch(epoch: number, start?: EpochStart): AsyncGenerator<PatchBatch, void, void>;
}

/**
 * Prepares a source; nothing is read before the first batch is asked for. Disposing of it disposes of its maker.
 * @throws {ArgumentError} when there is no patch, or not one batch
 * @example
 * ```ts
 * await using source = createPatchSource({ maker, indices: split.train, labels, crop, batchSize: 32, shuffle: true, seed: 1 });
 * for (let epoch = 0; epoch < 120; epoch++) {
 *   for await (const { pixels, labels } of source.epoch(epoch)) await training.step(pixels, labels);
 * }
 * ```
 */
export function createPatchSource(options: PatchSourceOptions): PatchSource {
	const { maker, indices, labels, crop, seed, prefetch = 2 } = options;
	if (indices.length === 0) throw new ArgumentError('indices', 'There are no patches to make batches of.');
	const tolerated = options.tolerated ?? Math.max(3, Math.floor(indices.length / 100));
	const cut: EpochOptions = crop.kind === 'grid' ? { ...options, batchSize: 1, lastBatch: 'keep' } : options;
	const failed = new Map<number, PatchFailure>();
	const spare: PatchPixels[] = [];

	function note(failures: readonly PatchFailure[]): void {
		for (const failure of failures) failed.set(failure.index, failure);
		if (failed.size > tolerated || failed.size === indices.length) throw tooMany([...failed.values()], indices.length);
	}

	async function* epoch(epoch: number, { batch: first = 0, signal }: EpochStart = {}): AsyncGenerator<PatchBatch> {
		const batches = epochBatches(indices, epoch, cut);
		const ahead: Promise<AssembledBatch>[] = [];
		let next = first;
		const makeAhead = (): void => {
			while (ahead.length <= prefetch && next < batches.length) {
				const request = { seed, epoch, indices: batches[next++]!, refill: crop.kind === 'random' };
				const making = maker.make(request, spare.pop(), signal);
				// A failure is met when its turn comes, or never when the caller stops before.
				making.catch(() => {});
				ahead.push(making);
			}
		};
		makeAhead();
		for (let number = first; number < batches.length; number++) {
			signal?.throwIfAborted();
			const batch = await ahead.shift()!;
			makeAhead();
			note(batch.failures);
			if (batch.indices.length > 0) {
				const own = Int32Array.from(batch.indices);
				yield { number, pixels: batch.pixels, labels: Float32Array.from(own, (i) => labels[i]!), indices: own };
			}
			if (spare.length <= prefetch) spare.push(batch.pixels);
		}
	}

	return {
		batchesPerEpoch: epochBatches(indices, 0, cut).length,
		get failures() {
			return [...failed.values()];
		},
		epoch,
		[Symbol.asyncDispose]: () => maker[Symbol.asyncDispose](),
	};
}

function tooMany(failures: readonly PatchFailure[], of: number): FormatError {
	const shown = failures.slice(0, 5).map(({ message }) => `\n  ${message}`);
	const rest = failures.length > shown.length ? `\n  and ${failures.length - shown.length} more` : '';
	return new FormatError(
		'patches',
		'corrupt',
		`${failures.length} of ${of} patches cannot be used; repair them or leave them out:${shown.join('')}${rest}`,
	);
}
