/**
 * Largest and smallest number over axes: the pooling of FocusLiteNN.
 * @module
 */
import { elementwise, reduced, summed } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** Largest number over `axes`, which vanish; places that share it share the gradient. */
export function largest(tape: Tape, x: Value, axes: readonly number[]): Value {
	return extreme(tape, 'ReduceMax', x, axes);
}

/** Smallest number over `axes`, which vanish; places that share it share the gradient. */
export function smallest(tape: Tape, x: Value, axes: readonly number[]): Value {
	return extreme(tape, 'ReduceMin', x, axes);
}

function extreme(tape: Tape, operator: 'ReduceMax' | 'ReduceMin', x: Value, axes: readonly number[]): Value {
	const { graph } = tape;
	const kept = reduced(graph, operator, x, axes, true);
	const shape = x.shape.filter((_, axis) => !axes.includes(axis));
	return tape.record(graph.reshape(kept, shape), [x], (gradient) => {
		const equal = graph.apply('Equal', { inputs: [x, kept], shape: x.shape, type: 'bool' });
		const to = x.type === 'float64' ? 11 : 1;
		const mask = graph.apply('Cast', { inputs: [equal], shape: x.shape, type: x.type, attributes: { to } });
		const share = elementwise(graph, 'Div', graph.reshape(gradient, kept.shape), summed(graph, mask, axes, true));
		return [elementwise(graph, 'Mul', mask, share)];
	});
}
