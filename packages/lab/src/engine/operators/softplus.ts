/**
 * Softplus: the smooth ramp.
 * @module
 */
import { elementwise, mapped } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/**
 * `ln(1 + e^x)`, written `max(x, 0) + ln(1 + e^-|x|)` so that no `x` overflows; its derivative is the logistic function.
 */
export function softplus(tape: Tape, x: Value): Value {
	const { graph } = tape;
	const small = mapped(graph, 'Exp', mapped(graph, 'Neg', mapped(graph, 'Abs', x)));
	const bend = mapped(graph, 'Log', elementwise(graph, 'Add', small, graph.scalar(1, x)));
	const y = elementwise(graph, 'Add', mapped(graph, 'Relu', x), bend);
	return tape.record(y, [x], (gradient) => [elementwise(graph, 'Mul', gradient, mapped(graph, 'Sigmoid', x))]);
}
