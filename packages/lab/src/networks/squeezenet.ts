/**
 * SqueezeNet 1.0.
 * Source: Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters" (arXiv 1602.07360), table 1; names
 * as in torchvision.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import type { Layers } from './layers.ts';
import type { Network } from './network.ts';

/** Index of each fire module, channels it squeezes to, and channels of each of its two expansions. */
const FIRES: readonly (readonly [number, number, number])[] = [
	[3, 16, 64],
	[4, 16, 64],
	[5, 32, 128],
	[7, 32, 128],
	[8, 48, 192],
	[9, 48, 192],
	[10, 64, 256],
	[12, 64, 256],
];
/** Fire modules before which maps are pooled. */
const POOLED_BEFORE = [3, 7, 12];

/** 1.2 million parameters with torchvision's 1,000 outputs. */
export const squeezenet: Network = {
	name: 'squeezenet1_0',
	source: 'Iandola et al., SqueezeNet, arXiv 1602.07360',
	inputPx: 224,
	features(layers, pictures) {
		let x = layers.relu(layers.convolution(pictures, 'features.0', { outputs: 96, kernel: 7, stride: 2 }));
		for (const [index, squeezed, expanded] of FIRES) {
			if (POOLED_BEFORE.includes(index)) x = layers.maxPool(x, 3, 2, { ceil: true });
			x = fire(layers, x, `features.${index}`, squeezed, expanded);
		}
		return x;
	},
	classifier(layers, map, outputs) {
		const dropped = layers.dropout(map, 0.5);
		const answers = layers.convolution(dropped, 'classifier.1', { outputs, initialisation: { normal: 0.01 } });
		return layers.globalAverage(layers.relu(answers));
	},
};

function fire(layers: Layers, x: Value, key: string, squeezed: number, expanded: number): Value {
	const narrow = layers.relu(layers.convolution(x, `${key}.squeeze`, { outputs: squeezed }));
	const near = layers.convolution(narrow, `${key}.expand1x1`, { outputs: expanded });
	const wide = layers.convolution(narrow, `${key}.expand3x3`, { outputs: expanded, kernel: 3, padding: 1 });
	return layers.concatenate([layers.relu(near), layers.relu(wide)]);
}
