/**
 * Means over a fixed number of parts, whatever the size of the map.
 * @module
 */
import { matrixTransposed, product } from '../expressions.ts';
import type { Graph, Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/**
 * `x`, `[n, channels, height, width]`, as `[n, channels, size, size]`: part `i` of an axis of length `l` is the mean of
 * places `⌊i l / size⌋ … ⌈(i + 1) l / size⌉`, as in PyTorch's `AdaptiveAvgPool2d`. Both axes are products with a fixed
 * matrix, whose transposed matrix is the way back.
 */
export function adaptiveAveragePool(tape: Tape, x: Value, size: number): Value {
	const { graph } = tape;
	const [height, width] = x.shape.slice(2) as [number, number];
	if (height === size && width === size) return x;
	const down = means(graph, x, height, size);
	const across = matrixTransposed(graph, means(graph, x, width, size));
	const y = product(graph, down, product(graph, x, across));
	return tape.record(y, [x], (gradient) => {
		const spread = product(graph, gradient, matrixTransposed(graph, across));
		return [product(graph, matrixTransposed(graph, down), spread)];
	});
}

/** `[size, length]`: each row holds the weights of one part. */
function means(graph: Graph, like: Value, length: number, size: number): Value {
	const weights = new Array<number>(size * length).fill(0);
	for (let part = 0; part < size; part++) {
		const begin = Math.floor((part * length) / size);
		const end = Math.ceil(((part + 1) * length) / size);
		weights.fill(1 / (end - begin), part * length + begin, part * length + end);
	}
	return graph.constant(weights, [size, length], like.type);
}
