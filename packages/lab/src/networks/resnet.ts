/**
 * Residual networks.
 * Source: He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition" (CVPR 2016), table 1; names and strides as
 * in torchvision. ResNet-10 is one basic block a stage, as compared in FocusLiteNN (MICCAI 2020).
 * @module
 */
import type { Value } from '../engine/graph.ts';
import type { Layers } from './layers.ts';
import type { Network } from './network.ts';

const SOURCE = 'He et al., Deep Residual Learning for Image Recognition, CVPR 2016';

/** Channels of the four stages; bottlenecks give four times as many. */
const STAGE_CHANNELS = [64, 128, 256, 512];

type Block = (layers: Layers, x: Value, key: string, channels: number, stride: number) => Value;

/** One basic block a stage; 4.9 million parameters with one output. */
export const resnet10: Network = resnet('resnet10', basicBlock, [1, 1, 1, 1], 235);
/** 11.7 million parameters with torchvision's 1,000 outputs. */
export const resnet18: Network = resnet('resnet18', basicBlock, [2, 2, 2, 2], 224);
/** 25.6 million parameters with torchvision's 1,000 outputs. */
export const resnet50: Network = resnet('resnet50', bottleneck, [3, 4, 6, 3], 235);
/** 44.5 million parameters with torchvision's 1,000 outputs. */
export const resnet101: Network = resnet('resnet101', bottleneck, [3, 4, 23, 3], 235);

function resnet(name: string, block: Block, blocks: readonly number[], inputPx: number): Network {
	return {
		name,
		source: SOURCE,
		inputPx,
		features(layers, pictures) {
			const first = { outputs: 64, kernel: 7, stride: 2, padding: 3 };
			const stem = layers.normalisedConvolution(pictures, ['conv1', 'bn1'], first);
			let x = layers.maxPool(layers.relu(stem), 3, 2, { padding: 1 });
			for (const [stage, count] of blocks.entries()) {
				for (let i = 0; i < count; i++) {
					const stride = stage > 0 && i === 0 ? 2 : 1;
					x = block(layers, x, `layer${stage + 1}.${i}`, STAGE_CHANNELS[stage]!, stride);
				}
			}
			return layers.asMap(layers.globalAverage(x));
		},
		classifier: (layers, map, outputs) => layers.linear(layers.flatten(map), 'fc', outputs),
	};
}

/** Two 3x3 convolutions. */
function basicBlock(layers: Layers, x: Value, key: string, channels: number, stride: number): Value {
	const first = layers.normalisedConvolution(x, keysOf(key, 1), { outputs: channels, kernel: 3, stride, padding: 1 });
	const second = layers.normalisedConvolution(layers.relu(first), keysOf(key, 2), {
		outputs: channels,
		kernel: 3,
		padding: 1,
	});
	return layers.relu(layers.add(second, shortcut(layers, x, key, channels, stride)));
}

/** 1x1 to fewer channels, 3x3, 1x1 to four times as many. */
function bottleneck(layers: Layers, x: Value, key: string, channels: number, stride: number): Value {
	const first = layers.normalisedConvolution(x, keysOf(key, 1), { outputs: channels });
	const second = layers.normalisedConvolution(layers.relu(first), keysOf(key, 2), {
		outputs: channels,
		kernel: 3,
		stride,
		padding: 1,
	});
	const third = layers.normalisedConvolution(layers.relu(second), keysOf(key, 3), { outputs: 4 * channels });
	return layers.relu(layers.add(third, shortcut(layers, x, key, 4 * channels, stride)));
}

/** Keys of a block's convolution and of its normalisation. */
function keysOf(key: string, number: number): [string, string] {
	return [`${key}.conv${number}`, `${key}.bn${number}`];
}

/** The input itself, or projected where its shape changes. */
function shortcut(layers: Layers, x: Value, key: string, outputs: number, stride: number): Value {
	if (stride === 1 && x.shape[1] === outputs) return x;
	return layers.normalisedConvolution(x, [`${key}.downsample.0`, `${key}.downsample.1`], { outputs, stride });
}
