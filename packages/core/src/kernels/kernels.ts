/**
 * The WASM module of the hot path. One instance belongs to one thread; its memory holds a tile's bytes, its decoded
 * planes and its responses, so pixels are never copied between steps.
 * @module
 */
import { bytesFromBase64 } from './base64.ts';
import { wasmBase64 } from './kernels.gen.ts';

/** What `packages/core/kernels/index.ts` exports. Pointers are byte offsets into `memory`. */
export interface KernelExports {
	readonly memory: WebAssembly.Memory;
	alloc(bytes: number): number;
	free(pointer: number): void;
	/** Where to put the bytes of an image, 0 above the limit. See packages/core/kernels/jpeg/index.ts. */
	jpegInput(bytes: number): number;
	jpegHeader(tableBytes: number, imageBytes: number): number;
	jpegFrame(): number;
	jpegComponent(index: number, field: number): number;
	jpegDecode(mode: number): number;
}

let compiled: WebAssembly.Module | undefined;

/** A fresh instance. The module is compiled once a thread. */
export function instantiateKernels(): KernelExports {
	compiled ??= new WebAssembly.Module(bytesFromBase64(wasmBase64));
	return new WebAssembly.Instance(compiled).exports as unknown as KernelExports;
}

let shared: KernelExports | undefined;

/** The thread's own instance, made when first asked for. Its users run one after another and never across an `await`. */
export function sharedKernels(): KernelExports {
	shared ??= instantiateKernels();
	return shared;
}
