/**
 * Fourier transforms of lengths with a large prime factor, by Bluestein's way:
 * `jk = (j² + k² - (j - k)²) / 2` turns the transform into a convolution with a chirp, done by powers of two.
 *
 * Source: Bluestein, "A Linear Filtering Approach to the Computation of Discrete Fourier Transform", IEEE Trans. Audio
 * Electroacoustics 18(4), 1970.
 * @module
 */
import type { KernelExports } from '../../kernels/kernels.ts';
import type { LineTransform } from './line-transform.ts';

/** A transform of lines of `length`; `createInner` makes the one of a power of two that it stands on. */
export function createChirpTransform(
	kernels: KernelExports,
	length: number,
	createInner: (padded: number) => LineTransform,
): LineTransform {
	const padded = 2 ** Math.ceil(Math.log2(2 * length - 1));
	const inner = createInner(padded);
	const pointer = kernels.alloc(padded * 16);
	const line = (): Float64Array => new Float64Array(kernels.memory.buffer, pointer, 2 * padded);
	const chirp = chirpOf(length);
	const spectrum = spectrumOfChirp();

	function spectrumOfChirp(): Float64Array {
		const values = line().fill(0);
		for (let k = 0; k < length; k++) {
			for (const at of [k, (padded - k) % padded]) {
				values[2 * at] = chirp[2 * k]!;
				values[2 * at + 1] = -chirp[2 * k + 1]!;
			}
		}
		inner.rows(pointer, 1, false);
		return line().slice();
	}

	/** The line whose numbers lie `step` apart from byte `start` on. */
	function transform(start: number, step: number, inverse: boolean): void {
		const values = line();
		const data = new Float64Array(kernels.memory.buffer, start, 2 * ((length - 1) * step + 1));
		// An inverse transform is a forward one between two conjugations.
		const flip = inverse ? -1 : 1;
		values.fill(0);
		for (let k = 0; k < length; k++) {
			store(values, k, data[2 * k * step]!, flip * data[2 * k * step + 1]!, chirp);
		}
		inner.rows(pointer, 1, false);
		for (let k = 0; k < padded; k++) store(values, k, values[2 * k]!, values[2 * k + 1]!, spectrum);
		inner.rows(pointer, 1, true);
		for (let k = 0; k < length; k++) {
			store(values, k, values[2 * k]! / padded, values[2 * k + 1]! / padded, chirp);
			data[2 * k * step] = values[2 * k]!;
			data[2 * k * step + 1] = flip * values[2 * k + 1]!;
		}
	}

	return {
		rows(data, rows, inverse) {
			for (let row = 0; row < rows; row++) transform(data + row * length * 16, 1, inverse);
		},
		columns(data, columns, width, inverse) {
			for (let column = 0; column < columns; column++) transform(data + column * 16, width, inverse);
		},
		dispose() {
			inner.dispose();
			kernels.free(pointer);
		},
	};
}

/** `exp(-i pi k² / n)`, with `k²` reduced modulo `2n` so that the angle stays exact. */
function chirpOf(length: number): Float64Array {
	const chirp = new Float64Array(2 * length);
	for (let k = 0; k < length; k++) {
		const angle = (-Math.PI * ((k * k) % (2 * length))) / length;
		chirp[2 * k] = Math.cos(angle);
		chirp[2 * k + 1] = Math.sin(angle);
	}
	return chirp;
}

/** `out[k] = (re + i im) * factors[k]`, complex. */
function store(out: Float64Array, k: number, re: number, im: number, factors: Float64Array): void {
	const c = factors[2 * k]!;
	const s = factors[2 * k + 1]!;
	out[2 * k] = re * c - im * s;
	out[2 * k + 1] = re * s + im * c;
}
