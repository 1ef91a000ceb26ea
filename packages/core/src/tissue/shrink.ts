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
	const channels = [0, 1, 2].map((channel) => shrinkChannel(image, channel, factor, widthPx, heightPx));
	return { widthPx, heightPx, channels: channels as unknown as FloatRgb['channels'] };
}

function shrinkChannel(image: RgbImage, channel: number, factor: number, widthPx: number, heightPx: number) {
	const out = new Float32Array(widthPx * heightPx);
	const { data } = image;
	for (let y = 0; y < image.heightPx; y++) {
		const row = Math.floor(y / factor) * widthPx;
		let from = y * image.widthPx * 3 + channel;
		for (let column = 0; column < widthPx; column++) {
			const end = Math.min(factor, image.widthPx - column * factor);
			let sum = 0;
			for (let i = 0; i < end; i++, from += 3) sum += data[from]!;
			out[row + column] = out[row + column]! + sum;
		}
	}
	for (let y = 0; y < heightPx; y++) {
		const high = Math.min(factor, image.heightPx - y * factor);
		for (let x = 0; x < widthPx; x++) {
			const wide = Math.min(factor, image.widthPx - x * factor);
			out[y * widthPx + x] = out[y * widthPx + x]! / (high * wide);
		}
	}
	return out;
}
