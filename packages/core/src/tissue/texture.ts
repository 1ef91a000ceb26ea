/**
 * Tissue that shows nothing to focus on: mucus, colloid, serum, the flat of a thick fold.
 * @module
 */
import type { GridSize } from './grid.ts';
import type { Densities } from './ink.ts';

/** Half side of the window contrast is measured in: 5 x 5 places. */
const REACH = 2;
/** Standard deviation of optical density below which a window is flat, beside a share of its mean density. */
const FLAT_DENSITY = 0.006;
const FLAT_SHARE = 0.02;

/**
 * 1 where the tissue around a place has nearly one density. Only tissue places are compared, so rims are judged by
 * their inside; at this scale blur does not lower the contrast.
 */
export function findFlat(densities: Densities, tissue: Uint8Array, noise: number, size: GridSize): Uint8Array {
	const { widthPx, heightPx } = size;
	const [red, green, blue] = densities;
	const density = red.map((r, i) => (r + green[i]! + blue[i]!) / 3);
	const flat = new Uint8Array(tissue.length);
	for (let y = 0; y < heightPx; y++) {
		for (let x = 0; x < widthPx; x++) {
			const index = y * widthPx + x;
			if (!tissue[index]) continue;
			let count = 0;
			let sum = 0;
			let squares = 0;
			for (let ny = Math.max(0, y - REACH); ny <= Math.min(heightPx - 1, y + REACH); ny++) {
				for (let nx = Math.max(0, x - REACH); nx <= Math.min(widthPx - 1, x + REACH); nx++) {
					const at = ny * widthPx + nx;
					if (!tissue[at]) continue;
					const value = density[at]!;
					count++;
					sum += value;
					squares += value * value;
				}
			}
			const mean = sum / count;
			const deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
			flat[index] = Number(deviation < Math.max(FLAT_DENSITY, 2 * noise, FLAT_SHARE * mean));
		}
	}
	return flat;
}
