/**
 * Averaging a thumbnail down to the scale tissue is looked for at.
 * @module
 */
import type { RgbImage } from '../image/pixels.ts';

/** Three channels of 0..255 as floats, each `widthPx * heightPx`, row-major. */
export interface FloatRgb {
	readonly widthPx: number;
	readonly heightPx: number;
	readonly channels: readonly [Float32Array, Float32Array, Float32Array];
}

/** Box average over `factor` x `factor` pixels; blocks cut by the right and bottom edge average what they have. */
export function shrink(image: RgbImage, factor: number): FloatRgb {
	const widthPx = Math.ceil(image.widthPx / factor);
	const heightPx = Math.ceil(image.heightPx / factor);
	const [red, green, blue] = [0, 1, 2].map(() => new Float32Array(widthPx * heightPx)) as [
		Float32Array,
		Float32Array,
		Float32Array,
	];
	const { data } = image;
	for (let y = 0, from = 0; y < image.heightPx; y++) {
		const blockHigh = Math.min(factor, image.heightPx - (y - (y % factor)));
		let i = Math.floor(y / factor) * widthPx;
		for (let left = 0; left < image.widthPx; left += factor, i++) {
			const wide = Math.min(factor, image.widthPx - left);
			let r = 0;
			let g = 0;
			let b = 0;
			for (let x = 0; x < wide; x++, from += 3) {
				r += data[from]!;
				g += data[from + 1]!;
				b += data[from + 2]!;
			}
			const share = 1 / (wide * blockHigh);
			red[i] = red[i]! + r * share;
			green[i] = green[i]! + g * share;
			blue[i] = blue[i]! + b * share;
		}
	}
	return { widthPx, heightPx, channels: [red, green, blue] };
}
