/**
 * Classes, as the numbers that losses compare answers with. Plain arithmetic, so that it runs on every engine and in either
 * precision.
 * @module
 */
import { elementwise, mapped } from '../engine/expressions.ts';
import type { Graph, Value } from '../engine/graph.ts';

/** One in the column of each target's class, zero elsewhere: `[n, classes]` for targets `[n]`. */
export function oneHot(graph: Graph, targets: Value, classes: number): Value {
	const apart = mapped(graph, 'Abs', lessEach(graph, targets, classes));
	return mapped(graph, 'Relu', elementwise(graph, 'Sub', graph.scalar(1, targets), apart));
}

/**
 * On which side of each target the steps between neighbouring classes lie: one for the steps k to k+1 with k at or beyond the
 * target, minus one for those before it. `[n, classes - 1]` for targets `[n]`.
 */
export function side(graph: Graph, targets: Value, classes: number): Value {
	const over = lessEach(graph, targets, classes - 1);
	const limits = [graph.scalar(0, targets), graph.scalar(1, targets)];
	const before = graph.apply('Clip', { inputs: [over, ...limits], shape: over.shape });
	const doubled = elementwise(graph, 'Mul', before, graph.scalar(2, targets));
	return elementwise(graph, 'Sub', graph.scalar(1, targets), doubled);
}

/** Targets as a column, less 0, 1, 2, …: `[n, columns]`. */
function lessEach(graph: Graph, targets: Value, columns: number): Value {
	const count = targets.shape[0]!;
	const numbers = Array.from({ length: columns }, (_, k) => k);
	return elementwise(
		graph,
		'Sub',
		graph.reshape(targets, [count, 1]),
		graph.constant(numbers, [1, columns], targets.type),
	);
}
