/**
 * Sums and means over axes.
 * @module
 */
import { expanded, reduced, scaled, summed } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** Sum over `axes`, which vanish. */
export function sum(tape: Tape, x: Value, axes: readonly number[]): Value {
	if (axes.length === 0) return x;
	const y = summed(tape.graph, x, axes);
	return tape.record(y, [x], (gradient) => [spread(tape, gradient, x, axes)]);
}

/** Mean over `axes`, which vanish. */
export function mean(tape: Tape, x: Value, axes: readonly number[]): Value {
	if (axes.length === 0) return x;
	const y = reduced(tape.graph, 'ReduceMean', x, axes);
	const count = axes.reduce((total, axis) => total * x.shape[axis]!, 1);
	return tape.record(y, [x], (gradient) => [spread(tape, scaled(tape.graph, gradient, 1 / count), x, axes)]);
}

/** All axes of a value. */
export function allAxes({ shape }: Value): number[] {
	return shape.map((_, axis) => axis);
}

/** The gradient of a sum: the same for every number that was added. */
function spread({ graph }: Tape, gradient: Value, { shape }: Value, axes: readonly number[]): Value {
	const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
	return expanded(graph, graph.reshape(gradient, kept), shape);
}
