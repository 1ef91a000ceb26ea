/**
 * Product of two matrices.
 * @module
 */
import { matrixTransposed, product } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/** `a b` for `a` of shape `[m, k]` and `b` of shape `[k, n]`. */
export function matrixProduct(tape: Tape, a: Value, b: Value): Value {
	const { graph } = tape;
	return tape.record(product(graph, a, b), [a, b], (gradient, [needsA, needsB]) => [
		needsA ? product(graph, gradient, matrixTransposed(graph, b)) : undefined,
		needsB ? product(graph, matrixTransposed(graph, a), gradient) : undefined,
	]);
}

/**
 * `x wᵀ` for `x` of shape `[rows, k]` and `w` of shape `[n, k]`: a dense layer with its weights as PyTorch keeps them. They
 * are read as they lie: to turn the weights of a VGG over takes longer than its whole answer.
 */
export function transposedProduct(tape: Tape, x: Value, w: Value): Value {
	const { graph } = tape;
	const y = graph.apply('Gemm', { inputs: [x, w], shape: [x.shape[0]!, w.shape[0]!], attributes: { transB: 1 } });
	return tape.record(y, [x, w], (gradient, [needsX, needsW]) => [
		needsX ? product(graph, gradient, w) : undefined,
		needsW ? graph.apply('Gemm', { inputs: [gradient, x], shape: w.shape, attributes: { transA: 1 } }) : undefined,
	]);
}
