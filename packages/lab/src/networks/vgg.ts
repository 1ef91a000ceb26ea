/**
 * The 16-layer network of Oxford's Visual Geometry Group.
 * Source: Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition" (ICLR 2015), table 1,
 * column D; names as in torchvision.
 * @module
 */
import type { Network } from './network.ts';

/** Outputs of the 3x3 convolutions of each stage; a 2x2 pooling follows each stage. */
const STAGES = [
	[64, 64],
	[128, 128],
	[256, 256, 256],
	[512, 512, 512],
	[512, 512, 512],
];

/** 138.4 million parameters with torchvision's 1,000 outputs; 14.7 million without the dense layers. */
export const vgg16: Network = {
	name: 'vgg16',
	source: 'Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, ICLR 2015',
	inputPx: 224,
	features(layers, pictures) {
		let x = pictures;
		// Places in torchvision's list: a convolution and its rectifier take two, a pooling one.
		let index = 0;
		for (const stage of STAGES) {
			for (const outputs of stage) {
				x = layers.relu(layers.convolution(x, `features.${index}`, { outputs, kernel: 3, padding: 1 }));
				index += 2;
			}
			x = layers.maxPool(x, 2, 2);
			index++;
		}
		return layers.adaptiveAverage(x, 7);
	},
	classifier(layers, map, outputs) {
		const first = layers.relu(layers.linear(layers.flatten(map), 'classifier.0', 4096));
		const second = layers.relu(layers.linear(layers.dropout(first, 0.5), 'classifier.3', 4096));
		return layers.linear(layers.dropout(second, 0.5), 'classifier.6', outputs);
	},
};
