/**
 * Fourier transforms along one axis, in kernel memory.
 * @module
 */
import type { KernelExports } from '../../kernels/kernels.ts';
import { createChirpTransform } from './chirp-transform.ts';

/** The kernel's largest radix; see `kernels/fft/passes.ts`. */
const LARGEST_RADIX = 61;

/** Lines of scratch the kernel needs. */
const SCRATCH_LINES = 8;

const COMPLEX_BYTES = 16;
const TWIDDLE_BYTES = 32;

/** Transforms lines of one length in place, unnormalised both ways. `data` points at complex numbers of float64. */
export interface LineTransform {
	rows(data: number, rows: number, inverse: boolean): void;
	/** Columns of a matrix with `width` complex numbers a row. */
	columns(data: number, columns: number, width: number, inverse: boolean): void;
	/** Gives its memory back. */
	dispose(): void;
}

/**
 * A transform of lines of `length` complex numbers: by its prime factors up to 61, by Bluestein's convolution where a
 * factor is larger.
 */
export function createLineTransform(kernels: KernelExports, length: number): LineTransform {
	const factors = factorsOf(length);
	if (factors.every((factor) => factor <= LARGEST_RADIX)) return createFactorTransform(kernels, length, factors);
	return createChirpTransform(kernels, length, (padded) => createLineTransform(kernels, padded));
}

/** 4s first, then primes in rising order: the order the kernel wants. None for length 1. */
export function factorsOf(length: number): number[] {
	const factors: number[] = [];
	let rest = length;
	for (; rest % 4 === 0; rest /= 4) factors.push(4);
	for (let prime = 2; rest > 1; prime++) {
		if (prime * prime > rest) prime = rest;
		for (; rest % prime === 0; rest /= prime) factors.push(prime);
	}
	return factors;
}

function createFactorTransform(kernels: KernelExports, length: number, factors: readonly number[]): LineTransform {
	const factorList = kernels.alloc(factors.length + 1);
	const forward = kernels.alloc(length * TWIDDLE_BYTES);
	const backward = kernels.alloc(length * TWIDDLE_BYTES);
	const scratch = kernels.alloc(SCRATCH_LINES * length * COMPLEX_BYTES);
	new Uint8Array(kernels.memory.buffer, factorList).set([...factors, 0]);
	fillTwiddles(new Float64Array(kernels.memory.buffer, forward, 4 * length), -1);
	fillTwiddles(new Float64Array(kernels.memory.buffer, backward, 4 * length), 1);
	return {
		rows(data, rows, inverse) {
			kernels.fftRows(data, rows, length, factorList, inverse ? backward : forward, inverse, scratch);
		},
		columns(data, columns, width, inverse) {
			kernels.fftColumns(data, columns, width, length, factorList, inverse ? backward : forward, inverse, scratch);
		},
		dispose() {
			for (const pointer of [factorList, forward, backward, scratch]) kernels.free(pointer);
		},
	};
}

/** For each power of the root of unity the numbers of a complex product: cos, cos, -sin, sin. */
function fillTwiddles(table: Float64Array, sign: 1 | -1): void {
	for (let k = 0; k < table.length; k += 4) {
		const angle = (sign * 2 * Math.PI * k) / table.length;
		table[k] = table[k + 1] = Math.cos(angle);
		table[k + 3] = Math.sin(angle);
		table[k + 2] = -table[k + 3]!;
	}
}
