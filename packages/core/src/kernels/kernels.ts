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
	/** Lists the windows of a cell for `accumulateResponses`; see `kernels/response/windows.ts`. */
	listWindows(columns: number, columnCount: number, rows: number, rowCount: number, list: number): void;
	/** Adds the responses of listed windows to statistics; see `kernels/response/statistics.ts`. */
	accumulateResponses(
		base: number,
		windows: number,
		count: number,
		lumaLines: number,
		lumaCount: number,
		chromaLines: number,
		chromaCount: number,
		lines: number,
		run: number,
		bank: number,
		kernels: number,
		out: number,
	): void;
	/** Least and greatest response among listed windows; see `kernels/response/extremes.ts`. */
	findExtremes(
		base: number,
		windows: number,
		count: number,
		lines: number,
		lineCount: number,
		run: number,
		weights: number,
		out: number,
	): void;
	/** Luma of `count` pixels; see `kernels/response/luma.ts`. */
	lumaOfRgb(rgb: number, count: number, out: number): void;
	lumaOfPlanes(red: number, green: number, blue: number, count: number, out: number): void;
	/** Convolves a block of float64 samples along an axis; see `kernels/convolve/index.ts`. */
	convolveBlock(
		input: number,
		inputStride: number,
		rows: number,
		columns: number,
		taps: number,
		tapCount: number,
		tapStride: number,
		out: number,
	): void;
	convolveSymmetricBlock(
		input: number,
		inputStride: number,
		rows: number,
		columns: number,
		taps: number,
		half: number,
		tapStride: number,
		out: number,
	): void;
	/** Where to put the bytes of an image, 0 above the limit. See packages/core/kernels/jpeg/index.ts. */
	jpegInput(bytes: number): number;
	jpegHeader(tableBytes: number, imageBytes: number): number;
	jpegFrame(): number;
	jpegComponent(index: number, field: number): number;
	jpegDecode(mode: number): number;
	/** Fourier transforms of `rows` rows, or of `columns` columns of a matrix `width` wide; see `kernels/fft/index.ts`. */
	fftRows(
		data: number,
		rows: number,
		length: number,
		factors: number,
		twiddles: number,
		inverse: boolean,
		scratch: number,
	): void;
	fftColumns(
		data: number,
		columns: number,
		width: number,
		length: number,
		factors: number,
		twiddles: number,
		inverse: boolean,
		scratch: number,
	): void;
	/** Products of an 8x8 block with atoms, and matching pursuit of blocks; see `kernels/sparse/index.ts`. */
	correlateBlock(block: number, tiles: number, atoms: number, out: number): void;
	sparseCode(
		blocks: number,
		count: number,
		tiles: number,
		gram: number,
		atoms: number,
		sparsity: number,
		leastResidual: number,
		scratch: number,
		picks: number,
		coefficients: number,
	): void;
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
