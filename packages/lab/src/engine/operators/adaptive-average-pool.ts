/**
 * Means over a grid of regions whose number is given, whatever the size of the map.
 * Source: PyTorch's `AdaptiveAvgPool2d`: region `i` of `n` covers `floor(i size / n) … ceil((i + 1) size / n)`.
 * @module
 */
import { elementCount } from '@parfocal/core';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';
import { matrixProduct } from './matrix-product.ts';
import { reshape, transpose } from './shaping.ts';

/** `x`, `[n, channels, height, width]`, as means over `side` x `side` regions: `[n, channels, side, side]`. */
export function adaptiveAveragePool(tape: Tape, x: Value, side: number): Value {
	const [n, channels, height, width] = x.shape as [number, number, number, number];
	if (height === side && width === side) return x;
	// Once over columns, once over rows: two products with matrices of shares.
	const narrowed = matrixProduct(tape, rowsOf(tape, x), shares(tape, width, side, x));
	const turned = transpose(tape, reshape(tape, narrowed, [n, channels, height, side]), [0, 1, 3, 2]);
	const pooled = matrixProduct(tape, rowsOf(tape, turned), shares(tape, height, side, x));
	return transpose(tape, reshape(tape, pooled, [n, channels, side, side]), [0, 1, 3, 2]);
}

function rowsOf(tape: Tape, x: Value): Value {
	const length = x.shape.at(-1)!;
	return reshape(tape, x, [elementCount(x.shape) / length, length]);
}

/** `[size, side]`: what share each of `size` places has in each of `side` regions. */
function shares({ graph }: Tape, size: number, side: number, like: Value): Value {
	const matrix = new Array<number>(size * side).fill(0);
	for (let region = 0; region < side; region++) {
		const begin = Math.floor((region * size) / side);
		const end = Math.ceil(((region + 1) * size) / side);
		for (let place = begin; place < end; place++) matrix[place * side + region] = 1 / (end - begin);
	}
	return graph.constant(matrix, [size, side], like.type);
}
