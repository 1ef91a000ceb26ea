/**
 * The gradient of a convolution with respect to its input.
 * @module
 */
import { matrixTransposed, product, transposed } from '../expressions.ts';
import type { Graph, Value } from '../graph.ts';
import { paddingList, type Windows } from '../window.ts';

/** The gradient of `x` given that of the output: the convolution turned round, in the cheapest form there is. */
export function inputGradient(
	graph: Graph,
	x: Value,
	w: Value,
	gradient: Value,
	windows: Windows,
	groups: number,
): Value {
	const { kernelHeight, kernelWidth, stride, padding } = windows;
	const [n, channels, height, width] = x.shape as [number, number, number, number];
	const outputs = w.shape[0]!;
	const unpadded = paddingList(padding).every((size) => size === 0);
	if (kernelHeight === 1 && kernelWidth === 1 && stride === 1 && groups === 1 && unpadded) {
		const weights = matrixTransposed(graph, graph.reshape(w, [outputs, channels]));
		return graph.reshape(product(graph, weights, graph.reshape(gradient, [n, outputs, height * width])), x.shape);
	}
	if (stride === 1) {
		// Each tap looks the other way: the kernel turned by half a turn, from outputs to channels.
		// (Far beyond the start: WebGPU takes an end of -1 after counting from the back as the last place.)
		const ends = [-1000, -1000];
		const turned = graph.apply('Slice', {
			inputs: [w, ...[[-1, -1], ends, [2, 3], [-1, -1]].map((list) => graph.integers(list))],
			shape: w.shape,
		});
		return graph.apply('Conv', {
			inputs: [gradient, groups === 1 ? transposed(graph, turned, [1, 0, 2, 3]) : turned],
			shape: x.shape,
			attributes: {
				kernel_shape: [kernelHeight, kernelWidth],
				pads: [
					kernelHeight - 1 - padding.top,
					kernelWidth - 1 - padding.left,
					kernelHeight - 1 - padding.bottom,
					kernelWidth - 1 - padding.right,
				],
				group: groups,
			},
		});
	}
	const reachedHeight = (windows.height - 1) * stride + kernelHeight - padding.top - padding.bottom;
	const reachedWidth = (windows.width - 1) * stride + kernelWidth - padding.left - padding.right;
	return graph.apply('ConvTranspose', {
		inputs: [gradient, w],
		shape: x.shape,
		attributes: {
			kernel_shape: [kernelHeight, kernelWidth],
			strides: [stride, stride],
			pads: paddingList(padding),
			output_padding: [height - reachedHeight, width - reachedWidth],
			group: groups,
		},
	});
}
