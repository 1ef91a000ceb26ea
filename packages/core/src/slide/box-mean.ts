/**
 * Mean colours of boxes of pixels, without converting each pixel.
 * @module
 */
import type { Pixels } from '../image/pixels.ts';

/** Writes the mean RGB of the pixels `x <= column < endX`, `y <= row < endY` (not empty, within the image) to `mean`. */
export type BoxMean = (x: number, y: number, endX: number, endY: number, mean: Float64Array) => void;

/**
 * Prepares an image for averaging. Of YCbCr the planes are averaged and the mean is converted (ITU-T T.871 §7): exact but
 * for colours that would clip, and for chroma samples at the border of a box, which count for both sides.
 */
export function boxMeanOf(pixels: Pixels): BoxMean {
	const channels = channelsOf(pixels);
	const [first, second, third] = channels as [Channel, Channel, Channel];
	if (channels.length === 1) {
		return (x, y, endX, endY, mean) => {
			mean.fill(meanOf(first, x, y, endX, endY));
		};
	}
	const isYcbcr = pixels.layout === 'planes' && pixels.colour === 'ycbcr';
	return (x, y, endX, endY, mean) => {
		const a = meanOf(first, x, y, endX, endY);
		const b = meanOf(second, x, y, endX, endY);
		const c = meanOf(third, x, y, endX, endY);
		mean[0] = isYcbcr ? clamp(a + 1.402 * (c - 128)) : a;
		mean[1] = isYcbcr ? clamp(a - 0.344136 * (b - 128) - 0.714136 * (c - 128)) : b;
		mean[2] = isYcbcr ? clamp(a + 1.772 * (b - 128)) : c;
	};
}

/** One channel: sample (column, row) is at `start + row * strideBytes + column * step`, for `ratioX` x `ratioY` pixels. */
interface Channel {
	readonly data: Uint8Array;
	readonly start: number;
	readonly step: number;
	readonly strideBytes: number;
	readonly ratioX: number;
	readonly ratioY: number;
	readonly widthPx: number;
	readonly heightPx: number;
}

function channelsOf(pixels: Pixels): Channel[] {
	const { widthPx, heightPx } = pixels;
	if (pixels.layout === 'rgb') {
		const { data } = pixels;
		const shape = { step: 3, strideBytes: 3 * widthPx, ratioX: 1, ratioY: 1, widthPx, heightPx };
		return [0, 1, 2].map((start) => ({ data, start, ...shape }));
	}
	return pixels.planes.map((plane) => ({
		...plane,
		start: 0,
		step: 1,
		ratioX: Math.max(1, Math.round(widthPx / plane.widthPx)),
		ratioY: Math.max(1, Math.round(heightPx / plane.heightPx)),
	}));
}

function meanOf(channel: Channel, x: number, y: number, endX: number, endY: number): number {
	const { data, start, step, strideBytes, ratioX, ratioY } = channel;
	const left = ratioX === 1 ? x : Math.floor(x / ratioX);
	const top = ratioY === 1 ? y : Math.floor(y / ratioY);
	const right = ratioX === 1 ? endX : Math.min(channel.widthPx, Math.ceil(endX / ratioX));
	const bottom = ratioY === 1 ? endY : Math.min(channel.heightPx, Math.ceil(endY / ratioY));
	let sum = 0;
	for (let row = top; row < bottom; row++) {
		const end = start + row * strideBytes + right * step;
		for (let i = start + row * strideBytes + left * step; i < end; i += step) sum += data[i]!;
	}
	return sum / ((right - left) * (bottom - top));
}

function clamp(value: number): number {
	return Math.max(0, Math.min(255, value));
}
