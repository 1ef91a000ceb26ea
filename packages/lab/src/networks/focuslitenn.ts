/**
 * FocusLiteNN: one 7x7 convolution, and the smallest response of each kernel.
 * Source: Wang, Hosseini, Miles, Plataniotis and Wang, "FocusLiteNN: High Efficiency Focus Quality Assessment for Digital
 * Pathology" (MICCAI 2020), equations 1 and 2. The published code pools by the minimum alone and pads each crop by one pixel.
 * @module
 */
import { KERNEL_TAPS, RESPONSE_STRIDE_PX } from '@parfocal/core';
import { largest, smallest } from '../engine/operators/extreme.ts';
import { concatenate } from '../engine/operators/shaping.ts';
import type { Network } from './network.ts';

/** Choices of the design. */
export interface FocusLiteNNOptions {
	/** 1, 2 or 10 in the paper; default 1. */
	readonly kernels?: number;
	/** `min` as in the published code, `minMax` as in equation 2; default `min`. */
	readonly pooling?: 'min' | 'minMax';
}

/** 148, 299 and 1,491 parameters with 1, 2 and 10 kernels; 151, 301 and 1,501 with both extremes. */
export function focuslitenn({ kernels = 1, pooling = 'min' }: FocusLiteNNOptions = {}): Network {
	return {
		name: 'focuslitenn',
		source: 'Wang et al., FocusLiteNN, MICCAI 2020',
		inputPx: 235,
		features(layers, pictures) {
			const { tape } = layers;
			const layer = { outputs: kernels, kernel: KERNEL_TAPS, stride: RESPONSE_STRIDE_PX, padding: 1 };
			const responses = layers.convolution(pictures, 'conv', layer);
			const minimum = smallest(tape, responses, [2, 3]);
			if (pooling === 'min') return layers.asMap(minimum);
			return layers.asMap(concatenate(tape, [minimum, largest(tape, responses, [2, 3])], 1));
		},
		classifier(layers, map, outputs) {
			const features = layers.flatten(map);
			// One minimum is the score itself.
			if (features.shape[1] === 1 && outputs === 1) return features;
			const initialisation = { normal: Math.SQRT2 };
			return layers.flatten(layers.convolution(map, 'fc', { outputs, initialisation }));
		},
	};
}
