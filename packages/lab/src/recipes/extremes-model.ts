/**
 * FocusLiteNN as published, but for the black border: trained on crops in memory.
 * @module
 */
import { KERNEL_TAPS } from '@parfocal/core';
import { CROP_PX, rgbOf } from '../data/crops.ts';
import type { Random } from '../simulate/random.ts';
import {
	createExtremes,
	type ExtremesParameters,
	type ExtremesShape,
	extremesLengths,
	planarOrder,
} from '../train/sparse/extremes.ts';
import type { Trainable } from './trainable.ts';

/** A new model, started as published: kernels normal with variance 2 over the fan-out. */
export function createExtremesModel(kernels: number, pooling: 'min' | 'minMax', random: Random): Trainable {
	const shape: ExtremesShape = { kernels, pooling, sidePx: CROP_PX, paddingPx: 0 };
	const parameters = startParameters(shape, random);
	const { weight, bias, headWeight, headBias } = parameters;
	const network = createExtremes(shape, parameters);
	const inputs = headWeight.length;
	return {
		parameters: [weight, bias, headWeight, headBias],
		predict: (set, indices) => network.forward(indices.length, (i, { pixels }) => pixels.set(rgbOf(set, indices[i]!))),
		backward(gradient) {
			const own = network.backward(gradient);
			return [own.weight, own.bias, own.headWeight, own.headBias];
		},
		toDefinition: () => ({
			planes: 'all',
			pooling,
			kernels,
			convWeight: Float32Array.from(planarOrder(kernels), (at) => weight[at]!),
			convBias: Float32Array.from(bias),
			head:
				inputs > 0
					? [{ inputs, outputs: 1, weight: Float32Array.from(headWeight), bias: Float32Array.from(headBias) }]
					: [],
			paddingPx: 0,
		}),
	};
}

function startParameters(shape: ExtremesShape, random: Random): ExtremesParameters<Float64Array> {
	const lengths = extremesLengths(shape);
	const deviation = Math.sqrt(2 / (KERNEL_TAPS * KERNEL_TAPS * shape.kernels));
	const inputs = 3 * KERNEL_TAPS * KERNEL_TAPS;
	return {
		weight: Float64Array.from({ length: lengths.weight }, () => deviation * random.normal()),
		bias: Float64Array.from({ length: lengths.bias }, () => random.between(-1, 1) / Math.sqrt(inputs)),
		headWeight: Float64Array.from({ length: lengths.headWeight }, () => Math.SQRT2 * random.normal()),
		headBias: new Float64Array(lengths.headBias),
	};
}
