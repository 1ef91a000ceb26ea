import type { Plane } from './pixels.ts';

/** Fills one row of an upsampled plane. `row` counts in the full-size image. */
export type RowUpsampler = (row: number, into: Uint8Array) => void;

/**
 * Rows of a chroma plane at the size of the image, as libjpeg-turbo makes them: the "fancy" triangle filter for ratios
 * 2x1, 2x2 and 1x2 (jdsample.c), plain repetition for all others. `into` must hold a row rounded up to the ratio.
 */
export function upsampler(plane: Plane, ratioX: number, ratioY: number): RowUpsampler {
	const isWide = plane.widthPx > 2; // libjpeg repeats samples in planes narrower than that
	if (ratioX === 1 && ratioY === 1) return (row, into) => into.set(rowOf(plane, row));
	if (ratioX === 2 && ratioY === 1 && isWide) return (row, into) => doubleRow(rowOf(plane, row), into);
	if (ratioX === 2 && ratioY === 2 && isWide) return doubleBoth(plane);
	if (ratioX === 1 && ratioY === 2) return (row, into) => doubleColumn(plane, row, into);
	return (row, into) => repeat(rowOf(plane, Math.floor(row / ratioY)), ratioX, into);
}

/** A row of the plane; rows outside are its first or last. */
function rowOf(plane: Plane, row: number): Uint8Array {
	const start = Math.min(Math.max(row, 0), plane.heightPx - 1) * plane.strideBytes;
	return plane.data.subarray(start, start + plane.widthPx);
}

/** The row that lies nearer to output row `row` after the one that holds it. */
function neighbourOf(row: number): number {
	return (row >> 1) + (row % 2 === 0 ? -1 : 1);
}

function repeat(samples: Uint8Array, times: number, into: Uint8Array): void {
	for (let x = 0; x < samples.length; x++) into.fill(samples[x]!, x * times, (x + 1) * times);
}

/** 3/4 of the nearer sample and 1/4 of the farther one, rounded down and up in turn. */
function doubleRow(samples: Uint8Array, into: Uint8Array): void {
	const last = samples.length - 1;
	into[0] = samples[0]!;
	into[2 * last + 1] = samples[last]!;
	for (let x = 0; x < last; x++) {
		into[2 * x + 1] = (3 * samples[x]! + samples[x + 1]! + 2) >> 2;
		into[2 * x + 2] = (3 * samples[x + 1]! + samples[x]! + 1) >> 2;
	}
}

function doubleColumn(plane: Plane, row: number, into: Uint8Array): void {
	const near = rowOf(plane, row >> 1);
	const far = rowOf(plane, neighbourOf(row));
	const bias = row % 2 === 0 ? 1 : 2;
	for (let x = 0; x < near.length; x++) into[x] = (3 * near[x]! + far[x]! + bias) >> 2;
}

function doubleBoth(plane: Plane): RowUpsampler {
	const sums = new Uint16Array(plane.widthPx);
	const last = plane.widthPx - 1;
	return (row, into) => {
		const near = rowOf(plane, row >> 1);
		const far = rowOf(plane, neighbourOf(row));
		for (let x = 0; x <= last; x++) sums[x] = 3 * near[x]! + far[x]!;
		into[0] = (4 * sums[0]! + 8) >> 4;
		into[2 * last + 1] = (4 * sums[last]! + 7) >> 4;
		for (let x = 0; x < last; x++) {
			into[2 * x + 1] = (3 * sums[x]! + sums[x + 1]! + 7) >> 4;
			into[2 * x + 2] = (3 * sums[x + 1]! + sums[x]! + 8) >> 4;
		}
	};
}
