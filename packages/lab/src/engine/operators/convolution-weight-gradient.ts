/**
 * The gradient of a convolution with respect to its weights.
 * @module
 */
import { joined, matrixTransposed, padded, product, sliced, summed, transposed } from '../expressions.ts';
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

/** One matrix product a tap: outputs x places times places x channels, summed over the batch. */
function byTaps(graph: Graph, x: Value, w: Value, gradient: Value, windows: Windows): Value {
	const [n, channels] = x.shape as [number, number];
	const outputs = w.shape[0]!;
	const places = windows.height * windows.width;
	const flat = graph.reshape(gradient, [n, outputs, places]);
	const parts = tapViews(graph, x, windows).map((view) => {
		const products = product(graph, flat, matrixTransposed(graph, graph.reshape(view, [n, channels, places])));
		return graph.reshape(summed(graph, products, [0]), [outputs, channels, 1]);
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

/**
 * Each channel by itself: the picture convolved with its own gradient, spread as wide as the stride, every channel of
 * every picture in a group of its own.
 */
function depthwise(graph: Graph, x: Value, w: Value, gradient: Value, windows: Windows): Value {
	const [n, channels, height, width] = x.shape as [number, number, number, number];
	const { kernelHeight, kernelWidth, stride, padding } = windows;
	const groups = n * channels;
	const reach = (count: number): number => (count - 1) * stride + 1;
	// What no window covers is cut off, so that the result has the size of the kernel.
	const bottom = reach(windows.height) + kernelHeight - 1 - height - padding.top;
	const right = reach(windows.width) + kernelWidth - 1 - width - padding.left;
	const covered = sliced(graph, x, [2, 3], [0, 0], [height + Math.min(0, bottom), width + Math.min(0, right)]);
	const products = graph.apply('Conv', {
		inputs: [
			graph.reshape(covered, [1, groups, covered.shape[2]!, covered.shape[3]!]),
			graph.reshape(gradient, [groups, 1, windows.height, windows.width]),
		],
		shape: [1, groups, kernelHeight, kernelWidth],
		attributes: {
			kernel_shape: [windows.height, windows.width],
			dilations: [stride, stride],
			pads: [padding.top, padding.left, Math.max(0, bottom), Math.max(0, right)],
			group: groups,
		},
	});
	return graph.reshape(summed(graph, graph.reshape(products, [n, ...w.shape]), [0]), w.shape);
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
