/** Made-up pictures to try metrics on. */
import type { RgbImage } from '../../image/pixels.ts';

/** A grey picture by a formula; levels are rounded and kept within 0..255. */
export function greyPicture(widthPx: number, heightPx: number, levelAt: (x: number, y: number) => number): RgbImage {
	const data = new Uint8Array(3 * widthPx * heightPx);
	for (let y = 0, i = 0; y < heightPx; y++) {
		for (let x = 0; x < widthPx; x++, i += 3) {
			data.fill(Math.min(255, Math.max(0, Math.round(levelAt(x, y)))), i, i + 3);
		}
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}

/** Independent grey levels in 0..`maximum`. */
export function noisePicture(widthPx: number, heightPx: number, seed: number, maximum: number): RgbImage {
	let state = (seed % 2147483646) + 1;
	return greyPicture(widthPx, heightPx, () => {
		state = (state * 48271) % 2147483647;
		return Math.floor((state / 2147483647) * (maximum + 1));
	});
}

/** Blurred by a Gaussian, colour by colour, edges repeated; levels rounded. */
export function blurredPicture({ widthPx, heightPx, data }: RgbImage, sigmaPx: number): RgbImage {
	const radius = Math.ceil(4 * sigmaPx);
	const taps = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigmaPx ** 2)));
	const total = taps.reduce((sum, tap) => sum + tap, 0);
	const along = (input: Float64Array, count: number, step: number, size: number): Float64Array => {
		const out = new Float64Array(input.length);
		for (let i = 0; i < input.length; i++) {
			const position = Math.floor(i / step) % size;
			let sum = 0;
			for (let k = -radius; k <= radius; k++) {
				const at = Math.min(count - 1, Math.max(0, position + k));
				sum += taps[k + radius]! * input[i + (at - position) * step]!;
			}
			out[i] = sum / total;
		}
		return out;
	};
	const rows = along(Float64Array.from(data), widthPx, 3, widthPx);
	const both = along(rows, heightPx, 3 * widthPx, heightPx);
	return { layout: 'rgb', widthPx, heightPx, data: Uint8Array.from(both, Math.round) };
}
