/**
 * A sharp picture put out of focus: what the same microscope would have seen with the stage too high or too low.
 *
 * The sharp picture already carries the microscope's transfer function in focus, so it is filtered with the ratio of the
 * defocused to the focused one. No defocus passes more contrast than focus does (Hopkins 1955), so the ratio stays
 * within 1. Filtering is done on linear light.
 * @module
 */
import { defocusFromBlur, type Optics } from '@parfocal/core';
import { defocusTransfer, diffractionTransfer } from './defocus.ts';
import { type SquareTransform, squareTransform } from './fft.ts';

/** The microscope that a picture is assumed to come from. */
export interface Microscope extends Optics {
	readonly mpp: number;
	readonly wavelengthUm: number;
}

/** A picture in linear light, ready to be blurred again and again. */
export interface DefocusedField {
	readonly widthPx: number;
	readonly heightPx: number;
	/** Three planes (R, G, B) of linear light, blurred so that geometric optics would give this radius. */
	blurred(blurRadiusPx: number): Float32Array;
}

/** Frequencies at which the transfer function is computed; linear between them. */
const TABLE = 64;

/** Transfer in focus below which the ratio is not trusted: hardly any light gets there. */
const LEAST_TRANSFER = 0.02;

const transforms = new Map<number, SquareTransform>();

/** Prepares three planes of linear light. Beyond the picture its mirror image is assumed. */
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
	// Two real planes make one complex one: the filter is real and even, so they never mix.
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
	return {
		widthPx,
		heightPx,
		blurred(blurRadiusPx) {
			if (blurRadiusPx === 0) return planes.slice();
			const result = new Float32Array(3 * widthPx * heightPx);
			const filter = filterPlane(sizePx, transferTable(blurRadiusPx, microscope));
			const parts = [a, b, c, none].map((part) => product(part, filter));
			transform.inverse(parts[0]!, parts[1]!);
			transform.inverse(parts[2]!, parts[3]!);
			for (let channel = 0; channel < 3; channel++) {
				const from = parts[channel]!;
				for (let y = 0; y < heightPx; y++) {
					const to = (channel * heightPx + y) * widthPx;
					for (let x = 0; x < widthPx; x++) result[to + x] = from[y * sizePx + x]!;
				}
			}
			return result;
		},
	};
}

/** Transfer of defocus relative to focus at `TABLE + 1` frequencies from 0 to the corner of the pixel grid. */
export function transferTable(blurRadiusPx: number, microscope: Microscope): Float64Array {
	const { mpp, numericalAperture, wavelengthUm } = microscope;
	const optics = { ...microscope, defocusUm: defocusFromBlur(blurRadiusPx, mpp, microscope) };
	const table = new Float64Array(TABLE + 1);
	for (let i = 0; i <= TABLE; i++) {
		const frequency = (i / TABLE) * (Math.SQRT1_2 / mpp);
		const focused = diffractionTransfer(frequency, numericalAperture, wavelengthUm);
		table[i] = i === 0 ? 1 : defocusTransfer(optics, frequency, 48) / Math.max(focused, LEAST_TRANSFER);
	}
	return table;
}

/** The filter over the transform's frequencies; one octant is computed and mirrored. */
function filterPlane(sizePx: number, table: Float64Array): Float64Array {
	const filter = new Float64Array(sizePx * sizePx);
	const half = sizePx / 2;
	for (let y = 0; y <= half; y++) {
		for (let x = 0; x <= y; x++) {
			const at = (Math.sqrt(2 * (x * x + y * y)) / sizePx) * TABLE;
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
