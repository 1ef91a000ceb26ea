/**
 * DenseNet-13: one dense layer a block.
 * Source: Huang et al., "Densely Connected Convolutional Networks" (CVPR 2017), as compared in FocusLiteNN (MICCAI 2020):
 * torchvision's DenseNet with growth 32, 64 initial channels and blocks of one layer.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import { averagePool } from '../engine/operators/average-pool.ts';
import type { Layers } from './layers.ts';
import type { Network } from './network.ts';

const BLOCKS = 4;
const GROWTH = 32;
/** The 1x1 convolution before each 3x3 gives this many times the growth. */
const BOTTLENECK = 4;

/** 193,557 parameters with one output. */
export const densenet13: Network = {
	name: 'densenet13',
	source: 'Huang et al., Densely Connected Convolutional Networks, CVPR 2017; as in Wang et al., MICCAI 2020',
	inputPx: 235,
	features(layers, pictures) {
		const stem = { outputs: 64, kernel: 7, stride: 2, padding: 3, bias: false };
		let x = layers.convolution(pictures, 'features.conv0', stem);
		x = layers.maxPool(layers.relu(layers.batchNorm(x, 'features.norm0')), 3, 2, { padding: 1 });
		for (let block = 1; block <= BLOCKS; block++) {
			x = denseLayer(layers, x, `features.denseblock${block}.denselayer1`);
			if (block < BLOCKS) x = transition(layers, x, `features.transition${block}`);
		}
		return layers.relu(layers.batchNorm(x, 'features.norm5'));
	},
	classifier: (layers, map, outputs) => layers.linear(layers.globalAverage(map), 'classifier', outputs),
};

/** What comes in, and beside it what two convolutions make of it. */
function denseLayer(layers: Layers, x: Value, key: string): Value {
	let y = layers.relu(layers.batchNorm(x, `${key}.norm1`));
	y = layers.convolution(y, `${key}.conv1`, { outputs: BOTTLENECK * GROWTH, bias: false });
	y = layers.relu(layers.batchNorm(y, `${key}.norm2`));
	y = layers.convolution(y, `${key}.conv2`, { outputs: GROWTH, kernel: 3, padding: 1, bias: false });
	return layers.concatenate([x, y]);
}

/** Half as many channels on a map half as large. */
function transition(layers: Layers, x: Value, key: string): Value {
	const y = layers.relu(layers.batchNorm(x, `${key}.norm`));
	const halved = layers.convolution(y, `${key}.conv`, { outputs: x.shape[1]! / 2, bias: false });
	return averagePool(layers.tape, halved, 2);
}
