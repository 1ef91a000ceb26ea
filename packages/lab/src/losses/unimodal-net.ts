/**
 * UnimodalNet: answers that can only be unimodal, trained with cross-entropy.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import { subtract } from '../engine/operators/arithmetic.ts';
import { matrixProduct } from '../engine/operators/matrix-product.ts';
import { relu } from '../engine/operators/relu.ts';
import { softplus } from '../engine/operators/softplus.ts';
import type { Tape } from '../engine/tape.ts';
import { crossEntropyOfSamples } from './cross-entropy.ts';
import { softmax } from './distribution.ts';
import { type Loss, sampleLoss } from './loss.ts';
import { decodedDistribution } from './softmax-loss.ts';

/**
 * Each output becomes a positive step; logits climb by these steps from the left, come down by them to the right, and are
 * whichever is lower.
 */
export const unimodalNet: Loss = sampleLoss({
	name: 'unimodal',
	source:
		'Cardoso, Cruz and Albuquerque, Unimodal Distributions for Ordinal Regression, IEEE TAI 2025 (arXiv 2303.04547)',
	target: 'class',
	outputs: (classes) => classes,
	perSample: (tape, answers, targets) => crossEntropyOfSamples(tape, unimodalLogits(tape, answers), targets),
	decode: (answer) => decodedDistribution(softmax(unimodalNumbers(answer))),
});

function unimodalLogits(tape: Tape, answers: Value): Value {
	const steps = softplus(tape, answers);
	const classes = answers.shape[1]!;
	const total = (counts: (from: number, to: number) => boolean): Value => {
		const ones = Array.from({ length: classes ** 2 }, (_, i) => Number(counts(Math.floor(i / classes), i % classes)));
		return matrixProduct(tape, steps, tape.graph.constant(ones, [classes, classes], answers.type));
	};
	const climbing = total((from, to) => from <= to);
	const falling = total((from, to) => from >= to);
	return subtract(tape, climbing, relu(tape, subtract(tape, climbing, falling)));
}

/** The same in plain numbers. */
function unimodalNumbers(answer: ArrayLike<number>): Float64Array {
	const steps = Float64Array.from(answer, (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
	let climbed = 0;
	let left = steps.reduce((sum, step) => sum + step, 0);
	return steps.map((step) => {
		climbed += step;
		const logit = Math.min(climbed, left);
		left -= step;
		return logit;
	});
}
