/**
 * Preparing a picture for phase statistics: the seam at its borders taken out, and a shift by half a pixel against the
 * bias of whole grey levels. Both are done to its spectrum, which the statistics need anyway.
 *
 * Source: Moisan, "Periodic plus Smooth Image Decomposition", J. Math. Imaging and Vision 39(2), 2011; Desolneux, Ladjal,
 * Moisan, Morel, "Dequantizing Image Orientation", IEEE TIP 11(10), 2002.
 * @module
 */
import type { Signal } from '../signal/luma.ts';
import { type Spectrum, withSpectrum } from '../signal/spectrum.ts';

/** What is done to a picture: `both` (as published), only the `periodic` part, only the half-pixel `shift`, or `none`. */
export type Preparation = 'both' | 'periodic' | 'shift' | 'none';

/** Puts the prepared `picture` into the first image of `spectrum`, imaginary parts 0, and its transform into the second. */
export function preparePicture(spectrum: Spectrum, picture: Signal, preparation: Preparation): void {
	// The jumps have a spectrum of their own, so they come before the images are taken.
	const jumps = preparation === 'both' || preparation === 'periodic' ? borderJumps(picture) : undefined;
	const [space, frequency] = spectrum.images as [Float64Array, Float64Array];
	for (let i = 0; i < picture.data.length; i++) {
		frequency[2 * i] = picture.data[i]!;
		frequency[2 * i + 1] = 0;
	}
	spectrum.forward(frequency);
	if (jumps) subtractSmoothPart(frequency, picture, jumps);
	if (preparation === 'both' || preparation === 'shift') shiftHalfPixel(frequency, picture);
	space.set(frequency);
	spectrum.inverse(space);
	for (let i = 1; i < space.length; i += 2) space[i] = 0;
}

/** Transforms of the steps from the bottom row up to the top one, and from the right column over to the left one. */
interface BorderJumps {
	readonly rows: Float64Array;
	readonly columns: Float64Array;
}

function borderJumps({ widthPx, heightPx, data }: Signal): BorderJumps {
	const bottom = (heightPx - 1) * widthPx;
	return {
		rows: lineSpectrum(widthPx, (x) => data[x]! - data[bottom + x]!),
		columns: lineSpectrum(heightPx, (y) => data[y * widthPx]! - data[y * widthPx + widthPx - 1]!),
	};
}

function lineSpectrum(length: number, valueAt: (index: number) => number): Float64Array {
	return withSpectrum(length, 1, 1, (spectrum) => {
		const line = spectrum.images[0]!;
		for (let i = 0; i < length; i++) line[2 * i] = valueAt(i);
		spectrum.forward(line);
		return line.slice();
	});
}

/**
 * The smooth part solves a Poisson equation whose right side are the jumps, at the border only: with opposite signs in the
 * two rows (columns) that meet there, so its transform is that of one line times `1 - exp(i angle)`.
 */
function subtractSmoothPart(
	frequency: Float64Array,
	{ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
	{ rows, columns }: BorderJumps,
): void {
	const x = turns(widthPx, (q) => (2 * Math.PI * q) / widthPx);
	const y = turns(heightPx, (r) => (2 * Math.PI * r) / heightPx);
	for (let r = 0, i = 0; r < heightPx; r++) {
		const cosY = y[2 * r]!;
		const sinY = y[2 * r + 1]!;
		const columnRe = columns[2 * r]!;
		const columnIm = columns[2 * r + 1]!;
		for (let q = 0; q < widthPx; q++, i += 2) {
			if (i === 0) continue;
			const cosX = x[2 * q]!;
			const sinX = x[2 * q + 1]!;
			const rowRe = rows[2 * q]!;
			const rowIm = rows[2 * q + 1]!;
			const divisor = 4 - 2 * cosX - 2 * cosY;
			frequency[i]! -= (rowRe * (1 - cosY) + rowIm * sinY + columnRe * (1 - cosX) + columnIm * sinX) / divisor;
			frequency[i + 1]! -= (rowIm * (1 - cosY) - rowRe * sinY + columnIm * (1 - cosX) - columnRe * sinX) / divisor;
		}
	}
}

/**
 * Shifts by half a pixel on both axes. A wave at the Nyquist frequency of one axis, shifted so, has its zeros where the
 * pixels are: it vanishes, unless it also stands at the Nyquist frequency of the other axis, where it changes sign.
 */
function shiftHalfPixel(
	frequency: Float64Array,
	{ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): void {
	const x = turns(widthPx, (q) => (-Math.PI * signedFrequency(q, widthPx)) / widthPx);
	const y = turns(heightPx, (r) => (-Math.PI * signedFrequency(r, heightPx)) / heightPx);
	for (let r = 0, i = 0; r < heightPx; r++) {
		const cosY = y[2 * r]!;
		const sinY = y[2 * r + 1]!;
		for (let q = 0; q < widthPx; q++, i += 2) {
			const c = cosY * x[2 * q]! - sinY * x[2 * q + 1]!;
			const s = sinY * x[2 * q]! + cosY * x[2 * q + 1]!;
			const re = frequency[i]!;
			const im = frequency[i + 1]!;
			const nyquists = (2 * q === widthPx ? 1 : 0) + (2 * r === heightPx ? 1 : 0);
			frequency[i] = nyquists === 1 ? 0 : re * c - im * s;
			frequency[i + 1] = nyquists === 1 ? 0 : re * s + im * c;
		}
	}
}

/** `cos, sin` of an angle for each index. */
function turns(length: number, angleAt: (index: number) => number): Float64Array {
	const out = new Float64Array(2 * length);
	for (let k = 0; k < length; k++) {
		out[2 * k] = Math.cos(angleAt(k));
		out[2 * k + 1] = Math.sin(angleAt(k));
	}
	return out;
}

function signedFrequency(index: number, length: number): number {
	return index < length - Math.floor(length / 2) ? index : index - length;
}
