/**
 * Pictures and parameters by the formulas of `focuslitenn-synthetic.json`.
 * @module
 */
import { elementCount, type Tensors } from '@parfocal/core';
import type { ParameterSpec } from '../../../networks/parameters.ts';

/** One training of the file. */
export interface TrainingRun {
	readonly model: string;
	readonly loss: string;
	readonly pred0: readonly number[];
	readonly trace: readonly { readonly loss: number; readonly lr: number }[];
	readonly paramsAfter: Readonly<Record<string, readonly number[]>>;
}

/** The file's generator: a stream in [0, 1). */
function congruent(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

/** A picture of waves and noise, `[3, side, side]` bytes. */
export function drawnPlanes(side: number, seed: number, period: number): Uint8Array {
	const uniform = congruent(seed);
	const planes = new Uint8Array(3 * side * side);
	for (let y = 0; y < side; y++) {
		for (let x = 0; x < side; x++) {
			for (let c = 0; c < 3; c++) {
				const wave = 1 - Math.abs((2 * ((x + 2 * y + 5 * c) % period)) / period - 1);
				planes[(c * side + y) * side + x] = 96 + Math.floor(64 * wave) + Math.floor(64 * uniform());
			}
		}
	}
	return planes;
}

/** Parameters of a network without normalisations, tensor after tensor. */
export function congruentNumbers(specs: readonly ParameterSpec[], seed: number): Tensors {
	return new Map(
		specs.map(({ key, shape }, i) => {
			const uniform = congruent(seed + i);
			const bound = Math.sqrt(3 / elementCount(shape.slice(1)));
			const rule = shape.length > 1 ? () => (2 * uniform() - 1) * bound : () => 0.2 * (2 * uniform() - 1);
			return [key, { shape, data: Float32Array.from({ length: elementCount(shape) }, rule) }];
		}),
	);
}
