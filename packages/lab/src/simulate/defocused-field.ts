/**
 * A sharp picture put out of focus: what a microscope would have seen with the stage too high or too low.
 *
 * The sharp picture is taken for what a perfect microscope of the same aperture saw in focus of a thin section, so each
 * channel is filtered with the ratio of the transfer to the perfect one. Nothing passes more contrast than the perfect
 * microscope in focus (Hopkins 1955), so the ratio is held within -1 and 1. Filtering is done on linear light.
 * @module
 */
import { defocusFromBlur } from '@parfocal/core';
import { type SquareTransform, squareTransform } from './fft.ts';
import type { Microscope } from './microscope.ts';
import { type Channel, channelFocusUm, microscopeTransfer, perfectTransfer } from './transfer.ts';

/** What is left of each frequency, by channel; see `transferRatios`. */
export type TransferRatios = readonly [Float64Array, Float64Array, Float64Array];

/** A picture in linear light, ready to be blurred again and again. */
export interface DefocusedField {
	readonly widthPx: number;
	readonly heightPx: number;
	/** Three planes (R, G, B) of linear light, with the stage this much above best focus. */
	defocused(defocusUm: number): Float32Array;
	/** The same with the stage raised so that geometric optics would blur over this radius. */
	blurred(blurRadiusPx: number): Float32Array;
	/** The same by ratios computed before. */
	filtered(ratios: TransferRatios): Float32Array;
}

/** Intervals of the table of ratios: closer at low frequencies, where strong defocus takes everything. */
const TABLE = 96;

/** Transfer in focus below which the ratio is not trusted: hardly any light gets there. */
const LEAST_TRANSFER = 0.02;

const transforms = new Map<number, SquareTransform>();

/**
 * Prepares three planes of linear light. Beyond the picture its mirror image is assumed, as far as there is room up to the
 * next power of two; a picture that fills the power of two touches its opposite edge.
 */
export function defocusedField(
	planes: Float32Array,
	widthPx: number,
	heightPx: number,
	microscope: Microscope,
): DefocusedField {
	const sizePx = 2 ** Math.ceil(Math.log2(Math.max(widthPx, heightPx, 2)));
	const transform = transforms.get(sizePx) ?? squareTransform(sizePx);
	transforms.set(sizePx, transform);
	const area = sizePx * sizePx;
	// Two real planes make one complex one, and filters are real and even, so that they come apart again.
	const [a, b, c, none] = [0, 1, 2, 3].map(() => new Float64Array(area)) as [
		Float64Array,
		Float64Array,
		Float64Array,
		Float64Array,
	];
	[a, b, c].forEach((target, channel) => {
		fillMirrored(target, sizePx, planes, channel * widthPx * heightPx, widthPx, heightPx);
	});
	transform.forward(a, b);
	transform.forward(c, none);

	function filtered(ratios: TransferRatios): Float32Array {
		if (ratios.every(passesAll)) return planes.slice();
		const result = new Float32Array(3 * widthPx * heightPx);
		const [red, green, blue] = filterPlanes(sizePx, ratios);
		const [re, im] = filteredPair(a, b, red, green, sizePx);
		const [last, rest] = [product(c, blue), product(none, blue)];
		transform.inverse(re, im);
		transform.inverse(last, rest);
		[re, im, last].forEach((from, channel) => {
			for (let y = 0; y < heightPx; y++) {
				const to = (channel * heightPx + y) * widthPx;
				for (let x = 0; x < widthPx; x++) result[to + x] = from[y * sizePx + x]!;
			}
		});
		return result;
	}

	const defocused = (defocusUm: number): Float32Array => filtered(transferRatios(microscope, defocusUm));
	return {
		widthPx,
		heightPx,
		filtered,
		defocused,
		blurred: (blurRadiusPx) => defocused(defocusFromBlur(blurRadiusPx, microscope.mpp, microscope)),
	};
}

/**
 * Transfer relative to the perfect microscope in focus, by channel, within -1 and 1. Entry `i` of a table is for frequency
 * `(i / 96)²` of the pixel grid's corner, `sqrt(1/2) / mpp` cycles per µm. Where the perfect transfer is below 0.02 it is
 * taken for 0.02: beyond the cut-off nothing is left.
 * @throws {ArgumentError} for impossible optics
 */
export function transferRatios(microscope: Microscope, defocusUm: number): TransferRatios {
	const known = new Map<string, Float64Array>();
	return ([0, 1, 2] as const).map((channel) => {
		const key = `${microscope.wavelengthUm[channel]} ${channelFocusUm(microscope, channel)}`;
		const table = known.get(key) ?? ratioTable(microscope, channel, defocusUm);
		known.set(key, table);
		return table;
	}) as unknown as TransferRatios;
}

function ratioTable(microscope: Microscope, channel: Channel, defocusUm: number): Float64Array {
	const transfer = microscopeTransfer(microscope, channel, defocusUm);
	const corner = Math.SQRT1_2 / microscope.mpp;
	return Float64Array.from({ length: TABLE + 1 }, (_, i) => {
		const frequency = (i / TABLE) ** 2 * corner;
		const perfect = perfectTransfer(microscope, channel, frequency);
		const ratio = i === 0 ? 1 : transfer(frequency) / Math.max(perfect, LEAST_TRANSFER);
		return Math.min(1, Math.max(-1, ratio));
	});
}

function passesAll(ratios: Float64Array): boolean {
	return ratios.every((ratio) => ratio === 1);
}

/** Filters over the transform's frequencies; one octant is computed and mirrored. Channels of one table share a filter. */
function filterPlanes(sizePx: number, ratios: TransferRatios): [Float64Array, Float64Array, Float64Array] {
	const made = new Map<Float64Array, Float64Array>();
	for (const table of ratios) if (!made.has(table)) made.set(table, filterPlane(sizePx, table));
	return ratios.map((table) => made.get(table)!) as [Float64Array, Float64Array, Float64Array];
}

function filterPlane(sizePx: number, table: Float64Array): Float64Array {
	const filter = new Float64Array(sizePx * sizePx);
	const half = sizePx / 2;
	for (let y = 0; y <= half; y++) {
		for (let x = 0; x <= y; x++) {
			const at = Math.sqrt(Math.sqrt(2 * (x * x + y * y)) / sizePx) * TABLE;
			const low = Math.min(TABLE - 1, Math.floor(at));
			const value = table[low]! + (at - low) * (table[low + 1]! - table[low]!);
			for (const row of [y, (sizePx - y) % sizePx]) {
				for (const column of [x, (sizePx - x) % sizePx]) {
					filter[row * sizePx + column] = value;
					filter[column * sizePx + row] = value;
				}
			}
		}
	}
	return filter;
}

/**
 * Filters two real pictures that share a transform `F`, one as its real part. With `F*`, the conjugate at the opposite
 * frequency, their own transforms are `(F + F*)/2` and `(F − F*)/2`.
 */
function filteredPair(
	real: Float64Array,
	imaginary: Float64Array,
	first: Float64Array,
	second: Float64Array,
	sizePx: number,
): [Float64Array, Float64Array] {
	if (first === second) return [product(real, first), product(imaginary, first)];
	const re = new Float64Array(real.length);
	const im = new Float64Array(real.length);
	for (let y = 0; y < sizePx; y++) {
		const opposite = ((sizePx - y) % sizePx) * sizePx;
		for (let x = 0; x < sizePx; x++) {
			const i = y * sizePx + x;
			const j = opposite + ((sizePx - x) % sizePx);
			const both = (first[i]! + second[i]!) / 2;
			const apart = (first[i]! - second[i]!) / 2;
			re[i] = real[i]! * both + real[j]! * apart;
			im[i] = imaginary[i]! * both - imaginary[j]! * apart;
		}
	}
	return [re, im];
}

function product(a: Float64Array, b: Float64Array): Float64Array {
	const result = new Float64Array(a.length);
	for (let i = 0; i < a.length; i++) result[i] = a[i]! * b[i]!;
	return result;
}

/** The picture, then its mirror image, squeezed so that the square also closes on itself without an edge. */
function fillMirrored(
	target: Float64Array,
	sizePx: number,
	source: Float32Array,
	from: number,
	widthPx: number,
	heightPx: number,
): void {
	for (let y = 0; y < sizePx; y++) {
		const row = from + mirrored(y, heightPx, sizePx) * widthPx;
		for (let x = 0; x < sizePx; x++) target[y * sizePx + x] = source[row + mirrored(x, widthPx, sizePx)]!;
	}
}

/** Beyond the end, mirror from the end for the first half of the gap and from the start for the second. */
function mirrored(at: number, length: number, size: number): number {
	if (at < length) return at;
	const inside = at < (length + size) / 2 ? 2 * length - 1 - at : size - 1 - at;
	return Math.min(length - 1, Math.max(0, inside));
}
