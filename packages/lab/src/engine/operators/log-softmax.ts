/**
 * Logarithm of the softmax over the last axis.
 * @module
 */
import { elementwise, mapped, reduced, summed } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** `x - ln Σ e^x` over the last axis, shifted by the largest so that nothing overflows. */
export function logSoftmax(tape: Tape, x: Value): Value {
	const { graph } = tape;
	const last = [x.shape.length - 1];
	const shifted = elementwise(graph, 'Sub', x, reduced(graph, 'ReduceMax', x, last, true));
	const total = mapped(graph, 'Log', summed(graph, mapped(graph, 'Exp', shifted), last, true));
	const y = elementwise(graph, 'Sub', shifted, total);
	return tape.record(y, [x], (gradient) => {
		const share = elementwise(graph, 'Mul', mapped(graph, 'Exp', y), summed(graph, gradient, last, true));
		return [elementwise(graph, 'Sub', gradient, share)];
	});
}
