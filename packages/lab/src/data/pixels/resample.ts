/**
 * Changing the size of a picture. Which way decides how much of a slight blur is left to see, so the method is an explicit
 * option that is recorded with every result: going from 1024 to 224 pixels, a method that averages removes most of it.
 * @module
 */
import { ArgumentError, type RgbImage } from '@parfocal/core';

/**
 * How output pixel `i` of `to` is made of `from` input pixels; its centre lies at `(i + 0.5) * from / to`:
 * - `bilinear`: between the two nearest input pixels, no prefilter; OpenCV's `INTER_LINEAR`, by which the papers' authors
 *   prepared their data. Aliases when shrinking.
 * - `bilinear-antialias`: a triangle as wide as two output pixels, cut off and renormalised at the edge; Pillow's `BILINEAR`
 *   (torchvision's `Resize`).
 * - `box`: the mean of the area under the output pixel, partly covered pixels counting in part; OpenCV's `INTER_AREA`.
 */
export type ResampleMethod = 'bilinear' | 'bilinear-antialias' | 'box';

/** A method and the size it leads to; the picture is stretched when its shape differs. */
export interface Resampling {
	readonly method: ResampleMethod;
	readonly widthPx: number;
	readonly heightPx: number;
}

/** `none`: pixels as stored. */
export type ResampleOption = 'none' | Resampling;

/** Names of all methods, `none` included. */
export const RESAMPLE_METHODS: readonly ('none' | ResampleMethod)[] = ['none', 'bilinear', 'bilinear-antialias', 'box'];

/** The inputs of one output pixel on one axis. */
interface Taps {
	readonly start: number;
	readonly weights: Float64Array;
}

/**
 * Checks a method and its size.
 * @throws {ArgumentError} naming what is wrong
 */
export function checkResample(option: ResampleOption): void {
	if (option === 'none') return;
	const { method, widthPx, heightPx } = option;
	if (!RESAMPLE_METHODS.includes(method)) {
		throw new ArgumentError(
			'resample',
			`There is no resampler "${method}". There are: ${RESAMPLE_METHODS.join(', ')}.`,
		);
	}
	if (!(Number.isInteger(widthPx) && Number.isInteger(heightPx) && widthPx > 0 && heightPx > 0)) {
		throw new ArgumentError('resample', `A picture cannot be resampled to ${widthPx} x ${heightPx} pixels.`);
	}
}

/**
 * The picture at another size. Sums are exact, values are rounded once, halves up; libraries that round between the axes or
 * use fixed-point weights can differ by one level.
 * @throws {ArgumentError} when there is no such method, or the size is not positive and whole
 * @example
 * ```ts
 * const small = resample(picture, { method: 'bilinear', widthPx: 224, heightPx: 224 });
 * ```
 */
export function resample(image: RgbImage, resampling: Resampling): RgbImage {
	checkResample(resampling);
	const { method, widthPx, heightPx } = resampling;
	if (widthPx === image.widthPx && heightPx === image.heightPx) return image;
	const columns = axisTaps(method, image.widthPx, widthPx);
	const rows = axisTaps(method, image.heightPx, heightPx);
	const data = new Uint8Array(3 * widthPx * heightPx);
	const row = new Float64Array(3 * image.widthPx);
	for (let y = 0; y < heightPx; y++) {
		sumRows(image.data, row, rows[y]!);
		let to = 3 * y * widthPx;
		for (let x = 0; x < widthPx; x++, to += 3) sumColumns(row, columns[x]!, data, to);
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}

function axisTaps(method: ResampleMethod, from: number, to: number): Taps[] {
	const taps = { bilinear: neighbours, 'bilinear-antialias': triangle, box }[method];
	return Array.from({ length: to }, (_, i) => taps(i, from / to, from));
}

function neighbours(i: number, ratio: number, from: number): Taps {
	const place = Math.min(Math.max((i + 0.5) * ratio - 0.5, 0), from - 1);
	const start = Math.floor(place);
	const weights = place === start ? [1] : [1 - (place - start), place - start];
	return { start, weights: Float64Array.from(weights) };
}

function triangle(i: number, ratio: number, from: number): Taps {
	const reach = Math.max(ratio, 1);
	const centre = (i + 0.5) * ratio;
	const start = Math.max(0, Math.floor(centre - reach + 0.5));
	const end = Math.min(from, Math.floor(centre + reach + 0.5));
	const height = (_: unknown, k: number): number => Math.max(0, 1 - Math.abs(start + k + 0.5 - centre) / reach);
	return { start, weights: normalised(Float64Array.from({ length: end - start }, height)) };
}

function box(i: number, ratio: number, from: number): Taps {
	const [low, high] = [i * ratio, Math.min((i + 1) * ratio, from)];
	const start = Math.floor(low);
	const covered = (_: unknown, k: number): number => Math.min(start + k + 1, high) - Math.max(start + k, low);
	return { start, weights: normalised(Float64Array.from({ length: Math.ceil(high) - start }, covered)) };
}

function normalised(weights: Float64Array): Float64Array {
	const sum = weights.reduce((total, weight) => total + weight, 0);
	return weights.map((weight) => weight / sum);
}

/** `row` becomes the weighted sum of the picture's rows. */
function sumRows(data: Uint8Array, row: Float64Array, { start, weights }: Taps): void {
	row.fill(0);
	for (let k = 0; k < weights.length; k++) {
		const weight = weights[k]!;
		let from = (start + k) * row.length;
		for (let i = 0; i < row.length; i++, from++) row[i] = row[i]! + weight * data[from]!;
	}
}

function sumColumns(row: Float64Array, { start, weights }: Taps, data: Uint8Array, to: number): void {
	let [red, green, blue] = [0.5, 0.5, 0.5];
	for (let k = 0, from = 3 * start; k < weights.length; k++, from += 3) {
		const weight = weights[k]!;
		red += weight * row[from]!;
		green += weight * row[from + 1]!;
		blue += weight * row[from + 2]!;
	}
	data[to] = red;
	data[to + 1] = green;
	data[to + 2] = blue;
}
