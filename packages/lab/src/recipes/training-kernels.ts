/**
 * The WASM module of training and a place in its memory for a batch.
 * @module
 */
import { wasmBase64 } from './kernels.gen.ts';

/** The part of the standard that is used; the types of Node leave it out. */
declare const WebAssembly: {
	readonly Module: new (bytes: Uint8Array) => object;
	readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** What `packages/lab/kernels/index.ts` exports. Pointers are byte offsets into `memory`. */
export interface TrainingKernels {
	readonly memory: { readonly buffer: ArrayBuffer };
	alloc(bytes: number): number;
	extremes(crop: number, strideBytes: number, columns: number, rows: number, weights: number, result: number): void;
	interleave(planes: number, side: number, padding: number, target: number): void;
	responses(crop: number, strideBytes: number, columns: number, rows: number, weights: number, result: number): void;
	weightGradient(
		crop: number,
		strideBytes: number,
		columns: number,
		rows: number,
		gradients: number,
		target: number,
	): void;
}

/** A fresh instance, for one training. */
export function instantiateTrainingKernels(): TrainingKernels {
	const module = new WebAssembly.Module(Buffer.from(wasmBase64, 'base64'));
	return new WebAssembly.Instance(module).exports as TrainingKernels;
}

/** Bytes that kernels may read past the end of a crop. */
export const SPARE_BYTES = 16;
