/**
 * Total variation, the quantity whose smallness GPC is surprised by.
 * @module
 */

/** A periodic picture's differences to the right and downward. */
export interface Variation {
	/** Sum of the magnitudes of both. */
	readonly total: number;
	/** Sums of squares. */
	readonly squaresRight: number;
	readonly squaresDown: number;
}

/** Variation of the real part of a complex picture, neighbours taken round the border. */
export function variationOf(image: Float64Array, widthPx: number, heightPx: number): Variation {
	let total = 0;
	let squaresRight = 0;
	let squaresDown = 0;
	for (let y = 0; y < heightPx; y++) {
		const row = 2 * y * widthPx;
		const below = 2 * ((y + 1) % heightPx) * widthPx;
		for (let x = 0; x < widthPx; x++) {
			const here = image[row + 2 * x]!;
			const right = image[row + (x + 1 < widthPx ? 2 * (x + 1) : 0)]! - here;
			const down = image[below + 2 * x]! - here;
			total += Math.abs(right) + Math.abs(down);
			squaresRight += right * right;
			squaresDown += down * down;
		}
	}
	return { total, squaresRight, squaresDown };
}
