/**
 * FocusLiteNN in WebAssembly, there and back: 7x7 kernels on RGB, the minimum (or minimum and maximum) of each, a weighted
 * sum. Only the winning patch of each kernel has a gradient, so one pass that remembers where the extremes were is all
 * there is to do.
 * @module
 */
import { featureCount, KERNEL_TAPS, RESPONSE_STRIDE_PX } from '@parfocal/core';
import { instantiateTrainingKernels, SPARE_BYTES } from '../../recipes/training-kernels.ts';

const ROW_WEIGHTS = 3 * KERNEL_TAPS;
/** Weights of a kernel, and those of a row padded for the kernel code. */
const WEIGHTS = KERNEL_TAPS * ROW_WEIGHTS;
const PADDED_ROW = 24;

/** Numbers in either precision. */
export type Numbers = Float32Array | Float64Array;

/** What is built. */
export interface ExtremesShape {
	readonly kernels: number;
	readonly pooling: 'min' | 'minMax';
	/** Side of a picture. */
	readonly sidePx: number;
	/** Zeros around it: 1 as published. */
	readonly paddingPx: number;
}

/** Parameters, or their gradients. There is no head where a single minimum is the answer. */
export interface ExtremesParameters<N extends Numbers = Numbers> {
	/** `[kernel][row][column][channel]`, as pixels lie. */
	readonly weight: N;
	/** `[kernel]`. */
	readonly bias: N;
	/** `[feature]`: of each kernel the minimum, then the maximum if it is pooled. */
	readonly headWeight: N;
	/** `[1]`. */
	readonly headBias: N;
}

/** Where the picture that is looked at goes. */
export interface PicturePlace {
	/** Interleaved pixels with the border. */
	readonly pixels: Uint8Array;
	/** Writes `[3, side, side]` bytes inside the border. */
	setPlanes(planes: Uint8Array): void;
}

/** Answers to pictures, and the way back. */
export interface Extremes {
	/** Answers to `count` pictures that `show` puts into place one by one; values are 0 … 255 there, 0 … 1 to the kernels. */
	forward(count: number, show: (index: number, place: PicturePlace) => void): Float64Array;
	/** Gradients of the parameters, given those of the last answers. */
	backward(gradient: Numbers): ExtremesParameters<Float64Array>;
}

/** Numbers of each group of parameters. */
export function extremesLengths({ kernels, pooling }: ExtremesShape): Record<keyof ExtremesParameters, number> {
	const features = featureCount(pooling, kernels);
	const head = features > 1 ? features : 0;
	return { weight: kernels * WEIGHTS, bias: kernels, headWeight: head, headBias: Math.min(head, 1) };
}

/** A network that works with `parameters` as they are at each call. */
export function createExtremes(shape: ExtremesShape, parameters: ExtremesParameters): Extremes {
	const { kernels, pooling, sidePx, paddingPx } = shape;
	const { weight, bias, headWeight, headBias } = parameters;
	const widthPx = sidePx + 2 * paddingPx;
	const strideBytes = 3 * widthPx;
	const responses = Math.floor((widthPx - KERNEL_TAPS) / RESPONSE_STRIDE_PX) + 1;
	const perKernel = pooling === 'min' ? 1 : 2;
	const features = kernels * perKernel;
	const hasHead = headWeight.length > 0;

	const wasm = instantiateTrainingKernels();
	const planesAt = wasm.alloc(3 * sidePx * sidePx + SPARE_BYTES);
	const pixelsAt = wasm.alloc(widthPx * strideBytes + SPARE_BYTES);
	const weightsAt = wasm.alloc(4 * PADDED_ROW * KERNEL_TAPS);
	const resultAt = wasm.alloc(16);
	const { buffer } = wasm.memory;
	const planes = new Uint8Array(buffer, planesAt, 3 * sidePx * sidePx);
	const pixels = new Uint8Array(buffer, pixelsAt, widthPx * strideBytes).fill(0);
	const weightRows = new Float32Array(buffer, weightsAt, PADDED_ROW * KERNEL_TAPS);
	const extremeValues = new Float32Array(buffer, resultAt, 2);
	const extremePlaces = new Int32Array(buffer, resultAt + 8, 2);
	const place: PicturePlace = {
		pixels,
		setPlanes(bytes) {
			planes.set(bytes);
			wasm.interleave(planesAt, sidePx, paddingPx, pixelsAt);
		},
	};
	let last: { values: Float64Array; patches: Uint8Array } | undefined;

	/** Remembers the patch that made response number `index`. */
	function keepPatch(patches: Uint8Array, at: number, index: number): void {
		const top = RESPONSE_STRIDE_PX * Math.floor(index / responses);
		const left = RESPONSE_STRIDE_PX * (index % responses);
		for (let row = 0; row < KERNEL_TAPS; row++) {
			const from = (top + row) * strideBytes + 3 * left;
			const to = at + row * ROW_WEIGHTS;
			for (let i = 0; i < ROW_WEIGHTS; i++) patches[to + i] = pixels[from + i]!;
		}
	}

	return {
		forward(count, show) {
			const values = new Float64Array(count * features);
			const patches = new Uint8Array(count * features * WEIGHTS);
			const padded = Array.from({ length: kernels }, (_, k) => paddedWeights(weight, k));
			for (let i = 0; i < count; i++) {
				show(i, place);
				for (let k = 0; k < kernels; k++) {
					weightRows.set(padded[k]!);
					wasm.extremes(pixelsAt, strideBytes, responses, responses, weightsAt, resultAt);
					for (let e = 0; e < perKernel; e++) {
						const at = i * features + k * perKernel + e;
						values[at] = extremeValues[e]! + bias[k]!;
						keepPatch(patches, at * WEIGHTS, extremePlaces[e]!);
					}
				}
			}
			last = { values, patches };
			if (!hasHead) return values.slice();
			return Float64Array.from({ length: count }, (_, i) => {
				let sum = headBias[0]!;
				for (let f = 0; f < features; f++) sum += headWeight[f]! * values[i * features + f]!;
				return sum;
			});
		},
		backward(gradient) {
			if (!last) throw new Error('Nothing was predicted yet.');
			const { values, patches } = last;
			const own = {
				weight: new Float64Array(weight.length),
				bias: new Float64Array(bias.length),
				headWeight: new Float64Array(headWeight.length),
				headBias: new Float64Array(headBias.length),
			};
			for (let i = 0; i < gradient.length; i++) {
				if (hasHead) own.headBias[0] = own.headBias[0]! + gradient[i]!;
				for (let f = 0; f < features; f++) {
					const k = Math.floor(f / perKernel);
					const at = i * features + f;
					const g = hasHead ? gradient[i]! * headWeight[f]! : gradient[i]!;
					if (hasHead) own.headWeight[f] = own.headWeight[f]! + gradient[i]! * values[at]!;
					own.bias[k] = own.bias[k]! + g;
					addPatch(own.weight, k * WEIGHTS, patches, at * WEIGHTS, g / 255);
				}
			}
			return own;
		},
	};
}

/** Kernel `k` for pixels 0 … 255, each row padded with zeros. */
function paddedWeights(weight: Numbers, k: number): Float32Array {
	const padded = new Float32Array(KERNEL_TAPS * PADDED_ROW);
	for (let row = 0; row < KERNEL_TAPS; row++) {
		for (let i = 0; i < ROW_WEIGHTS; i++) {
			padded[row * PADDED_ROW + i] = weight[k * WEIGHTS + row * ROW_WEIGHTS + i]! / 255;
		}
	}
	return padded;
}

function addPatch(target: Float64Array, at: number, patches: Uint8Array, from: number, factor: number): void {
	for (let i = 0; i < WEIGHTS; i++) target[at + i] = target[at + i]! + factor * patches[from + i]!;
}

/** For `[kernel][channel][row][column]`, PyTorch's order, where each weight lies in ours. */
export function planarOrder(kernels: number): Int32Array {
	const taps = KERNEL_TAPS * KERNEL_TAPS;
	return Int32Array.from({ length: kernels * WEIGHTS }, (_, i) => {
		const [k, c, tap] = [Math.floor(i / WEIGHTS), Math.floor((i % WEIGHTS) / taps), i % taps];
		return k * WEIGHTS + 3 * tap + c;
	});
}
