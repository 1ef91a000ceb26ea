/**
 * Minus Pearson's linear correlation (PLCC) over the batch: answers need only rise in a straight line with the targets, so
 * their scale is free.
 * @module
 */
import { elementwise, mapped, sliced } from '../engine/expressions.ts';
import type { Graph, Value } from '../engine/graph.ts';
import { add, divide, multiply, scale, subtract } from '../engine/operators/arithmetic.ts';
import { mean, sum } from '../engine/operators/reduction.ts';
import { reshape } from '../engine/operators/shaping.ts';
import { squareRoot } from '../engine/operators/square-root.ts';
import type { Tape } from '../engine/tape.ts';
import type { Loss } from './loss.ts';
import { VALUE_ANSWER } from './value-loss.ts';

/**
 * Minus the correlation, as in the published program, which divides zero by zero where a batch is constant; here the loss is
 * zero there, and so is its gradient.
 */
export const plcc: Loss = {
	name: 'plcc',
	source: 'Wang et al., FocusLiteNN, MICCAI 2020, section 3',
	...VALUE_ANSWER,
	build(tape, answers, targets) {
		const { graph } = tape;
		const x = centred(tape, reshape(tape, answers, targets.shape));
		const y = centred(tape, targets);
		const [spreadX, variesX] = spread(tape, x);
		const [spreadY, variesY] = spread(tape, y);
		const together = multiply(tape, sum(tape, multiply(tape, x, y), [0]), elementwise(graph, 'Mul', variesX, variesY));
		return scale(tape, divide(tape, divide(tape, together, spreadX), spreadY), -1);
	},
};

/** `x` less its mean: exactly zero where `x` is constant, because the first number goes first. */
function centred(tape: Tape, x: Value): Value {
	const { graph } = tape;
	const moved = elementwise(graph, 'Sub', x, sliced(graph, x, [0], [0], [1]));
	// Taking the mean away undoes any shift, so the way back may forget that one.
	const fromFirst = tape.record(moved, [x], (gradient) => [gradient]);
	return subtract(tape, fromFirst, mean(tape, fromFirst, [0]));
}

/** The root of the sum of squares, or one where that is zero; and one or zero, whether it is not. */
function spread(tape: Tape, x: Value): [Value, Value] {
	const squares = sum(tape, multiply(tape, x, x), [0]);
	const varies = mapped(tape.graph, 'Sign', squares);
	return [squareRoot(tape, add(tape, squares, oneLess(tape.graph, varies))), varies];
}

function oneLess(graph: Graph, x: Value): Value {
	return elementwise(graph, 'Sub', graph.scalar(1, x), x);
}
