/**
 * The slide's thumbnail as a grey backdrop of any size.
 * @module
 */
import type { RgbImage } from '../../image/pixels.ts';

/** How much of the thumbnail's darkness stays, so that the map's colours stand alone and glass is nearly white. */
const DARKNESS = 0.62;
/** Grey levels are multiples of this: nobody sees it, and the file is a third smaller. */
const LEVEL = 4;

/** Brightness of the thumbnail, faded, at another size: the mean of the covered pixels when shrinking, bilinear when growing. */
export function backdrop(thumbnail: RgbImage, widthPx: number, heightPx: number): Uint8Array {
	const luma = fadedLuma(thumbnail);
	const columns = weights(thumbnail.widthPx, widthPx);
	const rows = weights(thumbnail.heightPx, heightPx);
	// Across first, then down: each pixel is touched once an axis.
	const wide = new Float32Array(widthPx * thumbnail.heightPx);
	for (let y = 0; y < thumbnail.heightPx; y++) {
		for (let x = 0; x < widthPx; x++) {
			const { first, share } = columns[x]!;
			let sum = 0;
			for (let i = 0; i < share.length; i++) sum += luma[y * thumbnail.widthPx + first + i]! * share[i]!;
			wide[y * widthPx + x] = sum;
		}
	}
	const grey = new Uint8Array(widthPx * heightPx);
	for (let y = 0; y < heightPx; y++) {
		const { first, share } = rows[y]!;
		for (let x = 0; x < widthPx; x++) {
			let sum = 0;
			for (let i = 0; i < share.length; i++) sum += wide[(first + i) * widthPx + x]! * share[i]!;
			grey[y * widthPx + x] = Math.min(Math.round(sum / LEVEL) * LEVEL, 255);
		}
	}
	return grey;
}

function fadedLuma({ data }: RgbImage): Float32Array {
	const luma = new Float32Array(data.length / 3);
	for (let i = 0, at = 0; i < luma.length; i++, at += 3) {
		const darkness = 255 - (0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!);
		luma[i] = 255 - darkness * DARKNESS;
	}
	return luma;
}

/** Which source pixels make a target pixel, and each one's share; shares add to 1. */
interface Weights {
	readonly first: number;
	readonly share: Float32Array;
}

function weights(from: number, to: number): Weights[] {
	const ratio = from / to;
	const half = Math.max(ratio, 1) / 2;
	return Array.from({ length: to }, (_, target) => {
		const centre = (target + 0.5) * ratio;
		const first = Math.min(Math.max(Math.floor(centre - half), 0), from - 1);
		const end = Math.max(Math.min(Math.ceil(centre + half), from), first + 1);
		const share = Float32Array.from({ length: end - first }, (_, i) => {
			const source = first + i;
			if (ratio <= 1) return Math.max(1 - Math.abs(source + 0.5 - centre), 0);
			return Math.max(Math.min(source + 1, centre + half) - Math.max(source, centre - half), 0);
		});
		const sum = share.reduce((a, b) => a + b, 0);
		return { first, share: sum > 0 ? share.map((value) => value / sum) : share.fill(1 / share.length) };
	});
}
