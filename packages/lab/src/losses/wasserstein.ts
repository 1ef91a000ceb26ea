/**
 * Cross-entropy and the distance by which probability would have to be moved for the answer to be unimodal, with its mode at
 * the true class.
 * @module
 */
import { elementwise, product, reduced, summed } from '../engine/expressions.ts';
import type { Graph, Value } from '../engine/graph.ts';
import { absolute } from '../engine/operators/absolute.ts';
import { subtract } from '../engine/operators/arithmetic.ts';
import { exponential } from '../engine/operators/exponential.ts';
import { logSoftmax } from '../engine/operators/log-softmax.ts';
import { matrixProduct } from '../engine/operators/matrix-product.ts';
import { sum } from '../engine/operators/reduction.ts';
import type { Tape } from '../engine/tape.ts';
import { oneHot } from './class-target.ts';
import { crossEntropyOfSamples } from './cross-entropy.ts';
import type { Loss } from './loss.ts';
import { penalisedLoss } from './penalised.ts';

/**
 * Cross-entropy with a Wasserstein term; `lambda` by default as in the authors' code.
 *
 * The paper takes the unimodal distribution nearest in Wasserstein distance, by a linear program a sample, which a graph
 * cannot solve. Here it is the nearest in the largest difference, scaled to add up to one: also unimodal, also the answer
 * itself where that is unimodal already, so the term vanishes for the same answers. Otherwise it is at least the paper's.
 */
export function wasserstein(lambda = 100): Loss {
	return penalisedLoss({
		name: 'wasserstein',
		source:
			'Cardoso, Cruz and Albuquerque, Unimodal Distributions for Ordinal Regression, IEEE TAI 2025 (arXiv 2303.04547)',
		lambda,
		base: crossEntropyOfSamples,
		penalty: distanceFromUnimodal,
	});
}

/** Wasserstein distance of each sample from a unimodal distribution near it, in classes, `[n]`. */
export function distanceFromUnimodal(tape: Tape, logits: Value, targets: Value): Value {
	const { graph } = tape;
	const classes = logits.shape[1]!;
	const probabilities = exponential(tape, logSoftmax(tape, logits));
	const apart = subtract(tape, probabilities, nearestUnimodal(graph, probabilities, targets));
	const upTo = graph.constant(
		Array.from({ length: classes ** 2 }, (_, i) => Number(Math.floor(i / classes) <= i % classes)),
		[classes, classes],
		logits.type,
	);
	return sum(tape, absolute(tape, matrixProduct(tape, apart, upTo)), [1]);
}

/**
 * The mean of two unimodal envelopes: for each class the largest probability at or beyond it, seen from the mode, and the
 * smallest between it and the mode. That mean is the nearest in the largest difference (as for any isotonic regression).
 */
function nearestUnimodal(graph: Graph, probabilities: Value, targets: Value): Value {
	const [count, classes] = probabilities.shape as [number, number];
	const outside = masks(graph, targets, classes, (k, j, mode) => (k - mode) * (j - k) >= 0);
	const inside = masks(graph, targets, classes, (k, j, mode) => (j - k) * (j - mode) <= 0);
	const row = graph.reshape(probabilities, [count, 1, classes]);
	const upper = reduced(graph, 'ReduceMax', elementwise(graph, 'Mul', row, outside), [2]);
	const hidden = elementwise(graph, 'Sub', graph.scalar(1, probabilities), inside);
	const lower = reduced(graph, 'ReduceMin', elementwise(graph, 'Add', row, hidden), [2]);
	const both = elementwise(graph, 'Add', upper, lower);
	return elementwise(graph, 'Div', both, summed(graph, both, [1], true));
}

/** One where class `j` counts for class `k`, given each sample's mode: `[n, k, j]`. */
function masks(
	graph: Graph,
	targets: Value,
	classes: number,
	counts: (k: number, j: number, mode: number) => boolean,
): Value {
	const table = Array.from({ length: classes ** 3 }, (_, i) =>
		Number(counts(Math.floor(i / classes) % classes, i % classes, Math.floor(i / classes ** 2))),
	);
	const chosen = product(
		graph,
		oneHot(graph, targets, classes),
		graph.constant(table, [classes, classes ** 2], targets.type),
	);
	return graph.reshape(chosen, [targets.shape[0]!, classes, classes]);
}
