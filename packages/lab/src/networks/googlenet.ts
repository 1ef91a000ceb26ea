/**
 * GoogLeNet, with batch normalisation and without its auxiliary outputs, as torchvision has it.
 * Source: Szegedy et al., "Going Deeper with Convolutions" (CVPR 2015), table 1. As in torchvision the third branch has a 3x3
 * kernel where the paper has 5x5.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import type { ConvolutionLayer, Layers } from './layers.ts';
import type { Network } from './network.ts';

/** Of each module: 1x1; 1x1 then 3x3; 1x1 then 3x3; 1x1 after pooling. */
const INCEPTIONS: Readonly<Record<string, readonly [number, number, number, number, number, number]>> = {
	'3a': [64, 96, 128, 16, 32, 32],
	'3b': [128, 128, 192, 32, 96, 64],
	'4a': [192, 96, 208, 16, 48, 64],
	'4b': [160, 112, 224, 24, 64, 64],
	'4c': [128, 128, 256, 24, 64, 64],
	'4d': [112, 144, 288, 32, 64, 64],
	'4e': [256, 160, 320, 32, 128, 128],
	'5a': [256, 160, 320, 32, 128, 128],
	'5b': [384, 192, 384, 48, 128, 128],
};
const EPSILON = 1e-3;

/** 6.6 million parameters with torchvision's 1,000 outputs. */
export const googlenet: Network = {
	name: 'googlenet',
	source: 'Szegedy et al., Going Deeper with Convolutions, CVPR 2015',
	inputPx: 224,
	features(layers, pictures) {
		let x = basic(layers, pictures, 'conv1', { outputs: 64, kernel: 7, stride: 2, padding: 3 });
		x = basic(layers, layers.maxPool(x, 3, 2, { ceil: true }), 'conv2', { outputs: 64 });
		x = basic(layers, x, 'conv3', { outputs: 192, kernel: 3, padding: 1 });
		x = layers.maxPool(x, 3, 2, { ceil: true });
		for (const name of ['3a', '3b']) x = inception(layers, x, name);
		x = layers.maxPool(x, 3, 2, { ceil: true });
		for (const name of ['4a', '4b', '4c', '4d', '4e']) x = inception(layers, x, name);
		x = layers.maxPool(x, 2, 2, { ceil: true });
		for (const name of ['5a', '5b']) x = inception(layers, x, name);
		return layers.dropout(layers.asMap(layers.globalAverage(x)), 0.2);
	},
	classifier: (layers, map, outputs) => layers.linear(layers.flatten(map), 'fc', outputs),
};

function inception(layers: Layers, x: Value, name: string): Value {
	const key = `inception${name}`;
	const [one, beforeSecond, second, beforeThird, third, fourth] = INCEPTIONS[name]!;
	const wide = (y: Value, branch: string, outputs: number): Value =>
		basic(layers, y, `${key}.${branch}`, { outputs, kernel: 3, padding: 1 });
	return layers.concatenate([
		basic(layers, x, `${key}.branch1`, { outputs: one }),
		wide(basic(layers, x, `${key}.branch2.0`, { outputs: beforeSecond }), 'branch2.1', second),
		wide(basic(layers, x, `${key}.branch3.0`, { outputs: beforeThird }), 'branch3.1', third),
		basic(layers, layers.maxPool(x, 3, 1, { padding: 1, ceil: true }), `${key}.branch4.1`, { outputs: fourth }),
	]);
}

function basic(layers: Layers, x: Value, key: string, layer: ConvolutionLayer): Value {
	const initialisation = { normal: 0.01 };
	const y = layers.convolution(x, `${key}.conv`, { initialisation, ...layer, bias: false });
	return layers.relu(layers.batchNorm(y, `${key}.bn`, { epsilon: EPSILON }));
}
