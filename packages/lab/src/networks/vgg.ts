/**
 * VGG-16.
 * Source: Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition" (ICLR 2015), table 1,
 * configuration D; names as in torchvision.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import { adaptiveAveragePool } from '../engine/operators/adaptive-average-pool.ts';
import type { Network } from './network.ts';

/** Channels of the 3x3 convolutions; each row ends with a pooling. */
const STAGES: readonly (readonly number[])[] = [
	[64, 64],
	[128, 128],
	[256, 256, 256],
	[512, 512, 512],
	[512, 512, 512],
];
/** Side of the map that the classifier looks at. */
const MAP = 7;

/** 138.4 million parameters with torchvision's 1,000 outputs. */
export const vgg16: Network = {
	name: 'vgg16',
	source: 'Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, ICLR 2015',
	inputPx: 224,
	features(layers, pictures) {
		let x = pictures;
		let index = 0;
		for (const stage of STAGES) {
			for (const outputs of stage) {
				x = layers.relu(layers.convolution(x, `features.${index}`, { outputs, kernel: 3, padding: 1 }));
				index += 2;
			}
			x = layers.maxPool(x, 2, 2);
			index++;
		}
		return adaptiveAveragePool(layers.tape, x, MAP);
	},
	classifier(layers, map, outputs) {
		const dense = (x: Value, at: number): Value =>
			layers.dropout(layers.relu(layers.linear(x, `classifier.${at}`, 4096)), 0.5);
		return layers.linear(dense(dense(layers.flatten(map), 0), 3), 'classifier.6', outputs);
	},
};
