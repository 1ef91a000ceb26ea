/**
 * Operations without a way back: what gradient rules are written in.
 * @module
 */

import { elementCount } from '@parfocal/core';
import type { Graph, Value } from './graph.ts';
import { broadcastShape } from './shape.ts';

/** An elementwise operation of two values whose shapes broadcast. */
export function elementwise(graph: Graph, operator: 'Add' | 'Sub' | 'Mul' | 'Div', a: Value, b: Value): Value {
	return graph.apply(operator, { inputs: [a, b], shape: broadcastShape(a.shape, b.shape) });
}

/** An elementwise operation of one value. */
export function mapped(graph: Graph, operator: string, x: Value): Value {
	return graph.apply(operator, { inputs: [x], shape: x.shape });
}

/** `x` times a fixed number. */
export function scaled(graph: Graph, x: Value, factor: number): Value {
	return factor === 1 ? x : elementwise(graph, 'Mul', x, graph.scalar(factor, x));
}

/** Sum over `axes`; they stay with size one when `keep` is set. */
export function summed(graph: Graph, x: Value, axes: readonly number[], keep = false): Value {
	if (axes.length === 0) return x;
	const shape = reducedShape(x.shape, axes, keep);
	const attributes = { keepdims: keep ? 1 : 0 };
	return graph.apply('ReduceSum', { inputs: [x, graph.integers(axes)], shape, attributes });
}

/** Another reduction over `axes`, which opset 17 still takes as an attribute. */
export function reduced(
	graph: Graph,
	operator: 'ReduceMean' | 'ReduceMax' | 'ReduceMin' | 'ReduceSumSquare',
	x: Value,
	axes: readonly number[],
	keep = false,
): Value {
	const shape = reducedShape(x.shape, axes, keep);
	return graph.apply(operator, { inputs: [x], shape, attributes: { axes, keepdims: keep ? 1 : 0 } });
}

/** Axes in another order: axis `i` of the result is axis `order[i]` of `x`. */
export function transposed(graph: Graph, x: Value, order: readonly number[]): Value {
	const shape = order.map((axis) => x.shape[axis]!);
	return graph.apply('Transpose', { inputs: [x], shape, attributes: { perm: order } });
}

/** The last two axes exchanged. */
export function matrixTransposed(graph: Graph, x: Value): Value {
	const axes = x.shape.length;
	const order = Array.from({ length: axes }, (_, axis) => axis);
	[order[axes - 2], order[axes - 1]] = [axes - 1, axes - 2];
	return transposed(graph, x, order);
}

/** Matrix product over the last two axes; leading axes broadcast. */
export function product(graph: Graph, a: Value, b: Value): Value {
	const lead = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
	return graph.apply('MatMul', { inputs: [a, b], shape: [...lead, a.shape.at(-2)!, b.shape.at(-1)!] });
}

/** Parts `begin … end` of `axes`, every `steps`-th. */
export function sliced(
	graph: Graph,
	x: Value,
	axes: readonly number[],
	begin: readonly number[],
	end: readonly number[],
	steps: readonly number[] = axes.map(() => 1),
): Value {
	const shape = [...x.shape];
	for (const [i, axis] of axes.entries()) shape[axis] = Math.ceil((end[i]! - begin[i]!) / steps[i]!);
	const whole = axes.every((axis, i) => steps[i] === 1 && begin[i] === 0 && end[i] === x.shape[axis]);
	if (whole) return x;
	const inputs = [x, ...[begin, end, axes, steps].map((list) => graph.integers(list))];
	return graph.apply('Slice', { inputs, shape });
}

/** `x` with `before` and `after` numbers of `filling` added to each axis. */
export function padded(
	graph: Graph,
	x: Value,
	before: readonly number[],
	after: readonly number[],
	filling = 0,
): Value {
	if ([...before, ...after].every((size) => size === 0)) return x;
	const shape = x.shape.map((size, axis) => size + before[axis]! + after[axis]!);
	return graph.apply('Pad', { inputs: [x, graph.integers([...before, ...after]), graph.scalar(filling, x)], shape });
}

/** Values side by side along `axis`. */
export function joined(graph: Graph, parts: readonly Value[], axis: number): Value {
	if (parts.length === 1) return parts[0]!;
	const shape = [...parts[0]!.shape];
	shape[axis] = parts.reduce((sum, part) => sum + part.shape[axis]!, 0);
	return graph.apply('Concat', { inputs: parts, shape, attributes: { axis } });
}

/** `x` repeated along its axes of one until it has `shape`. */
export function expanded(graph: Graph, x: Value, shape: readonly number[]): Value {
	if (elementCount(x.shape) === elementCount(shape)) return graph.reshape(x, shape);
	return graph.apply('Expand', { inputs: [x, graph.integers(shape)], shape });
}

function reducedShape(shape: readonly number[], axes: readonly number[], keep: boolean): number[] {
	return keep
		? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
		: shape.filter((_, axis) => !axes.includes(axis));
}
