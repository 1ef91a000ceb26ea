/**
 * How much of JPEG's 8 x 8 blocks shows in a picture.
 * @module
 */

/** Blocks have this side, and their grid may start at any pixel of a crop. */
const BLOCK_PX = 8;

/** Added to steps, in grey levels, so that even pictures show no blocks. */
const LEAST_STEP = 0.01;

/**
 * Mean step of luma between neighbours across the boundaries of blocks, as a multiple of the mean step elsewhere; about 1
 * where no blocks show. The grid is the one of the 8 x 8 possible that gives the most. After Wang, Sheikh and Bovik,
 * "No-reference perceptual quality assessment of JPEG compressed images" (ICIP 2002), whose B it is, over their activity.
 */
export function jpegBlockiness(luma: Uint8Array, widthPx: number): number {
	const heightPx = luma.length / widthPx;
	return (excess(luma, widthPx, heightPx, 1, widthPx) + excess(luma, heightPx, widthPx, widthPx, 1)) / 2;
}

/** Along one axis of `length` pixels `step` apart, over `lines` lines `lineStep` apart. */
function excess(luma: Uint8Array, length: number, lines: number, step: number, lineStep: number): number {
	const sums = new Float64Array(BLOCK_PX);
	const counts = new Float64Array(BLOCK_PX);
	for (let line = 0; line < lines; line++) {
		let at = line * lineStep;
		for (let i = 1; i < length; i++, at += step) {
			const phase = i % BLOCK_PX;
			sums[phase] = sums[phase]! + Math.abs(luma[at + step]! - luma[at]!);
			counts[phase] = counts[phase]! + 1;
		}
	}
	const total = sums.reduce((sum, value) => sum + value, 0);
	const count = counts.reduce((sum, value) => sum + value, 0);
	let largest = 1;
	for (let phase = 0; phase < BLOCK_PX; phase++) {
		const [inside, beside] = [counts[phase]!, count - counts[phase]!];
		if (inside === 0 || beside === 0) continue;
		largest = Math.max(largest, (sums[phase]! / inside + LEAST_STEP) / ((total - sums[phase]!) / beside + LEAST_STEP));
	}
	return largest;
}
