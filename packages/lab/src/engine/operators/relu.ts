/**
 * Rectifiers: `max(x, 0)`, and its form with a ceiling.
 * @module
 */
import { elementwise, mapped } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** `max(x, 0)`; its derivative at zero is zero. */
export function relu(tape: Tape, x: Value): Value {
	const { graph } = tape;
	const y = mapped(graph, 'Relu', x);
	// The sign of y is 1 where x was positive and 0 elsewhere.
	return tape.record(y, [x], (gradient) => [elementwise(graph, 'Mul', gradient, mapped(graph, 'Sign', y))]);
}

/** `min(max(x, 0), 6)`, the ReLU6 of the MobileNets; its derivative at both bends is zero. */
export function relu6(tape: Tape, x: Value): Value {
	const { graph } = tape;
	const y = graph.apply('Clip', { inputs: [x, graph.scalar(0, x), graph.scalar(6, x)], shape: x.shape });
	return tape.record(y, [x], (gradient) => {
		// y (6 - y) is positive between the bends and exactly zero at and beyond them.
		const between = mapped(
			graph,
			'Sign',
			elementwise(graph, 'Mul', y, elementwise(graph, 'Sub', graph.scalar(6, x), y)),
		);
		return [elementwise(graph, 'Mul', gradient, between)];
	});
}
