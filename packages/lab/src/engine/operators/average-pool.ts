/**
 * Mean of each window.
 * @module
 */
import { padded, scaled } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';

/**
 * The mean of each `size` x `size` block of `x`, `[n, channels, height, width]`; blocks do not overlap, and what is left at
 * the right and bottom is not looked at.
 */
export function averagePool(tape: Tape, x: Value, size: number): Value {
	const { graph } = tape;
	const [n, channels, height, width] = x.shape as [number, number, number, number];
	const rows = Math.floor(height / size);
	const columns = Math.floor(width / size);
	const y = graph.apply('AveragePool', {
		inputs: [x],
		shape: [n, channels, rows, columns],
		attributes: { kernel_shape: [size, size], strides: [size, size] },
	});
	return tape.record(y, [x], (gradient) => {
		const share = graph.reshape(scaled(graph, gradient, 1 / (size * size)), [n, channels, rows, 1, columns, 1]);
		const shape = [n, channels, rows, size, columns, size];
		const spread = graph.apply('Expand', { inputs: [share, graph.integers(shape)], shape });
		const covered = graph.reshape(spread, [n, channels, rows * size, columns * size]);
		return [padded(graph, covered, [0, 0, 0, 0], [0, 0, height - rows * size, width - columns * size])];
	});
}
