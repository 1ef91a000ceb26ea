/**
 * FocusLiteNN as published: 7x7 kernels on RGB, the minimum (or minimum and maximum) of each, a weighted sum. Only the
 * winning patch of each kernel has a gradient, so one pass that remembers where the extremes were is all there is to do.
 * @module
 */
import { featureCount, KERNEL_TAPS, RESPONSE_STRIDE_PX } from '@parfocal/core';
import { CROP_PX, type CropSet, rgbOf } from '../data/crops.ts';
import type { Random } from '../simulate/random.ts';
import type { Trainable } from './trainable.ts';
import { instantiateTrainingKernels, SPARE_BYTES } from './training-kernels.ts';

const ROW_WEIGHTS = 3 * KERNEL_TAPS;
/** Weights of a kernel, and those padded for the kernel code. */
const WEIGHTS = KERNEL_TAPS * ROW_WEIGHTS;
const PADDED_ROW = 24;
/** Responses on a side of a crop, without a border. */
const RESPONSES = Math.floor((CROP_PX - KERNEL_TAPS) / RESPONSE_STRIDE_PX) + 1;
const STRIDE_BYTES = 3 * CROP_PX;

/** A new model, started as published: kernels normal with variance 2 over the fan-out. */
export function createExtremesModel(kernels: number, pooling: 'min' | 'minMax', random: Random): Trainable {
	const wasm = instantiateTrainingKernels();
	const cropAt = wasm.alloc(CROP_PX * STRIDE_BYTES + SPARE_BYTES);
	const weightsAt = wasm.alloc(4 * PADDED_ROW * KERNEL_TAPS);
	const resultAt = wasm.alloc(16);
	const { buffer } = wasm.memory;
	const crop = new Uint8Array(buffer, cropAt, CROP_PX * STRIDE_BYTES);
	const weightRows = new Float32Array(buffer, weightsAt, PADDED_ROW * KERNEL_TAPS);
	const extremeValues = new Float32Array(buffer, resultAt, 2);
	const extremePlaces = new Int32Array(buffer, resultAt + 8, 2);

	const perKernel = pooling === 'min' ? 1 : 2;
	const features = featureCount(pooling, kernels);
	const deviation = Math.sqrt(2 / (KERNEL_TAPS * KERNEL_TAPS * kernels));
	// Interleaved [kernel][row][column][channel], as the pixels lie.
	const weight = Float64Array.from({ length: kernels * WEIGHTS }, () => deviation * random.normal());
	const bias = Float64Array.from({ length: kernels }, () => random.between(-1, 1) / Math.sqrt(WEIGHTS));
	const hasHead = features > 1;
	const headWeight = Float64Array.from({ length: hasHead ? features : 0 }, () => Math.SQRT2 * random.normal());
	const headBias = new Float64Array(hasHead ? 1 : 0);

	let last: { set: CropSet; indices: ArrayLike<number>; values: Float64Array; places: Int32Array } | undefined;

	/** Extremes of every crop, kernel by kernel. */
	function measure(set: CropSet, indices: ArrayLike<number>): { values: Float64Array; places: Int32Array } {
		const values = new Float64Array(indices.length * features);
		const places = new Int32Array(indices.length * features);
		const padded = Array.from({ length: kernels }, (_, k) => paddedWeights(weight, k));
		for (let i = 0; i < indices.length; i++) {
			crop.set(rgbOf(set, indices[i]!));
			for (let k = 0; k < kernels; k++) {
				weightRows.set(padded[k]!);
				wasm.extremes(cropAt, STRIDE_BYTES, RESPONSES, RESPONSES, weightsAt, resultAt);
				for (let e = 0; e < perKernel; e++) {
					values[i * features + k * perKernel + e] = extremeValues[e]! + bias[k]!;
					places[i * features + k * perKernel + e] = extremePlaces[e]!;
				}
			}
		}
		return { values, places };
	}

	return {
		parameters: [weight, bias, headWeight, headBias],
		predict(set, indices) {
			const { values, places } = measure(set, indices);
			last = { set, indices, values, places };
			if (!hasHead) return values.slice();
			return Float64Array.from({ length: indices.length }, (_, i) => {
				let sum = headBias[0]!;
				for (let f = 0; f < features; f++) sum += headWeight[f]! * values[i * features + f]!;
				return sum;
			});
		},
		backward(gradient) {
			if (!last) throw new Error('Nothing was predicted yet.');
			const { set, indices, values, places } = last;
			const dWeight = new Float64Array(weight.length);
			const dBias = new Float64Array(bias.length);
			const dHead = new Float64Array(headWeight.length);
			const dHeadBias = new Float64Array(headBias.length);
			for (let i = 0; i < indices.length; i++) {
				const pixels = rgbOf(set, indices[i]!);
				if (hasHead) dHeadBias[0] = dHeadBias[0]! + gradient[i]!;
				for (let f = 0; f < features; f++) {
					const k = Math.floor(f / perKernel);
					const g = hasHead ? gradient[i]! * headWeight[f]! : gradient[i]!;
					if (hasHead) dHead[f] = dHead[f]! + gradient[i]! * values[i * features + f]!;
					dBias[k] = dBias[k]! + g;
					addPatch(dWeight, k * WEIGHTS, pixels, places[i * features + f]!, g / 255);
				}
			}
			return [dWeight, dBias, dHead, dHeadBias];
		},
		toDefinition: () => ({
			planes: 'all',
			pooling,
			kernels,
			convWeight: planarWeights(weight, kernels),
			convBias: Float32Array.from(bias),
			head: hasHead
				? [{ inputs: features, outputs: 1, weight: Float32Array.from(headWeight), bias: Float32Array.from(headBias) }]
				: [],
			paddingPx: 0,
		}),
	};
}

/** Kernel `k` for pixels 0..255, each row padded with zeros. */
function paddedWeights(weight: Float64Array, k: number): Float32Array {
	const padded = new Float32Array(KERNEL_TAPS * PADDED_ROW);
	for (let row = 0; row < KERNEL_TAPS; row++) {
		for (let i = 0; i < ROW_WEIGHTS; i++) {
			padded[row * PADDED_ROW + i] = weight[k * WEIGHTS + row * ROW_WEIGHTS + i]! / 255;
		}
	}
	return padded;
}

/** Adds `factor` times the patch that made response number `place`. */
function addPatch(target: Float64Array, at: number, pixels: Uint8Array, place: number, factor: number): void {
	const top = RESPONSE_STRIDE_PX * Math.floor(place / RESPONSES);
	const left = RESPONSE_STRIDE_PX * (place % RESPONSES);
	for (let row = 0; row < KERNEL_TAPS; row++) {
		const from = (top + row) * STRIDE_BYTES + 3 * left;
		const to = at + row * ROW_WEIGHTS;
		for (let i = 0; i < ROW_WEIGHTS; i++) target[to + i] = target[to + i]! + factor * pixels[from + i]!;
	}
}

/** `[kernel][channel][row][column]`, as definitions keep them. */
function planarWeights(weight: Float64Array, kernels: number): Float32Array {
	const planar = new Float32Array(weight.length);
	const taps = KERNEL_TAPS * KERNEL_TAPS;
	for (let k = 0; k < kernels; k++) {
		for (let tap = 0; tap < taps; tap++) {
			for (let c = 0; c < 3; c++) planar[(k * 3 + c) * taps + tap] = weight[k * WEIGHTS + tap * 3 + c]!;
		}
	}
	return planar;
}
