/**
 * Square root.
 * @module
 */
import { elementwise, mapped, scaled } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** `√x`, whose derivative is `1 / (2 √x)`: infinite at zero. */
export function squareRoot(tape: Tape, x: Value): Value {
	const { graph } = tape;
	const y = mapped(graph, 'Sqrt', x);
	return tape.record(y, [x], (gradient) => [scaled(graph, elementwise(graph, 'Div', gradient, y), 0.5)]);
}
