/**
 * Operations that move numbers without changing them: reshape, transpose, slice, pad, concatenate.
 * @module
 */
import { joined, padded, sliced, transposed } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** The same numbers in another shape. */
export function reshape(tape: Tape, x: Value, shape: readonly number[]): Value {
	const y = tape.graph.reshape(x, shape);
	return y === x ? x : tape.record(y, [x], (gradient) => [tape.graph.reshape(gradient, x.shape)]);
}

/** Axes in another order: axis `i` of the result is axis `order[i]` of `x`. */
export function transpose(tape: Tape, x: Value, order: readonly number[]): Value {
	const back = order.map((_, axis) => order.indexOf(axis));
	return tape.record(transposed(tape.graph, x, order), [x], (gradient) => [transposed(tape.graph, gradient, back)]);
}

/** The part `begin … end` of one axis. */
export function slice(tape: Tape, x: Value, axis: number, begin: number, end: number): Value {
	const { graph } = tape;
	const y = sliced(graph, x, [axis], [begin], [end]);
	if (y === x) return x;
	return tape.record(y, [x], (gradient) => {
		const before = x.shape.map((_, i) => (i === axis ? begin : 0));
		const after = x.shape.map((size, i) => (i === axis ? size - end : 0));
		return [padded(graph, gradient, before, after)];
	});
}

/** `x` with `before` and `after` numbers of `filling` added to each axis. */
export function pad(tape: Tape, x: Value, before: readonly number[], after: readonly number[], filling = 0): Value {
	const { graph } = tape;
	const y = padded(graph, x, before, after, filling);
	if (y === x) return x;
	const axes = x.shape.map((_, axis) => axis);
	const end = x.shape.map((size, axis) => before[axis]! + size);
	return tape.record(y, [x], (gradient) => [sliced(graph, gradient, axes, before, end)]);
}

/** Values side by side along `axis`. */
export function concatenate(tape: Tape, parts: readonly Value[], axis: number): Value {
	const { graph } = tape;
	const y = joined(graph, parts, axis);
	if (parts.length === 1) return y;
	return tape.record(y, parts, (gradient, needs) => {
		let end = 0;
		return parts.map((part, i) => {
			const begin = end;
			end += part.shape[axis]!;
			return needs[i] ? sliced(graph, gradient, [axis], [begin], [end]) : undefined;
		});
	});
}
