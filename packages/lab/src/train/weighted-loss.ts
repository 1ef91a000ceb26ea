/**
 * A loss that counts some classes more than others.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { product } from '../engine/expressions.ts';
import { multiply } from '../engine/operators/arithmetic.ts';
import { mean } from '../engine/operators/reduction.ts';
import { reshape } from '../engine/operators/shaping.ts';
import { oneHot } from '../losses/class-target.ts';
import type { Loss } from '../losses/loss.ts';

/**
 * `loss` with each sample's part multiplied by the weight of its class; the mean is still over samples, so weights should
 * average one.
 * @throws {ArgumentError} when the loss is of a value, or of the batch as a whole
 */
export function weightedLoss(loss: Loss, weights: Float32Array): Loss {
	const { perSample } = loss;
	if (loss.target !== 'class' || !perSample) {
		throw new ArgumentError('class-weights', `The loss ${loss.name} has no classes that could be weighted.`);
	}
	return {
		...loss,
		build(tape, answers, targets, classes) {
			const { graph } = tape;
			const column = graph.constant([...weights], [classes, 1], targets.type);
			const each = perSample(tape, answers, targets, classes);
			const own = graph.reshape(product(graph, oneHot(graph, targets, classes), column), each.shape);
			return mean(tape, multiply(tape, reshape(tape, each, own.shape), own), [0]);
		},
	};
}
