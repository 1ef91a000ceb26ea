/**
 * Hyperbolic tangent.
 * @module
 */
import { elementwise, mapped } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** `tanh x`, whose derivative is `1 - tanh² x`. */
export function hyperbolicTangent(tape: Tape, x: Value): Value {
	const { graph } = tape;
	const y = mapped(graph, 'Tanh', x);
	return tape.record(y, [x], (gradient) => {
		const slope = elementwise(graph, 'Sub', graph.scalar(1, x), elementwise(graph, 'Mul', y, y));
		return [elementwise(graph, 'Mul', gradient, slope)];
	});
}
