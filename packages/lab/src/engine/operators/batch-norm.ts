/**
 * Batch normalisation.
 * Source: Ioffe and Szegedy, "Batch Normalization" (ICML 2015), algorithm 1; PyTorch's `BatchNorm2d`.
 * @module
 */
import { elementwise, mapped, reduced, scaled, summed } from '../expressions.ts';
import type { Graph, Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** The result of normalising by the batch itself. */
export interface NormalisedBatch {
	readonly output: Value;
	/** `[channels]`: statistics of the batch, for the running averages. The variance divides by the count. */
	readonly mean: Value;
	readonly variance: Value;
}

/** Normalises each channel of `x`, `[n, channels, height, width]`, by mean and variance of the batch, as in training. */
export function batchNorm(tape: Tape, x: Value, weight: Value, bias: Value, epsilon: number): NormalisedBatch {
	const { graph } = tape;
	const [n, channels, height, width] = x.shape as [number, number, number, number];
	const count = n * height * width;
	const average = reduced(graph, 'ReduceMean', x, [0, 2, 3]);
	const centred = elementwise(graph, 'Sub', x, graph.reshape(average, [1, channels, 1, 1]));
	const variance = scaled(graph, channelProducts(graph, centred, centred), 1 / count);
	const output = affine(graph, x, weight, bias, average, variance, epsilon);
	tape.record(output, [x, weight, bias], (gradient, [needsX]) => {
		const spread = mapped(graph, 'Sqrt', elementwise(graph, 'Add', variance, graph.scalar(epsilon, variance)));
		const biasGradient = summed(graph, gradient, [0, 2, 3]);
		const weightGradient = elementwise(graph, 'Div', channelProducts(graph, gradient, centred), spread);
		if (!needsX) return [undefined, weightGradient, biasGradient];
		// weight / spread · (gradient - mean of gradient - normalised x · its mean product with the gradient), written as
		// two straight lines a channel, because each pass over a map costs about as much as a convolution of 1x1.
		const slope = elementwise(graph, 'Div', weight, spread);
		const share = scaled(graph, slope, -1 / count);
		const level = elementwise(graph, 'Mul', share, biasGradient);
		const pull = elementwise(graph, 'Div', elementwise(graph, 'Mul', share, weightGradient), spread);
		const zero = elementwise(graph, 'Sub', weight, weight);
		const one = elementwise(graph, 'Add', zero, graph.scalar(1, zero));
		const own = affine(graph, gradient, slope, level, zero, one, 0);
		const towards = elementwise(graph, 'Mul', centred, graph.reshape(pull, [1, channels, 1, 1]));
		return [elementwise(graph, 'Add', own, towards), weightGradient, biasGradient];
	});
	return { output, mean: average, variance };
}

/** Normalises by known statistics, as when a network is used: a straight line a channel. */
export function fixedBatchNorm(
	tape: Tape,
	x: Value,
	weight: Value,
	bias: Value,
	mean: Value,
	variance: Value,
	epsilon: number,
): Value {
	const { graph } = tape;
	const output = affine(graph, x, weight, bias, mean, variance, epsilon);
	return tape.record(output, [x, weight, bias], (gradient, [needsX, needsWeight]) => {
		const perChannel = (value: Value): Value => graph.reshape(value, [1, value.shape[0]!, 1, 1]);
		const spread = mapped(graph, 'Sqrt', elementwise(graph, 'Add', variance, graph.scalar(epsilon, variance)));
		const slope = perChannel(elementwise(graph, 'Div', weight, spread));
		const centred = needsWeight && elementwise(graph, 'Sub', x, perChannel(mean));
		return [
			needsX ? elementwise(graph, 'Mul', gradient, slope) : undefined,
			centred
				? elementwise(graph, 'Div', summed(graph, elementwise(graph, 'Mul', gradient, centred), [0, 2, 3]), spread)
				: undefined,
			summed(graph, gradient, [0, 2, 3]),
		];
	});
}

/** Sum of the products of two maps, channel by channel: `[channels]`. */
function channelProducts(graph: Graph, a: Value, b: Value): Value {
	return summed(graph, elementwise(graph, 'Mul', a, b), [0, 2, 3]);
}

function affine(
	graph: Graph,
	x: Value,
	weight: Value,
	bias: Value,
	mean: Value,
	variance: Value,
	epsilon: number,
): Value {
	const attributes = { epsilon: { float: epsilon } };
	const inputs = [x, weight, bias, mean, variance];
	return graph.apply('BatchNormalization', { inputs, shape: x.shape, attributes });
}
