/**
 * DenseNet-13: a DenseNet of one dense layer a block.
 * Source: Huang et al., "Densely Connected Convolutional Networks" (CVPR 2017), table 1 with growth 32; as compared in
 * FocusLiteNN (MICCAI 2020). Names as in torchvision.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import type { Layers } from './layers.ts';
import type { Network } from './network.ts';

const GROWTH = 32;
/** Outputs of the 1x1 convolution in a dense layer. */
const BOTTLENECK = 4 * GROWTH;
const BLOCKS = 4;

/** 193,557 parameters with one output. */
export const densenet13: Network = {
	name: 'densenet13',
	source: 'Huang et al., Densely Connected Convolutional Networks, CVPR 2017',
	inputPx: 235,
	// The last rectifier is part of the features: without it, means of a normalised map would say next to nothing.
	features(layers, pictures) {
		const first = { outputs: 64, kernel: 7, stride: 2, padding: 3 };
		const stem = layers.normalisedConvolution(pictures, ['features.conv0', 'features.norm0'], first);
		let x = layers.maxPool(layers.relu(stem), 3, 2, { padding: 1 });
		for (let block = 1; block <= BLOCKS; block++) {
			x = layers.concatenate([x, denseLayer(layers, x, `features.denseblock${block}.denselayer1`)]);
			if (block < BLOCKS) x = transition(layers, x, `features.transition${block}`);
		}
		return layers.relu(layers.batchNorm(x, 'features.norm5'));
	},
	classifier: (layers, map, outputs) => layers.linear(layers.globalAverage(map), 'classifier', outputs),
};

/** Normalised, rectified, 1x1; normalised, rectified, 3x3. */
function denseLayer(layers: Layers, x: Value, key: string): Value {
	const wide = layers.relu(layers.batchNorm(x, `${key}.norm1`));
	const few = layers.convolution(wide, `${key}.conv1`, { outputs: BOTTLENECK, bias: false });
	const seen = layers.relu(layers.batchNorm(few, `${key}.norm2`));
	return layers.convolution(seen, `${key}.conv2`, { outputs: GROWTH, kernel: 3, padding: 1, bias: false });
}

/** Half of the channels, half of the size. */
function transition(layers: Layers, x: Value, key: string): Value {
	const wide = layers.relu(layers.batchNorm(x, `${key}.norm`));
	const half = layers.convolution(wide, `${key}.conv`, { outputs: x.shape[1]! / 2, bias: false });
	return layers.averagePool(half, 2);
}
