/**
 * Natural exponential.
 * @module
 */
import { elementwise, mapped } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** `e^x`, whose derivative is itself. */
export function exponential(tape: Tape, x: Value): Value {
	const y = mapped(tape.graph, 'Exp', x);
	return tape.record(y, [x], (gradient) => [elementwise(tape.graph, 'Mul', gradient, y)]);
}
