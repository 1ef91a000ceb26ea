/**
 * Our own variant of FocusLiteNN as a network: 7x7 kernels on brightness, pooled into energies instead of extremes. The
 * numbers of the shipped model fit: its kernels are `conv.weight`.
 * Source: `docs/experiments.md`; the design it grew out of is Wang et al., "FocusLiteNN" (MICCAI 2020).
 * @module
 */
import { ENERGY_EPSILON, KERNEL_TAPS, RESPONSE_STRIDE_PX } from '@parfocal/core';
import type { Value } from '../engine/graph.ts';
import { absolute } from '../engine/operators/absolute.ts';
import { multiply, shift, subtract } from '../engine/operators/arithmetic.ts';
import { convolution } from '../engine/operators/convolution.ts';
import { largest, smallest } from '../engine/operators/extreme.ts';
import { logarithm } from '../engine/operators/logarithm.ts';
import { mean } from '../engine/operators/reduction.ts';
import { concatenate, reshape } from '../engine/operators/shaping.ts';
import type { Tape } from '../engine/tape.ts';
import { evenPadding } from '../engine/window.ts';
import type { Network } from './network.ts';

const KERNELS = 4;
/** BT.601 brightness of red, green and blue. */
const LUMA = [0.299, 0.587, 0.114];
const HIDDEN = 32;

/** Four kernels, sixteen energies, a hidden layer of 32. Pictures are red, green, blue in 0 … 1. */
export const focuslitennEnergy: Network = {
	name: 'focuslitenn_energy',
	source: 'Parfocal, docs/experiments.md',
	inputPx: 235,
	features(layers, pictures) {
		const { tape } = layers;
		const shape = [KERNELS, 1, KERNEL_TAPS, KERNEL_TAPS];
		const weight = layers.parameter('conv.weight', shape, { normal: 1 / KERNEL_TAPS });
		// A kernel that sums to zero does not see brightness.
		const level = reshape(tape, mean(tape, weight, [1, 2, 3]), [KERNELS, 1, 1, 1]);
		const responses = convolution(tape, brightness(tape, pictures), subtract(tape, weight, level), {
			stride: RESPONSE_STRIDE_PX,
			padding: evenPadding(0),
			groups: 1,
		});
		const energies = energiesOf(tape, responses);
		return layers.asMap(reshape(tape, energies, [pictures.shape[0]!, 4 * KERNELS]));
	},
	classifier(layers, map, outputs) {
		const hidden = layers.relu(layers.linear(layers.flatten(map), 'head.0', HIDDEN));
		return layers.linear(hidden, 'head.2', outputs);
	},
};

function brightness({ graph }: Tape, pictures: Value): Value {
	const [n, , height, width] = pictures.shape as [number, number, number, number];
	const weights = graph.constant(LUMA, [1, 3, 1, 1], pictures.type);
	return graph.apply('Conv', {
		inputs: [pictures, weights],
		shape: [n, 1, height, width],
		attributes: { kernel_shape: [1, 1] },
	});
}

/** `[n, kernels, 4]`: logarithms of mean square about the mean, mean magnitude, maximum and minimum about the mean. */
function energiesOf(tape: Tape, responses: Value): Value {
	const [n, kernels] = responses.shape as [number, number];
	const places = [2, 3];
	const level = mean(tape, responses, places);
	const centred = subtract(tape, responses, reshape(tape, level, [n, kernels, 1, 1]));
	const logarithmOf = (value: Value, epsilon: number): Value =>
		reshape(tape, logarithm(tape, shift(tape, value, epsilon)), [n, kernels, 1]);
	const below = subtract(tape, level, smallest(tape, responses, places));
	return concatenate(
		tape,
		[
			logarithmOf(mean(tape, multiply(tape, centred, centred), places), ENERGY_EPSILON ** 2),
			logarithmOf(mean(tape, absolute(tape, responses), places), ENERGY_EPSILON),
			logarithmOf(subtract(tape, largest(tape, responses, places), level), ENERGY_EPSILON),
			logarithmOf(below, ENERGY_EPSILON),
		],
		2,
	);
}
