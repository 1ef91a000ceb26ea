/**
 * Absolute value.
 * @module
 */
import { elementwise, mapped } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** `|x|`; its derivative at zero is taken as zero. */
export function absolute(tape: Tape, x: Value): Value {
	const y = mapped(tape.graph, 'Abs', x);
	return tape.record(y, [x], (gradient) => [elementwise(tape.graph, 'Mul', gradient, mapped(tape.graph, 'Sign', x))]);
}
