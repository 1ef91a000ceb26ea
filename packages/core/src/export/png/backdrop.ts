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
	const across = weights(thumbnail.widthPx, widthPx);
	const down = weights(thumbnail.heightPx, heightPx);
	// Across first, then down: each pixel is touched once an axis.
	const wide = new Float32Array(widthPx * thumbnail.heightPx);
	for (let y = 0; y < thumbnail.heightPx; y++) {
		const line = y * thumbnail.widthPx;
		for (let x = 0; x < widthPx; x++) {
			const from = line + across.first[x]!;
			let sum = 0;
			for (let i = 0; i < across.taps; i++) sum += luma[from + i]! * across.share[x * across.taps + i]!;
			wide[y * widthPx + x] = sum;
		}
	}
	const grey = new Uint8Array(widthPx * heightPx);
	const line = new Float32Array(widthPx);
	for (let y = 0; y < heightPx; y++) {
		line.fill(0);
		for (let i = 0; i < down.taps; i++) {
			const share = down.share[y * down.taps + i]!;
			const from = (down.first[y]! + i) * widthPx;
			for (let x = 0; x < widthPx; x++) line[x] = line[x]! + wide[from + x]! * share;
		}
		for (let x = 0; x < widthPx; x++) grey[y * widthPx + x] = Math.min(Math.round(line[x]! / LEVEL) * LEVEL, 255);
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

/** Which source pixels make each target pixel: `taps` of them from `first`, with shares that add to 1. */
interface Weights {
	readonly taps: number;
	readonly first: Int32Array;
	/** `taps` numbers a target pixel. */
	readonly share: Float32Array;
}

function weights(from: number, to: number): Weights {
	const ratio = from / to;
	const half = Math.max(ratio, 1) / 2;
	const taps = Math.min(Math.ceil(2 * half) + 1, from);
	const first = new Int32Array(to);
	const share = new Float32Array(to * taps);
	for (let target = 0; target < to; target++) {
		const centre = (target + 0.5) * ratio;
		const start = Math.min(Math.max(Math.floor(centre - half), 0), from - taps);
		first[target] = start;
		let sum = 0;
		for (let i = 0; i < taps; i++) {
			const source = start + i;
			const covered = Math.min(source + 1, centre + half) - Math.max(source, centre - half);
			const near = 1 - Math.abs(source + 0.5 - centre);
			const part = Math.max(ratio > 1 ? covered : near, 0);
			share[target * taps + i] = part;
			sum += part;
		}
		for (let i = 0; i < taps; i++) share[target * taps + i] = share[target * taps + i]! / sum;
	}
	return { taps, first, share };
}
