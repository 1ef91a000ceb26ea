/**
 * Our own variant: 7x7 kernels on luma, pooled into energies, and a small head. Kernels sum to zero, so brightness does
 * not matter; the head is blind to contrast, so stain strength does not either.
 * @module
 */
import { ENERGY_FEATURES_PER_KERNEL, KERNEL_TAPS, RESPONSE_STRIDE_PX } from '@parfocal/core';
import { CROP_PX, type CropSet, lumaOfCrop } from '../data/crops.ts';
import type { Random } from '../simulate/random.ts';
import { type Energies, energiesOf, responseGradients } from './energy-features.ts';
import { createPerceptron, type FeatureScale } from './perceptron.ts';
import type { Trainable } from './trainable.ts';
import { instantiateTrainingKernels, SPARE_BYTES } from './training-kernels.ts';

const TAPS = KERNEL_TAPS * KERNEL_TAPS;
const PADDED_ROW = 8;
const RESPONSES = Math.floor((CROP_PX - KERNEL_TAPS) / RESPONSE_STRIDE_PX) + 1;

/** Crops over which features are normalised. */
const SCALE_SAMPLE = 256;

/** Choices of the design. */
export interface EnergyOptions {
	readonly kernels: number;
	readonly hidden: number;
	readonly contrastInvariant: boolean;
}

/** A new model; features are normalised over the first crops of `sample`. */
export function createEnergyModel(options: EnergyOptions, sample: CropSet, random: Random): Trainable {
	const { kernels, hidden } = options;
	const inputs = kernels * ENERGY_FEATURES_PER_KERNEL;
	const wasm = instantiateTrainingKernels();
	const cropAt = wasm.alloc(CROP_PX * CROP_PX + SPARE_BYTES);
	const weightsAt = wasm.alloc(4 * PADDED_ROW * KERNEL_TAPS);
	const targetAt = wasm.alloc(4 * PADDED_ROW * KERNEL_TAPS);
	const responsesAt = wasm.alloc(4 * RESPONSES * RESPONSES);
	const gradientsAt = wasm.alloc(4 * RESPONSES * RESPONSES);
	const { buffer } = wasm.memory;
	const crop = new Uint8Array(buffer, cropAt, CROP_PX * CROP_PX);
	const weightRows = new Float32Array(buffer, weightsAt, PADDED_ROW * KERNEL_TAPS);
	const targetRows = new Float32Array(buffer, targetAt, PADDED_ROW * KERNEL_TAPS);
	const responses = new Float32Array(buffer, responsesAt, RESPONSES * RESPONSES);
	const gradients = new Float32Array(buffer, gradientsAt, RESPONSES * RESPONSES);

	const weight = startKernels(kernels, random);
	let last: { set: CropSet; indices: ArrayLike<number>; energies: Energies[] } | undefined;

	function respond(k: number): void {
		weightRows.set(paddedKernel(weight, k));
		wasm.responses(cropAt, CROP_PX, RESPONSES, RESPONSES, weightsAt, responsesAt);
	}

	function measure(set: CropSet, indices: ArrayLike<number>): { features: Float64Array; energies: Energies[] } {
		const features = new Float64Array(indices.length * inputs);
		const energies: Energies[] = [];
		for (let i = 0; i < indices.length; i++) {
			crop.set(lumaOfCrop(set, indices[i]!));
			for (let k = 0; k < kernels; k++) {
				respond(k);
				const own = energiesOf(responses);
				energies.push(own);
				features.set(own.features, i * inputs + k * ENERGY_FEATURES_PER_KERNEL);
			}
		}
		return { features, energies };
	}

	const sampleIndices = Array.from({ length: Math.min(SCALE_SAMPLE, sample.count) }, (_, i) =>
		Math.floor((i * sample.count) / Math.min(SCALE_SAMPLE, sample.count)),
	);
	const scale = scaleOf(measure(sample, sampleIndices).features, inputs);
	const contrast = Array.from({ length: inputs }, (_, i) => (i % ENERGY_FEATURES_PER_KERNEL === 0 ? 2 : 1));
	const head = createPerceptron(inputs, hidden, scale, options.contrastInvariant ? contrast : undefined, random);

	return {
		parameters: [weight, ...head.parameters],
		predict(set, indices) {
			const { features, energies } = measure(set, indices);
			last = { set, indices, energies };
			return head.forward(features, indices.length);
		},
		backward(gradient) {
			if (!last) throw new Error('Nothing was predicted yet.');
			const { set, indices, energies } = last;
			const back = head.backward(gradient);
			const dWeight = new Float64Array(weight.length);
			for (let i = 0; i < indices.length; i++) {
				crop.set(lumaOfCrop(set, indices[i]!));
				for (let k = 0; k < kernels; k++) {
					const at = i * inputs + k * ENERGY_FEATURES_PER_KERNEL;
					respond(k);
					const own = back.features.subarray(at, at + ENERGY_FEATURES_PER_KERNEL);
					responseGradients(responses, energies[i * kernels + k]!, own, gradients);
					targetRows.fill(0);
					wasm.weightGradient(cropAt, CROP_PX, RESPONSES, RESPONSES, gradientsAt, targetAt);
					addKernelGradient(dWeight, k, targetRows);
				}
			}
			return [dWeight, ...back.parameters];
		},
		toDefinition: () => ({
			planes: 'luma',
			pooling: 'energy',
			kernels,
			convWeight: Float32Array.from({ length: kernels * TAPS }, (_, i) =>
				balanced(weight, Math.floor(i / TAPS), i % TAPS),
			),
			convBias: new Float32Array(kernels),
			head: head.toLayers(),
			paddingPx: 0,
		}),
	};
}

/** Differences of Gaussians of growing width, roughened: band-pass filters of several octaves to start from. */
function startKernels(kernels: number, random: Random): Float64Array {
	const weight = new Float64Array(kernels * TAPS);
	const middle = (KERNEL_TAPS - 1) / 2;
	for (let k = 0; k < kernels; k++) {
		const width = 0.5 * 3 ** (k / Math.max(1, kernels - 1));
		for (let tap = 0; tap < TAPS; tap++) {
			const x = (tap % KERNEL_TAPS) - middle;
			const y = Math.floor(tap / KERNEL_TAPS) - middle;
			const gauss = (s: number): number => Math.exp(-(x * x + y * y) / (2 * s * s)) / (s * s);
			weight[k * TAPS + tap] = width * (gauss(width) - gauss(1.6 * width)) + 0.05 * random.normal();
		}
	}
	return weight;
}

/** Weight `tap` of kernel `k` with the kernel's mean taken away. */
function balanced(weight: Float64Array, k: number, tap: number): number {
	return weight[k * TAPS + tap]! - kernelMean(weight, k);
}

function kernelMean(weight: Float64Array, k: number): number {
	let sum = 0;
	for (let tap = 0; tap < TAPS; tap++) sum += weight[k * TAPS + tap]!;
	return sum / TAPS;
}

/** Kernel `k`, summing to zero, for pixels 0..255, each row padded with a zero. */
function paddedKernel(weight: Float64Array, k: number): Float32Array {
	const padded = new Float32Array(KERNEL_TAPS * PADDED_ROW);
	const mean = kernelMean(weight, k);
	for (let tap = 0; tap < TAPS; tap++) {
		padded[Math.floor(tap / KERNEL_TAPS) * PADDED_ROW + (tap % KERNEL_TAPS)] = (weight[k * TAPS + tap]! - mean) / 255;
	}
	return padded;
}

/** Adds the gradient of the balanced kernel, itself balanced. */
function addKernelGradient(target: Float64Array, k: number, rows: Float32Array): void {
	const own = Float64Array.from({ length: TAPS }, (_, tap) => {
		return rows[Math.floor(tap / KERNEL_TAPS) * PADDED_ROW + (tap % KERNEL_TAPS)]! / 255;
	});
	const mean = own.reduce((a, b) => a + b) / TAPS;
	for (let tap = 0; tap < TAPS; tap++) target[k * TAPS + tap] = target[k * TAPS + tap]! + own[tap]! - mean;
}

function scaleOf(features: Float64Array, inputs: number): FeatureScale {
	const count = features.length / inputs;
	const mean = new Float64Array(inputs);
	const deviation = new Float64Array(inputs);
	for (let i = 0; i < features.length; i++) mean[i % inputs] = mean[i % inputs]! + features[i]! / count;
	for (let i = 0; i < features.length; i++) {
		deviation[i % inputs] = deviation[i % inputs]! + (features[i]! - mean[i % inputs]!) ** 2 / count;
	}
	return { mean, deviation: deviation.map((variance) => Math.sqrt(variance) + 1e-3) };
}
