/**
 * What runs in a thread that makes batches: decodes what is not at hand, prepares, and hands both back.
 * @module
 */
import { parentPort } from 'node:worker_threads';
import type { RgbImage } from '@parfocal/core';
import { createPatchPreparer, type PatchPixels, type PatchPreparer, type Preparation } from '../pixels/preparation.ts';
import { type AssembledBatch, assembleBatch, type BatchRequest } from './assemble-batch.ts';
import { decodePicture } from './decode-picture.ts';

/** Asks a thread for a batch. */
export interface BatchMessage {
	readonly preparation: Preparation;
	readonly request: BatchRequest;
	/** Absolute paths, by position in `request.indices`. */
	readonly paths: readonly string[];
	/** Pictures that are decoded already, by position, in shared memory. */
	readonly kept: readonly (RgbImage | undefined)[];
	/** Whether decoded pictures are wanted back. */
	readonly keep: boolean;
	/** Memory to write to, if it fits. */
	readonly reuse?: PatchPixels | undefined;
}

/** What a thread answers. */
export interface BatchReply {
	/** Why there is none, when something failed that is no picture's fault. */
	readonly failure?: string;
	readonly batch?: AssembledBatch;
	/** Newly decoded pictures, resampled, in shared memory. */
	readonly decoded: readonly { readonly index: number; readonly image: RgbImage }[];
}

let current: { readonly key: string; readonly preparer: PatchPreparer } | undefined;

parentPort?.on('message', async (message: BatchMessage) => {
	const decoded: { index: number; image: RgbImage }[] = [];
	try {
		const batch = await makeBatch(message, decoded);
		parentPort?.postMessage({ batch, decoded } satisfies BatchReply, [batch.pixels.buffer]);
	} catch (error) {
		parentPort?.postMessage({ failure: String(error), decoded } satisfies BatchReply);
	}
});

async function makeBatch(
	{ preparation, request, paths, kept, keep, reuse }: BatchMessage,
	decoded: { index: number; image: RgbImage }[],
): Promise<AssembledBatch> {
	const key = JSON.stringify(preparation);
	if (current?.key !== key) current = { key, preparer: createPatchPreparer(preparation) };
	const { preparer } = current;
	const position = new Map(request.indices.map((index, i) => [index, i]));
	const pictures = {
		name: (index: number) => paths[position.get(index)!]!,
		async get(index: number) {
			const at = position.get(index)!;
			const own = kept[at];
			if (own) return own;
			const image = preparer.resampled(await decodePicture(paths[at]!));
			if (!keep) return image;
			const shared = inSharedMemory(image);
			decoded.push({ index, image: shared });
			return shared;
		},
	};
	return assembleBatch(request, preparer, pictures, reuse);
}

/** A copy that threads can hand around without copying again. */
function inSharedMemory(image: RgbImage): RgbImage {
	const data = new Uint8Array(new SharedArrayBuffer(image.data.byteLength));
	data.set(image.data);
	return { ...image, data };
}
