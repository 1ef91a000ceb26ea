/**
 * ShuffleNetV2 x1.0.
 * Source: Ma et al., "ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design" (ECCV 2018), table 5; names
 * as in torchvision.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import { reshape, slice, transpose } from '../engine/operators/shaping.ts';
import type { ConvolutionLayer, Layers } from './layers.ts';
import type { Network } from './network.ts';

/** Channels and units of the three stages. */
const STAGES: readonly (readonly [number, number])[] = [
	[116, 4],
	[232, 8],
	[464, 4],
];

/** 2.3 million parameters with torchvision's 1,000 outputs. */
export const shufflenetV2: Network = {
	name: 'shufflenet_v2_x1_0',
	source: 'Ma et al., ShuffleNet V2, ECCV 2018',
	inputPx: 224,
	features(layers, pictures) {
		const stem = { outputs: 24, kernel: 3, stride: 2, padding: 1 };
		let x = layers.maxPool(rectified(layers, pictures, 'conv1', 0, stem), 3, 2, { padding: 1 });
		for (const [stage, [channels, units]] of STAGES.entries()) {
			for (let i = 0; i < units; i++) x = unit(layers, x, `stage${stage + 2}.${i}`, channels / 2, i === 0);
		}
		return rectified(layers, x, 'conv5', 0, { outputs: 1024 });
	},
	classifier: (layers, map, outputs) => layers.linear(layers.globalAverage(map), 'fc', outputs),
};

/** Half of the channels pass as they are; where the map shrinks both halves are made anew. */
function unit(layers: Layers, x: Value, key: string, half: number, shrinks: boolean): Value {
	const depthwise = (y: Value, branch: string, index: number): Value =>
		normalised(layers, y, branch, index, {
			outputs: y.shape[1]!,
			kernel: 3,
			stride: shrinks ? 2 : 1,
			padding: 1,
			groups: y.shape[1]!,
		});
	let kept: Value;
	let y = x;
	if (shrinks) {
		kept = rectified(layers, depthwise(x, `${key}.branch1`, 0), `${key}.branch1`, 2, { outputs: half });
	} else {
		kept = slice(layers.tape, x, 1, 0, half);
		y = slice(layers.tape, x, 1, half, 2 * half);
	}
	y = rectified(layers, y, `${key}.branch2`, 0, { outputs: half });
	y = rectified(layers, depthwise(y, `${key}.branch2`, 3), `${key}.branch2`, 5, { outputs: half });
	return shuffled(layers, layers.concatenate([kept, y]));
}

/** Channels of both halves in turn. */
function shuffled({ tape }: Layers, x: Value): Value {
	const [n, channels, height, width] = x.shape as [number, number, number, number];
	const halves = reshape(tape, x, [n, 2, channels / 2, height * width]);
	return reshape(tape, transpose(tape, halves, [0, 2, 1, 3]), [n, channels, height, width]);
}

function rectified(layers: Layers, x: Value, key: string, index: number, layer: ConvolutionLayer): Value {
	return layers.relu(normalised(layers, x, key, index, layer));
}

function normalised(layers: Layers, x: Value, key: string, index: number, layer: ConvolutionLayer): Value {
	const y = layers.convolution(x, `${key}.${index}`, { ...layer, bias: false });
	return layers.batchNorm(y, `${key}.${index + 1}`);
}
