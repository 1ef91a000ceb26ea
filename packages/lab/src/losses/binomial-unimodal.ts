/**
 * Binomial unimodal (BU): one logit, read as the chance of each of K-1 steps away from focus. Unimodal by construction, and
 * never sharp in the middle of the scale: the variance is fixed at `(K-1) s (1-s)`.
 * @module
 */
import { elementwise, summed } from '../engine/expressions.ts';
import type { Value } from '../engine/graph.ts';
import { add, multiply, scale, subtract } from '../engine/operators/arithmetic.ts';
import { reshape } from '../engine/operators/shaping.ts';
import { softplus } from '../engine/operators/softplus.ts';
import type { Tape } from '../engine/tape.ts';
import { oneHot } from './class-target.ts';
import { type Loss, sampleLoss } from './loss.ts';
import { decodedDistribution } from './softmax-loss.ts';

/**
 * The negative logarithm of a binomial probability. The text of the paper describes a regression; both of the authors'
 * programs train this likelihood.
 */
export const binomialUnimodal: Loss = sampleLoss({
	name: 'bu',
	source: 'da Costa et al., The unimodal model for the classification of ordinal data, Neural Networks 21, 2008',
	target: 'class',
	outputs: () => 1,
	perSample: binomialOfSamples,
	decode: (answer, classes) => decodedDistribution(binomialLogarithms(answer[0]!, classes).map(Math.exp)),
});

function binomialOfSamples(tape: Tape, answers: Value, targets: Value, classes: number): Value {
	const { graph } = tape;
	const logit = reshape(tape, answers, targets.shape);
	const trials = classes - 1;
	const up = multiply(tape, softplus(tape, scale(tape, logit, -1)), targets);
	const down = multiply(tape, softplus(tape, logit), elementwise(graph, 'Sub', graph.scalar(trials, logit), targets));
	const table = graph.constant(choiceLogarithms(trials), [1, classes], logit.type);
	const ways = summed(graph, elementwise(graph, 'Mul', oneHot(graph, targets, classes), table), [1]);
	return subtract(tape, add(tape, up, down), ways);
}

/** Logarithms of the binomial probabilities of classes 0 … `classes - 1`; no logit overflows. */
export function binomialLogarithms(logit: number, classes: number): Float64Array {
	const trials = classes - 1;
	const up = -ramp(-logit);
	const down = -ramp(logit);
	return Float64Array.from(choiceLogarithms(trials), (ways, y) => ways + y * up + (trials - y) * down);
}

/** `ln (trials over y)` for each `y`. */
function choiceLogarithms(trials: number): number[] {
	const logarithms = [0];
	let ways = 1;
	for (let y = 1; y <= trials; y++) {
		ways = (ways * (trials - y + 1)) / y;
		logarithms.push(Math.log(ways));
	}
	return logarithms;
}

function ramp(x: number): number {
	return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
