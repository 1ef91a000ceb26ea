/**
 * FocusLiteNN: one convolution, and the extremes of its responses.
 * Source: Wang et al., "FocusLiteNN: High Efficiency Focus Quality Assessment for Digital Pathology" (MICCAI 2020), section 2.
 * What was published pools minima only; minima and maxima together are the paper's equation 2.
 * @module
 */
import { KERNEL_TAPS, RESPONSE_STRIDE_PX } from '@parfocal/core';
import { largest, smallest } from '../engine/operators/extreme.ts';
import type { Network } from './network.ts';

/** Numbers taken of the responses of a kernel. */
type Pooling = 'min' | 'min-max';

/** One kernel, minimum: 148 parameters. */
export const focuslitenn: Network = focuslitennOf('focuslitenn', 1, 'min');
/** Two kernels, minima: 299 parameters. */
export const focuslitenn2: Network = focuslitennOf('focuslitenn_2', 2, 'min');
/** Ten kernels, minima: 1,491 parameters. */
export const focuslitenn10: Network = focuslitennOf('focuslitenn_10', 10, 'min');
/** One kernel, minimum and maximum: 151 parameters. */
export const focuslitennMinMax: Network = focuslitennOf('focuslitenn_min_max', 1, 'min-max');
/** Two kernels, minima and maxima: 301 parameters. */
export const focuslitennMinMax2: Network = focuslitennOf('focuslitenn_min_max_2', 2, 'min-max');
/** Ten kernels, minima and maxima: 1,501 parameters. */
export const focuslitennMinMax10: Network = focuslitennOf('focuslitenn_min_max_10', 10, 'min-max');

function focuslitennOf(name: string, kernels: number, pooling: Pooling): Network {
	return {
		name,
		source: 'Wang et al., FocusLiteNN: High Efficiency Focus Quality Assessment for Digital Pathology, MICCAI 2020',
		inputPx: 235,
		features(layers, pictures) {
			const kernel = { outputs: kernels, kernel: KERNEL_TAPS, stride: RESPONSE_STRIDE_PX, padding: 1 };
			const responses = layers.convolution(pictures, 'conv', kernel);
			const minima = layers.asMap(smallest(layers.tape, responses, [2, 3]));
			if (pooling === 'min') return minima;
			return layers.concatenate([minima, layers.asMap(largest(layers.tape, responses, [2, 3]))]);
		},
		classifier(layers, map, outputs) {
			// The minimum of a single kernel is the answer.
			const answers = map.shape[1] === 1 && outputs === 1 ? map : layers.convolution(map, 'fc', { outputs });
			return layers.flatten(answers);
		},
	};
}
