/**
 * AlexNet.
 * Source: Krizhevsky, "One weird trick for parallelizing convolutional neural networks" (2014), in torchvision's form:
 * five convolutions, three dense layers.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import type { ConvolutionLayer, Layers } from './layers.ts';
import type { Network } from './network.ts';

/** 61.1 million parameters with torchvision's 1,000 outputs; 2.5 million without the dense layers. */
export const alexnet: Network = {
	name: 'alexnet',
	source: 'Krizhevsky, One weird trick for parallelizing convolutional neural networks, 2014',
	inputPx: 224,
	features(layers, pictures) {
		let x = rectified(layers, pictures, 0, { outputs: 64, kernel: 11, stride: 4, padding: 2 });
		x = layers.maxPool(x, 3, 2);
		x = rectified(layers, x, 3, { outputs: 192, kernel: 5, padding: 2 });
		x = layers.maxPool(x, 3, 2);
		x = rectified(layers, x, 6, { outputs: 384, kernel: 3, padding: 1 });
		x = rectified(layers, x, 8, { outputs: 256, kernel: 3, padding: 1 });
		x = rectified(layers, x, 10, { outputs: 256, kernel: 3, padding: 1 });
		x = layers.maxPool(x, 3, 2);
		return layers.adaptiveAverage(x, 6);
	},
	classifier(layers, map, outputs) {
		const x = layers.dropout(layers.flatten(map), 0.5);
		const first = layers.relu(layers.linear(x, 'classifier.1', 4096));
		const second = layers.relu(layers.linear(layers.dropout(first, 0.5), 'classifier.4', 4096));
		return layers.linear(second, 'classifier.6', outputs);
	},
};

function rectified(layers: Layers, x: Value, index: number, layer: ConvolutionLayer): Value {
	const initialisation = 'uniform-by-inputs';
	return layers.relu(layers.convolution(x, `features.${index}`, { ...layer, initialisation }));
}
