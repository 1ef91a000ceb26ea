/**
 * Decoded pictures kept in memory.
 * @module
 */
import type { RgbImage } from '@parfocal/core';

/** Decoded pictures by the index of their patch. */
export interface PictureCache {
	get(index: number): RgbImage | undefined;
	/** Keeps a picture if the budget allows. */
	add(index: number, image: RgbImage): void;
	/** Bytes kept. */
	readonly bytes: number;
}

/**
 * A cache of at most `budgetBytes`. What came first stays: epochs go through all patches in turn, and throwing out the
 * oldest would throw out exactly what comes next.
 */
export function createPictureCache(budgetBytes: number): PictureCache {
	const pictures = new Map<number, RgbImage>();
	let bytes = 0;
	return {
		get: (index) => pictures.get(index),
		add(index, image) {
			if (pictures.has(index) || bytes + image.data.byteLength > budgetBytes) return;
			pictures.set(index, image);
			bytes += image.data.byteLength;
		},
		get bytes() {
			return bytes;
		},
	};
}
