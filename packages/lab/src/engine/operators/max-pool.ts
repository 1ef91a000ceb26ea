/**
 * Largest number of each window.
 * @module
 */
import { elementwise, joined } from '../expressions.ts';
import type { Value } from '../graph.ts';
import type { Tape } from '../tape.ts';
import { paddingList, type Windows } from '../window.ts';
import { tapViews } from './convolution-weight-gradient.ts';

/** Stands for what lies outside the picture: never the largest. */
const OUTSIDE = -3e38;

/**
 * The largest number of each window of `x`, `[n, channels, height, width]`. The gradient goes to the first of the largest,
 * as in PyTorch.
 */
export function maxPool(tape: Tape, x: Value, windows: Windows): Value {
	const { graph } = tape;
	const [n, channels] = x.shape as [number, number];
	const { kernelHeight, kernelWidth, stride, padding, height, width } = windows;
	const y = graph.apply('MaxPool', {
		inputs: [x],
		shape: [n, channels, height, width],
		attributes: {
			kernel_shape: [kernelHeight, kernelWidth],
			strides: [stride, stride],
			pads: paddingList(padding),
		},
	});
	return tape.record(y, [x], (gradient) => {
		const maps = n * channels;
		const taps = kernelHeight * kernelWidth;
		// Which tap won, then the gradient there and nothing elsewhere: [maps, taps, height, width].
		const views = tapViews(graph, x, windows, OUTSIDE).map((view) => graph.reshape(view, [maps, 1, height, width]));
		const attributes = { axis: 1, keepdims: 1 };
		const inputs = [joined(graph, views, 1)];
		const winner = graph.apply('ArgMax', { inputs, shape: [maps, 1, height, width], type: 'int64', attributes });
		const numbers = graph.constant(
			Array.from({ length: taps }, (_, i) => i),
			[1, taps, 1, 1],
			'int32',
		);
		const shape = [maps, taps, height, width];
		const winner32 = graph.apply('Cast', {
			inputs: [winner],
			shape: winner.shape,
			type: 'int32',
			attributes: { to: 6 },
		});
		const won = graph.apply('Equal', { inputs: [winner32, numbers], shape, type: 'bool' });
		const mask = graph.apply('Cast', { inputs: [won], shape, type: x.type, attributes: { to: 1 } });
		const spread = elementwise(graph, 'Mul', mask, graph.reshape(gradient, [maps, 1, height, width]));
		return [graph.reshape(folded(tape, spread, x, windows), x.shape)];
	});
}

/** Adds what each tap of each window holds to the place it came from: `[maps, 1, height, width]`. */
function folded({ graph }: Tape, spread: Value, x: Value, windows: Windows): Value {
	const { kernelHeight, kernelWidth, stride, padding } = windows;
	const [maps, taps] = spread.shape as [number, number];
	const [height, width] = x.shape.slice(2) as [number, number];
	const ones = Array.from({ length: taps * taps }, (_, i) => (i % (taps + 1) === 0 ? 1 : 0));
	const kernel = graph.constant(ones, [taps, 1, kernelHeight, kernelWidth], x.type);
	const reachedHeight = (windows.height - 1) * stride + kernelHeight - padding.top - padding.bottom;
	const reachedWidth = (windows.width - 1) * stride + kernelWidth - padding.left - padding.right;
	return graph.apply('ConvTranspose', {
		inputs: [spread, kernel],
		shape: [maps, 1, height, width],
		attributes: {
			kernel_shape: [kernelHeight, kernelWidth],
			strides: [stride, stride],
			pads: paddingList(padding),
			output_padding: [height - reachedHeight, width - reachedWidth],
		},
	});
}
