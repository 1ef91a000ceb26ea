/**
 * Adam on plain numbers, for trainers that need no graph.
 * Source: Kingma and Ba, "Adam: A Method for Stochastic Optimization" (ICLR 2015), algorithm 1.
 * @module
 */
import { ADAM } from './adam-step.ts';

/** A list of numbers in either precision. */
type Numbers = Float32Array | Float64Array;

/** What Adam remembers of a list of parameters: zeros at first. */
export interface AdamMemory {
	readonly mean: Numbers;
	readonly square: Numbers;
}

/** Moves `parameters` against `gradient` and remembers it, all in place; `step` counts from 1. */
export function adamMove(
	parameters: Numbers,
	gradient: Numbers,
	{ mean, square }: AdamMemory,
	learningRate: number,
	step: number,
): void {
	const { beta1, beta2, epsilon } = ADAM;
	const correct1 = 1 - beta1 ** step;
	const correct2 = 1 - beta2 ** step;
	for (let i = 0; i < parameters.length; i++) {
		const g = gradient[i]!;
		mean[i] = beta1 * mean[i]! + (1 - beta1) * g;
		square[i] = beta2 * square[i]! + (1 - beta2) * g * g;
		const move = (learningRate * (mean[i]! / correct1)) / (Math.sqrt(square[i]! / correct2) + epsilon);
		parameters[i] = parameters[i]! - move;
	}
}
