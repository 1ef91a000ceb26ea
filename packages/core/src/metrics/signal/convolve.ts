/**
 * One-dimensional convolution along an axis of an image, edges repeated symmetrically (index -1 is 0, -2 is 1, n is n-1).
 * @module
 */
import type { Signal } from './luma.ts';

/** Along which axis. */
export type Axis = 'horizontal' | 'vertical';

/**
 * True convolution, output as large as the input: `out(m) = sum_k taps[k] * in(m + shift - k)`.
 * `shift` defaults to the middle: `(n - 1) / 2` for odd `n`, `n / 2` for even.
 */
export function convolve(input: Signal, taps: Float64Array, axis: Axis, shift: number = taps.length >> 1): Signal {
	return axis === 'horizontal' ? alongRows(input, taps, shift) : alongColumns(input, taps, shift);
}

function alongRows({ widthPx, heightPx, data }: Signal, taps: Float64Array, shift: number): Signal {
	const n = taps.length;
	const before = n - 1 - shift;
	const padded = new Float64Array(widthPx + n - 1);
	const out = new Float64Array(data.length);
	const reversed = taps.toReversed();
	for (let row = 0; row < heightPx; row++) {
		const start = row * widthPx;
		for (let i = 0; i < padded.length; i++) padded[i] = data[start + mirrored(i - before, widthPx)]!;
		for (let column = 0; column < widthPx; column++) {
			let sum = 0;
			for (let k = 0; k < n; k++) sum += reversed[k]! * padded[column + k]!;
			out[start + column] = sum;
		}
	}
	return { widthPx, heightPx, data: out };
}

function alongColumns({ widthPx, heightPx, data }: Signal, taps: Float64Array, shift: number): Signal {
	const out = new Float64Array(data.length);
	for (let row = 0; row < heightPx; row++) {
		const target = out.subarray(row * widthPx, (row + 1) * widthPx);
		for (let k = taps.length - 1; k >= 0; k--) {
			const tap = taps[k]!;
			const start = mirrored(row + shift - k, heightPx) * widthPx;
			for (let column = 0; column < widthPx; column++) target[column]! += tap * data[start + column]!;
		}
	}
	return { widthPx, heightPx, data: out };
}

/** Where `index` lands in 0..length-1 when the signal is mirrored at its ends, edge sample repeated. */
export function mirrored(index: number, length: number): number {
	const period = 2 * length;
	const wrapped = ((index % period) + period) % period;
	return wrapped < length ? wrapped : period - 1 - wrapped;
}
