/**
 * Making one batch.
 * @module
 */
import { ArgumentError, isParfocalError, type RgbImage } from '@parfocal/core';
import { type Random, seededRandom } from '../../simulate/random.ts';
import type { PatchPixels, PatchPreparer } from '../pixels/preparation.ts';

/** A batch to make; equal requests give equal batches. */
export interface BatchRequest {
	readonly seed: number;
	readonly epoch: number;
	/** Patches, one crop of each (all crops of each for a grid). */
	readonly indices: readonly number[];
	/** Patches that cannot be had are replaced by another crop of the next one, so that the batch stays full. */
	readonly refill: boolean;
}

/** A patch that could not be had, and why. */
export interface PatchFailure {
	readonly index: number;
	readonly message: string;
}

/** A batch without labels. */
export interface AssembledBatch {
	/** `[crops, 3, side, side]`. */
	readonly pixels: PatchPixels;
	/** The patch of each crop. */
	readonly indices: readonly number[];
	readonly failures: readonly PatchFailure[];
}

/** Makes batches; calls may overlap. */
export interface BatchMaker extends AsyncDisposable {
	/** `reuse` is memory of an earlier batch that is no longer needed; it may be taken over. */
	make(request: BatchRequest, reuse?: PatchPixels, signal?: AbortSignal): Promise<AssembledBatch>;
}

/** Where a batch's pictures come from. */
export interface Pictures {
	/** What to call a picture in words, e.g. its path. */
	name(index: number): string;
	/** The picture, resampled. @throws {ParfocalError} that names it when it cannot be had */
	get(index: number): RgbImage | Promise<RgbImage>;
}

/**
 * Makes a batch. Pictures that cannot be had or are too small are left out and reported; errors that are not of the family
 * are thrown on.
 */
export async function assembleBatch(
	request: BatchRequest,
	preparer: PatchPreparer,
	pictures: Pictures,
	reuse?: PatchPixels,
): Promise<AssembledBatch> {
	const failures: PatchFailure[] = [];
	const slots: (Slot | undefined)[] = [];
	for (const index of request.indices) {
		try {
			const image = await pictures.get(index);
			slots.push({ index, image, crops: preparer.cropCount(image) });
		} catch (error) {
			if (!isParfocalError(error)) throw error;
			const message = error instanceof ArgumentError ? `${pictures.name(index)}: ${error.message}` : error.message;
			failures.push({ index, message });
			slots.push(undefined);
		}
	}
	const filled = slots.map((slot, i) => slot ?? (request.refill ? nextOf(slots, i) : undefined));
	const taken = filled.filter((slot) => slot !== undefined);
	const total = taken.reduce((sum, { crops }) => sum + crops, 0);
	const fits = reuse?.length === total * preparer.valuesPerCrop;
	const pixels = fits ? reuse : preparer.allocate(total);
	const root = seededRandom(request.seed);
	let at = 0;
	filled.forEach((slot, i) => {
		if (!slot) return;
		preparer.write(slot.image, cropRandom(root, request.epoch, slot.index, slots[i] ? -1 : i), pixels, at);
		at += slot.crops;
	});
	return { pixels, indices: taken.flatMap(({ index, crops }) => Array<number>(crops).fill(index)), failures };
}

/** A patch in a batch. */
interface Slot {
	readonly index: number;
	readonly image: RgbImage;
	readonly crops: number;
}

/** The next slot that is there, going round. */
function nextOf(slots: readonly (Slot | undefined)[], from: number): Slot | undefined {
	return slots.map((_, i) => slots[(from + i) % slots.length]).find((slot) => slot !== undefined);
}

/** Decided by seed, epoch and patch; a patch that stands in for another in slot `standsIn` is cropped elsewhere. */
function cropRandom(root: Random, epoch: number, index: number, standsIn: number): Random {
	return root.fork(standsIn < 0 ? `${epoch}/${index}` : `${epoch}/${index}/${standsIn}`);
}
