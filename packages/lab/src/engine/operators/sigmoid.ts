/**
 * Logistic function.
 * @module
 */
import { elementwise, mapped } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** `s = 1 / (1 + e^-x)`, whose derivative is `s (1 - s)`. */
export function sigmoid(tape: Tape, x: Value): Value {
	const { graph } = tape;
	const y = mapped(graph, 'Sigmoid', x);
	return tape.record(y, [x], (gradient) => {
		const slope = elementwise(graph, 'Mul', y, elementwise(graph, 'Sub', graph.scalar(1, x), y));
		return [elementwise(graph, 'Mul', gradient, slope)];
	});
}
