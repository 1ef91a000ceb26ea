/**
 * The gradient of a convolution with respect to its weights.
 * @module
 */
import { elementwise, joined, matrixTransposed, padded, product, sliced, summed, transposed } from '../expressions.ts';
import type { Graph, Value } from '../graph.ts';
import type { Windows } from '../window.ts';

/** Below this many channels, products a tap are too small to be worth their own operation. */
const FEW_CHANNELS = 32;

/** The gradient of `w` given that of the output. */
export function weightGradient(
	graph: Graph,
	x: Value,
	w: Value,
	gradient: Value,
	windows: Windows,
	groups: number,
): Value {
	if (groups > 1) return depthwise(graph, x, w, gradient, windows);
	const channels = x.shape[1]!;
	const taps = windows.kernelHeight * windows.kernelWidth;
	return taps > 1 && channels < FEW_CHANNELS
		? byUnfolding(graph, x, w, gradient, windows)
		: byTaps(graph, x, w, gradient, windows);
}

/**
 * One matrix product a tap: outputs x places times places x channels. Where weights outnumber the map, all pictures of the
 * batch go into one long product; elsewhere each has its own, and they are added, which spares a copy of the map.
 */
function byTaps(graph: Graph, x: Value, w: Value, gradient: Value, windows: Windows): Value {
	const [n, channels] = x.shape as [number, number];
	const [outputs, , kernelHeight, kernelWidth] = w.shape as [number, number, number, number];
	const places = windows.height * windows.width;
	const long = outputs * channels * kernelHeight * kernelWidth > (outputs + channels) * places;
	const ofAll = (value: Value): Value => (long ? transposed(graph, value, [1, 0, 2, 3]) : value);
	const flat = (value: Value, rows: number): Value =>
		graph.reshape(value, long ? [rows, n * places] : [n, rows, places]);
	const rows = flat(ofAll(gradient), outputs);
	const parts = tapViews(graph, ofAll(x), windows).map((view) => {
		const products = product(graph, rows, matrixTransposed(graph, flat(view, channels)));
		return graph.reshape(long ? products : summed(graph, products, [0]), [outputs, channels, 1]);
	});
	return graph.reshape(joined(graph, parts, 2), w.shape);
}

/** All taps of all channels in one matrix product: for the few channels of a picture. */
function byUnfolding(graph: Graph, x: Value, w: Value, gradient: Value, windows: Windows): Value {
	const [n, channels] = x.shape as [number, number];
	const outputs = w.shape[0]!;
	const { kernelHeight, kernelWidth, height, width } = windows;
	const places = height * width;
	const views = tapViews(graph, x, windows).map((view) => graph.reshape(view, [n, channels, places]));
	const columns = matrixTransposed(graph, joined(graph, views, 1));
	const products = summed(graph, product(graph, graph.reshape(gradient, [n, outputs, places]), columns), [0]);
	const byTap = graph.reshape(products, [outputs, kernelHeight, kernelWidth, channels]);
	return transposed(graph, byTap, [0, 3, 1, 2]);
}

/** Each channel by itself: what a tap sees times the gradient, summed. */
function depthwise(graph: Graph, x: Value, w: Value, gradient: Value, windows: Windows): Value {
	const sums = tapViews(graph, x, windows).map((view) =>
		graph.reshape(summed(graph, elementwise(graph, 'Mul', view, gradient), [0, 2, 3]), [w.shape[0]!, 1]),
	);
	return graph.reshape(joined(graph, sums, 1), w.shape);
}

/** What each tap of the kernel sees: `kernelHeight * kernelWidth` views of shape `[n, channels, height, width]`. */
export function tapViews(graph: Graph, x: Value, windows: Windows, filling = 0): Value[] {
	const { kernelHeight, kernelWidth, stride, padding, height, width } = windows;
	const { top, left, bottom, right } = padding;
	const wide = padded(graph, x, [0, 0, top, left], [0, 0, bottom, right], filling);
	const views: Value[] = [];
	for (let row = 0; row < kernelHeight; row++) {
		for (let column = 0; column < kernelWidth; column++) {
			const end = [row + (height - 1) * stride + 1, column + (width - 1) * stride + 1];
			views.push(sliced(graph, wide, [2, 3], [row, column], end, [stride, stride]));
		}
	}
	return views;
}
