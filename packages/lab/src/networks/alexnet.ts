/**
 * AlexNet.
 * Source: Krizhevsky, "One weird trick for parallelizing convolutional neural networks" (arXiv 1404.5997), as in torchvision.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import { adaptiveAveragePool } from '../engine/operators/adaptive-average-pool.ts';
import type { ConvolutionLayer } from './layers.ts';
import type { Network } from './network.ts';

/** Side of the map that the classifier looks at. */
const MAP = 6;

/** 61.1 million parameters with torchvision's 1,000 outputs. */
export const alexnet: Network = {
	name: 'alexnet',
	source: 'Krizhevsky, One weird trick for parallelizing convolutional neural networks, arXiv 1404.5997',
	inputPx: 224,
	features(layers, pictures) {
		const convolution = (x: Value, index: number, layer: ConvolutionLayer): Value =>
			layers.relu(layers.convolution(x, `features.${index}`, layer));
		let x = convolution(pictures, 0, { outputs: 64, kernel: 11, stride: 4, padding: 2 });
		x = convolution(layers.maxPool(x, 3, 2), 3, { outputs: 192, kernel: 5, padding: 2 });
		x = convolution(layers.maxPool(x, 3, 2), 6, { outputs: 384, kernel: 3, padding: 1 });
		x = convolution(x, 8, { outputs: 256, kernel: 3, padding: 1 });
		x = layers.maxPool(convolution(x, 10, { outputs: 256, kernel: 3, padding: 1 }), 3, 2);
		return adaptiveAveragePool(layers.tape, x, MAP);
	},
	classifier: (layers, map, outputs) => {
		const dense = (x: Value, index: number): Value =>
			layers.relu(layers.linear(layers.dropout(x, 0.5), `classifier.${index}`, 4096));
		return layers.linear(dense(dense(layers.flatten(map), 1), 4), 'classifier.6', outputs);
	},
};
