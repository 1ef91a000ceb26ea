/**
 * Training of FocusLiteNN without a graph: a step costs a tenth of the graph's, and ONNX Runtime is not needed.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { layoutOf, packed, unpacked } from '../../networks/layout.ts';
import type { ParameterSpec } from '../../networks/parameters.ts';
import { adamInPlace } from '../adam-in-place.ts';
import { adamCorrections } from '../adam-step.ts';
import {
	merged,
	type NetworkTraining,
	type StepResult,
	type TrainingBatch,
	type TrainingState,
} from '../network-training.ts';
import { createExtremes, type ExtremesShape, planarOrder } from './extremes.ts';
import { VALUE_GRADIENTS } from './value-gradients.ts';

/** What is trained. */
export interface SparseStart {
	readonly specs: readonly ParameterSpec[];
	/** Name of a loss that has a gradient here. */
	readonly loss: string;
	/** Side of the pictures. */
	readonly sidePx: number;
	/** Where to go on, or the parameters to begin with. */
	readonly state: Pick<TrainingState, 'parameters'> & Partial<TrainingState>;
}

/** A FocusLiteNN being trained; pictures are bytes, in planes. */
export interface SparseTraining extends NetworkTraining {
	/** Answers to `[n, 3, side, side]` bytes: `[n]`. */
	answer(pictures: Uint8Array): Float32Array;
}

/** FocusLiteNN pads by a line of zeros. */
const PADDING_PX = 1;

/** Whether a network is a FocusLiteNN, by its parameters; and then, of what shape. */
export function extremesShapeOf(specs: readonly ParameterSpec[], sidePx: number): ExtremesShape | undefined {
	const keys = ['conv.weight', 'conv.bias', 'fc.weight', 'fc.bias'];
	const shapes = new Map(specs.map(({ key, shape }) => [key, shape]));
	const [kernels = 0, channels, height] = shapes.get('conv.weight') ?? [];
	const [outputs = 1, features = kernels] = shapes.get('fc.weight') ?? [];
	const known = specs.every(({ key }, i) => key === keys[i]) && channels === 3 && height === 7 && outputs === 1;
	if (!known || (features !== kernels && features !== 2 * kernels)) return undefined;
	return { kernels, pooling: features === kernels ? 'min' : 'minMax', sidePx, paddingPx: PADDING_PX };
}

/** Whether a network and a loss can be trained here. */
export function isSparse(specs: readonly ParameterSpec[], loss: string): boolean {
	return Object.hasOwn(VALUE_GRADIENTS, loss) && extremesShapeOf(specs, 235) !== undefined;
}

/**
 * Prepares to train. Numbers are kept in 32 bits between steps, so that a state that is stored goes on to the same ones.
 * @throws {ArgumentError} when the network or the loss cannot be trained here
 * @example
 * ```ts
 * const training = startSparseTraining({ specs, loss: 'plcc', sidePx: 235, state: { parameters } });
 * await training.step([{ pictures, targets }], 0.01);
 * ```
 */
export function startSparseTraining({ specs, loss, sidePx, state }: SparseStart): SparseTraining {
	const shape = extremesShapeOf(specs, sidePx);
	const gradientOf = VALUE_GRADIENTS[loss];
	if (!shape || !gradientOf) {
		throw new ArgumentError(
			'network',
			`Only a FocusLiteNN with ${Object.keys(VALUE_GRADIENTS).join(', ')} trains without a graph.`,
		);
	}
	const layout = layoutOf(specs);
	const order = orderOf(shape, layout.length);
	const list = asPixelsLie(packed(layout, state.parameters), order);
	const zeros = new Float32Array(layout.length);
	const arrays = {
		parameters: list,
		mean: asPixelsLie(state.mean ?? zeros, order),
		square: asPixelsLie(state.square ?? zeros, order),
	};
	const [weight, bias, headWeight, headBias] = ['conv.weight', 'conv.bias', 'fc.weight', 'fc.bias'].map((key) => {
		const begin = layout.places.get(key)?.begin;
		return begin === undefined ? new Float32Array(0) : list.subarray(begin, begin + lengthOf(specs, key));
	}) as [Float32Array, Float32Array, Float32Array, Float32Array];
	const network = createExtremes(shape, { weight, bias, headWeight, headBias });
	const bytesPerPicture = 3 * sidePx * sidePx;
	let step = state.step ?? 0;

	function answersTo(pictures: Uint8Array): Float64Array {
		return network.forward(pictures.length / bytesPerPicture, (i, place) => {
			place.setPlanes(pictures.subarray(i * bytesPerPicture, (i + 1) * bytesPerPicture));
		});
	}

	/** Adds a batch's share of the gradient. */
	function learn({ pictures, targets }: TrainingBatch, share: number, gradient: Float64Array): StepResult {
		const answers = answersTo(pictures as Uint8Array);
		const { value, gradient: slopes } = gradientOf!(answers, targets);
		const own = network.backward(slopes);
		let at = 0;
		for (const group of [own.weight, own.bias, own.headWeight, own.headBias]) {
			for (const number of group) {
				gradient[at] = gradient[at]! + share * number;
				at++;
			}
		}
		return { loss: value, answers: Float32Array.from(answers) };
	}

	return {
		async step(batches, learningRate) {
			const gradient = new Float64Array(layout.length);
			const results = batches.map((batch) => learn(batch, 1 / batches.length, gradient));
			adamInPlace(arrays, Float32Array.from(gradient), adamCorrections(learningRate, ++step));
			return merged(results);
		},
		answer: (pictures) => Float32Array.from(answersTo(pictures)),
		async state() {
			return {
				step,
				parameters: unpacked(layout, asTensorsLie(list, order)),
				mean: asTensorsLie(arrays.mean, order),
				square: asTensorsLie(arrays.square, order),
			};
		},
		async close() {},
	};
}

/**
 * Where each number of the layout lies in the list that is trained: the kernels' weights lie as pixels do, and the head's
 * by kernel, where PyTorch has all minima before all maxima.
 */
function orderOf({ kernels, pooling }: ExtremesShape, length: number): Int32Array {
	const order = Int32Array.from({ length }, (_, i) => i);
	const planar = planarOrder(kernels);
	order.set(planar);
	const head = planar.length + kernels;
	if (pooling === 'minMax') {
		for (let i = 0; i < 2 * kernels; i++) order[head + i] = head + 2 * (i % kernels) + Math.floor(i / kernels);
	}
	return order;
}

function asPixelsLie(numbers: Float32Array, order: Int32Array): Float32Array {
	const list = new Float32Array(order.length);
	for (const [i, at] of order.entries()) list[at] = numbers[i]!;
	return list;
}

function asTensorsLie(list: Float32Array, order: Int32Array): Float32Array {
	return Float32Array.from(order, (at) => list[at]!);
}

function lengthOf(specs: readonly ParameterSpec[], key: string): number {
	return specs.find((spec) => spec.key === key)!.shape.reduce((product, size) => product * size, 1);
}
