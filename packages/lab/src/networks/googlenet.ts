/**
 * GoogLeNet with batch normalisation and without its auxiliary classifiers.
 * Source: Szegedy et al., "Going Deeper with Convolutions" (CVPR 2015), table 1; as torchvision has it: the "5x5" branch is
 * 3x3, and pools reach over the edge.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import type { ConvolutionLayer, Layers } from './layers.ts';
import type { Network } from './network.ts';

/** Outputs of an inception's branches: 1x1; 3x3 reduced, 3x3; "5x5" reduced, "5x5"; after pooling. */
type Inception = readonly [number, readonly [number, number], readonly [number, number], number];

/** Table 1 from `inception (3a)` on; pools of the given size, two places apart, between. */
const INCEPTIONS: readonly (readonly [name: string, branches: Inception] | { readonly pool: number })[] = [
	['3a', [64, [96, 128], [16, 32], 32]],
	['3b', [128, [128, 192], [32, 96], 64]],
	{ pool: 3 },
	['4a', [192, [96, 208], [16, 48], 64]],
	['4b', [160, [112, 224], [24, 64], 64]],
	['4c', [128, [128, 256], [24, 64], 64]],
	['4d', [112, [144, 288], [32, 64], 64]],
	['4e', [256, [160, 320], [32, 128], 128]],
	{ pool: 2 },
	['5a', [256, [160, 320], [32, 128], 128]],
	['5b', [384, [192, 384], [48, 128], 128]],
];

/** 6.6 million parameters with torchvision's 1,000 outputs. */
export const googlenet: Network = {
	name: 'googlenet',
	source: 'Szegedy et al., Going Deeper with Convolutions, CVPR 2015',
	inputPx: 224,
	features(layers, pictures) {
		let x = normalised(layers, pictures, 'conv1', { outputs: 64, kernel: 7, stride: 2, padding: 3 });
		x = layers.maxPool(x, 3, 2, { ceil: true });
		x = normalised(layers, x, 'conv2', { outputs: 64 });
		x = normalised(layers, x, 'conv3', { outputs: 192, kernel: 3, padding: 1 });
		x = layers.maxPool(x, 3, 2, { ceil: true });
		for (const part of INCEPTIONS) {
			x = 'pool' in part ? layers.maxPool(x, part.pool, 2, { ceil: true }) : inception(layers, x, ...part);
		}
		return layers.asMap(layers.dropout(layers.globalAverage(x), 0.2));
	},
	classifier: (layers, map, outputs) => layers.linear(layers.flatten(map), 'fc', outputs),
};

function inception(layers: Layers, x: Value, name: string, [one, three, five, pooled]: Inception): Value {
	const key = `inception${name}`;
	return layers.concatenate([
		normalised(layers, x, `${key}.branch1`, { outputs: one }),
		reduced(layers, x, `${key}.branch2`, three),
		reduced(layers, x, `${key}.branch3`, five),
		normalised(layers, layers.maxPool(x, 3, 1, { padding: 1 }), `${key}.branch4.1`, { outputs: pooled }),
	]);
}

/** 1x1 to fewer channels, then 3x3. */
function reduced(layers: Layers, x: Value, key: string, [few, outputs]: readonly [number, number]): Value {
	const first = normalised(layers, x, `${key}.0`, { outputs: few });
	return normalised(layers, first, `${key}.1`, { outputs, kernel: 3, padding: 1 });
}

function normalised(layers: Layers, x: Value, key: string, layer: ConvolutionLayer): Value {
	const keys = [`${key}.conv`, `${key}.bn`] as const;
	return layers.relu(layers.normalisedConvolution(x, keys, { ...layer, epsilon: 1e-3 }));
}
