/**
 * Natural logarithm.
 * @module
 */
import { elementwise, mapped } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** `ln x`, whose derivative is `1 / x`. */
export function logarithm(tape: Tape, x: Value): Value {
	const y = mapped(tape.graph, 'Log', x);
	return tape.record(y, [x], (gradient) => [elementwise(tape.graph, 'Div', gradient, x)]);
}
