/**
 * One step of Adam as operations of a graph.
 * Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization" (ICLR 2015), algorithm 1; constants and the place of
 * epsilon as in PyTorch.
 * @module
 */
import { elementwise, mapped, scaled } from '../engine/expressions.ts';
import type { Graph, Value } from '../engine/graph.ts';

/** Decay of the mean of gradients and of their squares, and what keeps the quotient finite. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Parameters and what Adam remembers of their gradients. */
export interface AdamState {
	readonly parameters: Value;
	readonly mean: Value;
	readonly square: Value;
}

/**
 * The state after a step along `gradient`. `rate` and `root` are single numbers given at each run: see `adamCorrections`.
 */
export function adamStep(graph: Graph, state: AdamState, gradient: Value, rate: Value, root: Value): AdamState {
	const { beta1, beta2, epsilon } = ADAM;
	const mean = elementwise(graph, 'Add', scaled(graph, state.mean, beta1), scaled(graph, gradient, 1 - beta1));
	const squared = elementwise(graph, 'Mul', gradient, gradient);
	const square = elementwise(graph, 'Add', scaled(graph, state.square, beta2), scaled(graph, squared, 1 - beta2));
	const size = elementwise(graph, 'Div', mapped(graph, 'Sqrt', square), root);
	const direction = elementwise(graph, 'Div', mean, elementwise(graph, 'Add', size, graph.scalar(epsilon, size)));
	const parameters = elementwise(graph, 'Sub', state.parameters, elementwise(graph, 'Mul', direction, rate));
	return { parameters, mean, square };
}

/**
 * The two numbers of step `step`, counted from 1, that make up for Adam's start at zero: the learning rate over
 * `1 - beta1^step`, and the root of `1 - beta2^step`.
 */
export function adamCorrections(learningRate: number, step: number): { rate: number; root: number } {
	return { rate: learningRate / (1 - ADAM.beta1 ** step), root: Math.sqrt(1 - ADAM.beta2 ** step) };
}
