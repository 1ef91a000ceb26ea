/**
 * The discrete Fourier transform of a square whose side is a power of two, in place (Cooley and Tukey, 1965, radix 2).
 * @module
 */
import { ArgumentError } from '@parfocal/core';

/** Transforms squares of one size; its tables are made once. */
export interface SquareTransform {
	readonly sizePx: number;
	/** Real and imaginary parts, row-major, replaced by their transform. */
	forward(real: Float64Array, imaginary: Float64Array): void;
	/** The inverse, divided by the number of pixels. */
	inverse(real: Float64Array, imaginary: Float64Array): void;
}

/** @throws {ArgumentError} when `sizePx` is no power of two. */
export function squareTransform(sizePx: number): SquareTransform {
	const bits = Math.log2(sizePx);
	if (!Number.isInteger(bits) || bits < 1) {
		throw new ArgumentError('sizePx', `The side of a transform must be a power of two, not ${sizePx}.`);
	}
	const cosine = Float64Array.from({ length: sizePx / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / sizePx));
	const sine = Float64Array.from({ length: sizePx / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / sizePx));
	const reversed = Uint16Array.from({ length: sizePx }, (_, i) => {
		let result = 0;
		for (let bit = 0; bit < bits; bit++) result |= ((i >> bit) & 1) << (bits - 1 - bit);
		return result;
	});

	/** One line: `sizePx` numbers from `start`. */
	function line(re: Float64Array, im: Float64Array, start: number): void {
		for (let i = 0; i < sizePx; i++) {
			const j = reversed[i]!;
			if (j > i) {
				swap(re, start + i, start + j);
				swap(im, start + i, start + j);
			}
		}
		for (let half = 1; half < sizePx; half *= 2) {
			const step = sizePx / (2 * half);
			for (let block = start; block < start + sizePx; block += 2 * half) {
				for (let k = 0; k < half; k++) {
					const c = cosine[k * step]!;
					const s = sine[k * step]!;
					const a = block + k;
					const b = a + half;
					const x = re[b]! * c - im[b]! * s;
					const y = re[b]! * s + im[b]! * c;
					re[b] = re[a]! - x;
					im[b] = im[a]! - y;
					re[a] = re[a]! + x;
					im[a] = im[a]! + y;
				}
			}
		}
	}

	function forward(real: Float64Array, imaginary: Float64Array): void {
		for (let pass = 0; pass < 2; pass++) {
			for (let row = 0; row < sizePx; row++) line(real, imaginary, row * sizePx);
			transpose(real, sizePx);
			transpose(imaginary, sizePx);
		}
	}

	return {
		sizePx,
		forward,
		inverse(real, imaginary) {
			// The inverse is the forward transform with the parts exchanged.
			forward(imaginary, real);
			const scale = 1 / (sizePx * sizePx);
			for (let i = 0; i < real.length; i++) {
				real[i] = real[i]! * scale;
				imaginary[i] = imaginary[i]! * scale;
			}
		},
	};
}

function transpose(values: Float64Array, size: number): void {
	// Block by block, so that both ends stay in the cache.
	for (let by = 0; by < size; by += 16) {
		for (let bx = by; bx < size; bx += 16) {
			for (let y = by; y < Math.min(by + 16, size); y++) {
				for (let x = Math.max(bx, y + 1); x < Math.min(bx + 16, size); x++) swap(values, y * size + x, x * size + y);
			}
		}
	}
}

function swap(values: Float64Array, a: number, b: number): void {
	const held = values[a]!;
	values[a] = values[b]!;
	values[b] = held;
}
