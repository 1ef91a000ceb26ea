/**
 * Rectifiers: `max(x, 0)`, and its form with a ceiling.
 * @module
 */
import { elementwise, mapped } from '../expressions.ts';
import type { Graph, Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** `max(x, 0)`; its derivative at zero is zero. */
export function relu(tape: Tape, x: Value): Value {
	const { graph } = tape;
	const y = mapped(graph, 'Relu', x);
	return tape.record(y, [x], (gradient) => [elementwise(graph, 'Mul', gradient, above(graph, y, 0))]);
}

/** `min(max(x, 0), 6)`, the ReLU6 of the MobileNets; its derivative at both bends is zero. */
export function relu6(tape: Tape, x: Value): Value {
	const { graph } = tape;
	const y = graph.apply('Clip', { inputs: [x, graph.scalar(0, x), graph.scalar(6, x)], shape: x.shape });
	return tape.record(y, [x], (gradient) => {
		const aboveFloor = elementwise(graph, 'Mul', gradient, above(graph, y, 0));
		return [elementwise(graph, 'Mul', aboveFloor, below(graph, y, 6))];
	});
}

/** So steep that a slope is a step for every number that is not all but zero. */
const STEEP = 1e30;

/**
 * One where `y` is above `limit`, zero elsewhere: a steep `HardSigmoid`, a third of the time of `Greater` and `Where`. ONNX
 * Runtime has none in 64 bits; there the sign serves, since `y` is never below zero.
 */
function above(graph: Graph, y: Value, limit: number): Value {
	if (y.type === 'float64' && limit === 0) return mapped(graph, 'Sign', y);
	return step(graph, y, STEEP, -STEEP * limit);
}

/** One where `y` is below `limit`, zero elsewhere. */
function below(graph: Graph, y: Value, limit: number): Value {
	return step(graph, y, -STEEP, STEEP * limit);
}

function step(graph: Graph, y: Value, alpha: number, beta: number): Value {
	const attributes = { alpha: { float: alpha }, beta: { float: beta } };
	return graph.apply('HardSigmoid', { inputs: [y], shape: y.shape, attributes });
}
