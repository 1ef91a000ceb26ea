/**
 * SqueezeNet 1.0.
 * Source: Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters" (2016), table 1; names and pools
 * that reach over the edge as in torchvision.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import type { ConvolutionLayer, Layers } from './layers.ts';
import type { Network } from './network.ts';

/** Outputs of the squeezing and of each expanding convolution, by place in torchvision's list; a pool between. */
const FIRES: readonly (readonly [index: number, squeeze: number, expand: number] | 'pool')[] = [
	'pool',
	[3, 16, 64],
	[4, 16, 64],
	[5, 32, 128],
	'pool',
	[7, 32, 128],
	[8, 48, 192],
	[9, 48, 192],
	[10, 64, 256],
	'pool',
	[12, 64, 256],
];

/** 1.2 million parameters with torchvision's 1,000 outputs. Its classifier is a convolution whose answers are averaged. */
export const squeezenet: Network = {
	name: 'squeezenet1_0',
	source: 'Iandola et al., SqueezeNet: AlexNet-level accuracy with 50x fewer parameters, 2016',
	inputPx: 224,
	features(layers, pictures) {
		let x = rectified(layers, pictures, 'features.0', { outputs: 96, kernel: 7, stride: 2 });
		for (const part of FIRES) {
			x = part === 'pool' ? layers.maxPool(x, 3, 2, { ceil: true }) : fire(layers, x, ...part);
		}
		return x;
	},
	classifier(layers, map, outputs) {
		const initialisation = { normal: 0.01 };
		const answers = layers.convolution(layers.dropout(map, 0.5), 'classifier.1', { outputs, initialisation });
		return layers.globalAverage(layers.relu(answers));
	},
};

/** A 1x1 convolution to few channels, then 1x1 and 3x3 convolutions side by side. */
function fire(layers: Layers, x: Value, index: number, squeeze: number, expand: number): Value {
	const key = `features.${index}`;
	const few = rectified(layers, x, `${key}.squeeze`, { outputs: squeeze });
	return layers.concatenate([
		rectified(layers, few, `${key}.expand1x1`, { outputs: expand }),
		rectified(layers, few, `${key}.expand3x3`, { outputs: expand, kernel: 3, padding: 1 }),
	]);
}

function rectified(layers: Layers, x: Value, key: string, layer: ConvolutionLayer): Value {
	return layers.relu(layers.convolution(x, key, { ...layer, initialisation: 'kaiming-uniform-by-inputs' }));
}
