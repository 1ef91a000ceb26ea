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

/** `x wᵀ` for `x` of shape `[rows, k]` and `w` of shape `[n, k]`: a dense layer with its weights as PyTorch keeps them. */
export function transposedProduct(tape: Tape, x: Value, w: Value): Value {
	const { graph } = tape;
	return tape.record(product(graph, x, matrixTransposed(graph, w)), [x, w], (gradient, [needsX, needsW]) => [
		needsX ? product(graph, gradient, w) : undefined,
		needsW ? product(graph, matrixTransposed(graph, gradient), x) : undefined,
	]);
}
