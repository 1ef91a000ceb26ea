/**
 * How much of JPEG's 8 x 8 blocks shows in a picture.
 * @module
 */

/** Blocks have this side, and their grid may start at any pixel of a crop. */
const BLOCK_PX = 8;

/**
 * A picture with more is JPEG-worn: the edges of its blocks are fine detail that no objective made. Sharp tissue as slide
 * scanners compress it lies below 1.48; about half of it is brought above by quality 40 of libjpeg with halved chroma.
 */
export const LARGEST_BLOCKINESS = 1.5;

/** Added to steps, in grey levels, so that even pictures show no blocks. */
const LEAST_STEP = 0.01;

/**
 * Step of luma between neighbours across the boundaries of blocks, as a multiple of the step elsewhere; about 1 where no
 * blocks show. Steps are means along a boundary and medians over boundaries, so that the edge of tissue is none; the grid
 * is the one of the 8 x 8 possible that gives the most. After the blockiness of Wang, Sheikh and Bovik, "No-reference
 * perceptual quality assessment of JPEG compressed images" (ICIP 2002).
 */
export function jpegBlockiness(luma: Uint8Array, widthPx: number): number {
	const heightPx = luma.length / widthPx;
	return (excess(luma, widthPx, heightPx, 1, widthPx) + excess(luma, heightPx, widthPx, widthPx, 1)) / 2;
}

/** Along one axis of `length` pixels `step` apart, over `lines` lines `lineStep` apart. */
function excess(luma: Uint8Array, length: number, lines: number, step: number, lineStep: number): number {
	const steps = new Float64Array(length - 1);
	for (let line = 0; line < lines; line++) {
		let at = line * lineStep;
		for (let i = 0; i < length - 1; i++, at += step) {
			steps[i] = steps[i]! + Math.abs(luma[at + step]! - luma[at]!) / lines;
		}
	}
	let largest = 1;
	for (let phase = 0; phase < Math.min(BLOCK_PX, length - 2); phase++) {
		const boundary = median(steps.filter((_, i) => i % BLOCK_PX === phase));
		const elsewhere = median(steps.filter((_, i) => i % BLOCK_PX !== phase));
		largest = Math.max(largest, (boundary + LEAST_STEP) / (elsewhere + LEAST_STEP));
	}
	return largest;
}

function median(values: Float64Array): number {
	const sorted = values.toSorted();
	return sorted[sorted.length >> 1]!;
}
