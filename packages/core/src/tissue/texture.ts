/**
 * Tissue that shows nothing to focus on: mucus, colloid, serum, the flat of a thick fold.
 * @module
 */
import { erode, type GridSize } from './grid.ts';
import type { Densities } from './ink.ts';

/** Half side of the window contrast is measured in: 3 x 3 places. */
const REACH = 1;
/** A window with fewer places of tissue says nothing. */
const LEAST_PLACES = 6;
/** Part of a window's mean density that its deviation must reach as well: dense tissue shows more of everything. */
const FLAT_SHARE = 0.01;

/**
 * 1 where a place lies in a window of tissue that has nearly one density. Only tissue places are compared, so rims are
 * judged by their inside; at this scale blur does not lower the contrast.
 * @param leastDeviation Standard deviation of optical density below which a window is flat.
 */
export function findFlat(densities: Densities, tissue: Uint8Array, leastDeviation: number, size: GridSize): Uint8Array {
	const { widthPx, heightPx } = size;
	const flat = new Uint8Array(tissue.length);
	// Sums over the window's rows, a column each: count, density, squared density.
	const counts = new Float64Array(widthPx);
	const sums = new Float64Array(widthPx);
	const squares = new Float64Array(widthPx);
	const density = meanDensity(densities, tissue);
	const addRow = (y: number, sign: 1 | -1) => {
		for (let x = 0, i = y * widthPx; x < widthPx; x++, i++) {
			if (!tissue[i]) continue;
			const value = density[i]!;
			counts[x] = counts[x]! + sign;
			sums[x] = sums[x]! + sign * value;
			squares[x] = squares[x]! + sign * value * value;
		}
	};
	for (let y = 0; y < Math.min(REACH, heightPx); y++) addRow(y, 1);
	for (let y = 0; y < heightPx; y++) {
		if (y + REACH < heightPx) addRow(y + REACH, 1);
		if (y - REACH > 0) addRow(y - REACH - 1, -1);
		for (let x = 0, i = y * widthPx; x < widthPx; x++, i++) {
			if (!tissue[i]) continue;
			let count = 0;
			let sum = 0;
			let square = 0;
			const end = Math.min(widthPx, x + REACH + 1);
			for (let nx = Math.max(0, x - REACH); nx < end; nx++) {
				count += counts[nx]!;
				sum += sums[nx]!;
				square += squares[nx]!;
			}
			if (count < LEAST_PLACES) continue;
			const mean = sum / count;
			const least = Math.max(leastDeviation, FLAT_SHARE * mean);
			if (square / count - mean * mean < least * least) flat[i] = 1;
		}
	}
	return spread(flat, tissue, size);
}

/** All tissue in windows whose middle is marked. */
function spread(middles: Uint8Array, tissue: Uint8Array, size: GridSize): Uint8Array {
	const others = new Uint8Array(middles.length);
	for (let i = 0; i < others.length; i++) others[i] = 1 - middles[i]!;
	const elsewhere = erode(others, size);
	for (let i = 0; i < others.length; i++) others[i] = tissue[i]! & (1 - elsewhere[i]!);
	return others;
}

function meanDensity([red, green, blue]: Densities, tissue: Uint8Array): Float32Array {
	const density = new Float32Array(red.length);
	for (let i = 0; i < density.length; i++) if (tissue[i]) density[i] = (red[i]! + green[i]! + blue[i]!) / 3;
	return density;
}
