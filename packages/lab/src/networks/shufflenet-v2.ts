/**
 * ShuffleNetV2 with all channels ("x1.0").
 * Source: Ma et al., "ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design" (ECCV 2018), table 5 and
 * figure 3; names as in torchvision.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import { channelShuffle } from '../engine/operators/channel-shuffle.ts';
import { slice } from '../engine/operators/shaping.ts';
import type { ConvolutionLayer, Layers } from './layers.ts';
import type { Network } from './network.ts';

/** Table 5: outputs and blocks of stages 2, 3 and 4. */
const STAGES = [
	[116, 4],
	[232, 8],
	[464, 4],
] as const;

/** 2.3 million parameters with torchvision's 1,000 outputs. */
export const shufflenetV2: Network = {
	name: 'shufflenet_v2_x1_0',
	source: 'Ma et al., ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design, ECCV 2018',
	inputPx: 224,
	features(layers, pictures) {
		const stem = normalised(layers, pictures, 'conv1', 0, { outputs: 24, kernel: 3, stride: 2, padding: 1 });
		let x = layers.maxPool(layers.relu(stem), 3, 2, { padding: 1 });
		for (const [stage, [outputs, count]] of STAGES.entries()) {
			for (let i = 0; i < count; i++) {
				const key = `stage${stage + 2}.${i}`;
				x = i === 0 ? downBlock(layers, x, key, outputs) : block(layers, x, key);
			}
		}
		return layers.relu(normalised(layers, x, 'conv5', 0, { outputs: 1024 }));
	},
	classifier: (layers, map, outputs) => layers.linear(layers.globalAverage(map), 'fc', outputs),
};

/** Figure 3d: both branches look at everything and halve the map. */
function downBlock(layers: Layers, x: Value, key: string, outputs: number): Value {
	const key1 = `${key}.branch1`;
	const seen = normalised(layers, x, key1, 0, depthwise(x.shape[1]!, 2));
	const short = layers.relu(normalised(layers, seen, key1, 2, { outputs: outputs / 2 }));
	return channelShuffle(layers.tape, layers.concatenate([short, branch2(layers, x, key, outputs / 2, 2)]), 2);
}

/** Figure 3c: half of the channels pass by. */
function block(layers: Layers, x: Value, key: string): Value {
	const channels = x.shape[1]!;
	const passing = slice(layers.tape, x, 1, 0, channels / 2);
	const other = slice(layers.tape, x, 1, channels / 2, channels);
	const joined = layers.concatenate([passing, branch2(layers, other, key, channels / 2, 1)]);
	return channelShuffle(layers.tape, joined, 2);
}

/** 1x1, 3x3 a channel, 1x1. */
function branch2(layers: Layers, x: Value, key: string, outputs: number, stride: number): Value {
	const own = `${key}.branch2`;
	const first = layers.relu(normalised(layers, x, own, 0, { outputs }));
	const second = normalised(layers, first, own, 3, depthwise(outputs, stride));
	return layers.relu(normalised(layers, second, own, 5, { outputs }));
}

function depthwise(channels: number, stride: number): ConvolutionLayer {
	return { outputs: channels, kernel: 3, stride, padding: 1, groups: channels };
}

/** A convolution at place `index` of a list and the normalisation after it. */
function normalised(layers: Layers, x: Value, key: string, index: number, layer: ConvolutionLayer): Value {
	const keys = [`${key}.${index}`, `${key}.${index + 1}`] as const;
	return layers.normalisedConvolution(x, keys, { ...layer, initialisation: 'uniform-by-inputs' });
}
