/**
 * Whether a part of a picture shows enough to judge focus by.
 * @module
 */
import { lumaOf } from '../simulate/light.ts';

/** Glass may fill this much of a part, and luma must spread at least so much (standard deviation, grey levels). */
const LARGEST_GLASS_SHARE = 0.5;
const LEAST_SPREAD = 7;

/** A square of a picture. */
export interface Square {
	readonly left: number;
	readonly top: number;
	readonly sidePx: number;
}

/** True where a square of interleaved RGB values is not mostly glass, and not flat. `widthPx` is the picture's. */
export function showsTissue(values: ArrayLike<number>, widthPx: number, { left, top, sidePx }: Square): boolean {
	let glass = 0;
	let sum = 0;
	let squares = 0;
	for (let y = top; y < top + sidePx; y++) {
		for (let x = left; x < left + sidePx; x++) {
			const i = 3 * (y * widthPx + x);
			const [r, g, b] = [values[i]!, values[i + 1]!, values[i + 2]!];
			const luma = lumaOf(r, g, b);
			if (luma > 205 && Math.max(r, g, b) - Math.min(r, g, b) < 18) glass++;
			sum += luma;
			squares += luma * luma;
		}
	}
	const count = sidePx * sidePx;
	return glass / count <= LARGEST_GLASS_SHARE && Math.sqrt(squares / count - (sum / count) ** 2) >= LEAST_SPREAD;
}
