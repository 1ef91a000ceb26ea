/**
 * What FocusLiteNN's kernels look for: their taps, and which spatial frequencies they answer to.
 * Source: Wang et al., "FocusLiteNN", MICCAI 2020, figure of kernels in space and frequency.
 * @module
 */
import { KERNEL_TAPS } from '@parfocal/core';
import { type Matrix, matrixSvg } from '../figures/matrix.ts';

/** Kernels of a model. */
export interface Kernels {
	readonly name: string;
	/** 3 for colour, 1 for brightness. */
	readonly channels: number;
	/** `[kernel][channel][row][column]`. */
	readonly weights: ArrayLike<number>;
}

/** Frequencies a side, from minus to plus half a cycle a pixel. */
const FREQUENCIES = 11;
/** Kernels shown of a model at most. */
const MOST_KERNELS = 2;

const TAPS = KERNEL_TAPS * KERNEL_TAPS;

/** The picture of several models' kernels: each kernel summed over channels, and the magnitude of its spectrum beside it. */
export function kernelPicture(models: readonly Kernels[], title: string): string {
	const matrices = models.flatMap(({ name, channels, weights }): Matrix[] => {
		const count = Math.min(MOST_KERNELS, weights.length / (channels * TAPS));
		return Array.from({ length: count }, (_, kernel) => {
			const taps = summedTaps(weights, kernel, channels);
			const own = count === 1 ? name : `${name} #${kernel + 1}`;
			return [
				{ title: `${own}: taps`, values: taps, scale: 'diverging' as const },
				{ title: 'frequencies', values: spectrum(taps) },
			];
		}).flat();
	});
	const description =
		'Taps: positive orange, negative blue. Frequencies: magnitude from minus to plus half a cycle a pixel, none in the middle.';
	return matrixSvg({ title, description, matrices, cellPx: 11, perRow: 4 });
}

/** A kernel's taps by row, its channels added up: what it makes of grey. */
export function summedTaps(weights: ArrayLike<number>, kernel: number, channels: number): number[][] {
	return Array.from({ length: KERNEL_TAPS }, (_, row) =>
		Array.from({ length: KERNEL_TAPS }, (__, column) => {
			let sum = 0;
			for (let c = 0; c < channels; c++) sum += weights[(kernel * channels + c) * TAPS + row * KERNEL_TAPS + column]!;
			return sum;
		}),
	);
}

/** Magnitude of the discrete-time Fourier transform of taps, row by row of vertical frequency. */
export function spectrum(taps: readonly (readonly number[])[], frequencies: number = FREQUENCIES): number[][] {
	const at = (i: number): number => i / (frequencies - 1) - 0.5;
	return Array.from({ length: frequencies }, (_, v) =>
		Array.from({ length: frequencies }, (__, u) => {
			let real = 0;
			let imaginary = 0;
			for (const [row, line] of taps.entries()) {
				for (const [column, tap] of line.entries()) {
					const angle = -2 * Math.PI * (at(v) * row + at(u) * column);
					real += tap * Math.cos(angle);
					imaginary += tap * Math.sin(angle);
				}
			}
			return Math.hypot(real, imaginary);
		}),
	);
}
