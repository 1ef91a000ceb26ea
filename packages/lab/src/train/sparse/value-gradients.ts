/**
 * The losses of a value with their gradients as plain numbers: the same as their graphs in `losses/`, for the trainer that
 * needs no graph.
 * @module
 */
import type { Numbers } from './extremes.ts';

/** A loss of a batch and its gradient with respect to the answers. */
export interface ValueGradient {
	readonly value: number;
	readonly gradient: Float64Array;
}

/** Loss and gradient of answers, given what should have been answered. */
export type GradientOf = (answers: Numbers, targets: Numbers) => ValueGradient;

/** By the loss's name. */
export const VALUE_GRADIENTS: Readonly<Record<string, GradientOf>> = {
	plcc: plccGradient,
	mse: (answers, targets) => eachGradient(answers, targets, (error) => [error * error, 2 * error]),
	mae: (answers, targets) => eachGradient(answers, targets, (error) => [Math.abs(error), Math.sign(error)]),
};

/** Mean over the batch of what `of` gives of an error: value and slope. */
function eachGradient(answers: Numbers, targets: Numbers, of: (error: number) => [number, number]): ValueGradient {
	const count = answers.length;
	const gradient = new Float64Array(count);
	let value = 0;
	for (let i = 0; i < count; i++) {
		const [own, slope] = of(answers[i]! - targets[i]!);
		value += own / count;
		gradient[i] = slope / count;
	}
	return { value, gradient };
}

/** Minus the correlation; zero, with no slope, where either side is constant. */
function plccGradient(answers: Numbers, targets: Numbers): ValueGradient {
	const x = centred(answers);
	const y = centred(targets);
	const [xx, yy, xy] = [product(x, x), product(y, y), product(x, y)];
	const gradient = new Float64Array(x.length);
	if (xx === 0 || yy === 0) return { value: 0, gradient };
	const spread = Math.sqrt(xx) * Math.sqrt(yy);
	for (let i = 0; i < x.length; i++) gradient[i] = ((xy / xx) * x[i]! - y[i]!) / spread;
	return { value: -xy / spread, gradient };
}

/** Numbers less their mean: exactly zero where all are the same, because the first goes first. */
function centred(values: Numbers): Float64Array {
	const fromFirst = Float64Array.from(values, (value) => value - values[0]!);
	const mean = fromFirst.reduce((sum, value) => sum + value, 0) / values.length;
	return fromFirst.map((value) => value - mean);
}

function product(a: Float64Array, b: Float64Array): number {
	return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
