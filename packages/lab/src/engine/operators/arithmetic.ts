/**
 * Sum, difference, product and quotient of values whose shapes broadcast.
 * @module
 */
import { elementwise, mapped, summed } from '../expressions.ts';
import type { Graph, Value } from '../graph.ts';
import { repeatedAxes } from '../shape.ts';
import type { Tape } from '../tape.ts';

/** `a + b`. */
export function add(tape: Tape, a: Value, b: Value): Value {
	const { graph } = tape;
	return tape.record(elementwise(graph, 'Add', a, b), [a, b], (gradient) => [
		gathered(graph, gradient, a),
		gathered(graph, gradient, b),
	]);
}

/** `a - b`. */
export function subtract(tape: Tape, a: Value, b: Value): Value {
	const { graph } = tape;
	return tape.record(elementwise(graph, 'Sub', a, b), [a, b], (gradient, [, needsB]) => [
		gathered(graph, gradient, a),
		needsB ? gathered(graph, mapped(graph, 'Neg', gradient), b) : undefined,
	]);
}

/** `a · b`, number by number. */
export function multiply(tape: Tape, a: Value, b: Value): Value {
	const { graph } = tape;
	return tape.record(elementwise(graph, 'Mul', a, b), [a, b], (gradient, [needsA, needsB]) => [
		needsA ? gathered(graph, elementwise(graph, 'Mul', gradient, b), a) : undefined,
		needsB ? gathered(graph, elementwise(graph, 'Mul', gradient, a), b) : undefined,
	]);
}

/** `a / b`, number by number. */
export function divide(tape: Tape, a: Value, b: Value): Value {
	const { graph } = tape;
	const quotient = elementwise(graph, 'Div', a, b);
	return tape.record(quotient, [a, b], (gradient, [needsA, needsB]) => {
		const overB = elementwise(graph, 'Div', gradient, b);
		return [
			needsA ? gathered(graph, overB, a) : undefined,
			needsB ? gathered(graph, mapped(graph, 'Neg', elementwise(graph, 'Mul', overB, quotient)), b) : undefined,
		];
	});
}

/** `x` times a fixed number. */
export function scale(tape: Tape, x: Value, factor: number): Value {
	return multiply(tape, x, tape.graph.scalar(factor, x));
}

/** `x` plus a fixed number. */
export function shift(tape: Tape, x: Value, amount: number): Value {
	return add(tape, x, tape.graph.scalar(amount, x));
}

/** The gradient of a value that was repeated: the sum over its repetitions. */
function gathered(graph: Graph, gradient: Value, { shape }: Value): Value {
	return graph.reshape(summed(graph, gradient, repeatedAxes(shape, gradient.shape)), shape);
}
