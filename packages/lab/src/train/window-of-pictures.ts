/**
 * From which size pictures are made what a network sees.
 * @module
 */
import { join } from 'node:path';
import sharp from 'sharp';
import type { PatchSet } from '../data/sets/patch-set.ts';

/** Pictures looked at: sets are of one size, or of many. */
const SAMPLE = 25;

/**
 * The shorter side of a set's pictures in pixels, the median of up to 25 spread over the set: a network that was trained
 * on whole pictures made smaller must later look at windows of that size. Undefined when none can be read.
 */
export async function windowOfPictures({ root, patches }: PatchSet): Promise<number | undefined> {
	const step = Math.max(1, Math.floor(patches.length / SAMPLE));
	const sides: number[] = [];
	for (let i = 0; i < patches.length && sides.length < SAMPLE; i += step) {
		const { width, height } = await sharp(join(root, patches[i]!.path))
			.metadata()
			.catch(() => ({ width: undefined, height: undefined }));
		if (width && height) sides.push(Math.min(width, height));
	}
	return sides.sort((a, b) => a - b)[Math.floor(sides.length / 2)];
}
