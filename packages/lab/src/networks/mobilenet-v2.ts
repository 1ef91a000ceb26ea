/**
 * MobileNetV2.
 * Source: Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks" (CVPR 2018), table 2; names as in
 * torchvision.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import type { Padding } from '../engine/window.ts';
import type { ConvolutionLayer, Layers } from './layers.ts';
import type { Network } from './network.ts';

/** Rows of the paper's table 2: expansion, channels, blocks, stride of the first. */
const STAGES: readonly (readonly [number, number, number, number])[] = [
	[1, 16, 1, 1],
	[6, 24, 2, 2],
	[6, 32, 3, 2],
	[6, 64, 4, 2],
	[6, 96, 3, 1],
	[6, 160, 3, 2],
	[6, 320, 1, 1],
];

/** Choices of weights that were not trained in PyTorch. */
export interface MobileNetOptions {
	/**
	 * How 3x3 convolutions with stride 2 are padded: `even` on all sides as in torchvision, or `same` as TensorFlow pads
	 * pictures of even size: nothing before, one after.
	 */
	readonly padding?: 'even' | 'same';
}

/** 3.5 million parameters with torchvision's 1,000 outputs. */
export function mobilenetV2({ padding = 'even' }: MobileNetOptions = {}): Network {
	const paddingAt = (stride: number): number | Padding =>
		padding === 'same' && stride === 2 ? { top: 0, left: 0, bottom: 1, right: 1 } : 1;
	return {
		name: 'mobilenet_v2',
		source: 'Sandler et al., MobileNetV2, CVPR 2018',
		inputPx: 224,
		features(layers, pictures) {
			const stem = { outputs: 32, kernel: 3, stride: 2, padding: paddingAt(2) };
			let x = layers.relu6(normalised(layers, pictures, 'features.0.0', 'features.0.1', stem));
			let index = 1;
			for (const [expansion, outputs, blocks, firstStride] of STAGES) {
				for (let i = 0; i < blocks; i++, index++) {
					const stride = i === 0 ? firstStride : 1;
					x = block(layers, x, `features.${index}.conv`, expansion, outputs, stride, paddingAt(stride));
				}
			}
			return layers.relu6(normalised(layers, x, 'features.18.0', 'features.18.1', { outputs: 1280 }));
		},
		classifier: (layers, map, outputs) =>
			layers.linear(layers.dropout(layers.globalAverage(map), 0.2), 'classifier.1', outputs),
	};
}

/** Inverted residual: wider by 1x1, depthwise 3x3, narrower by 1x1 without a rectifier. */
function block(
	layers: Layers,
	x: Value,
	key: string,
	expansion: number,
	outputs: number,
	stride: number,
	padding: number | Padding,
): Value {
	const inputs = x.shape[1]!;
	const wide = inputs * expansion;
	let y = x;
	let at = 0;
	if (expansion > 1) {
		y = layers.relu6(normalised(layers, y, `${key}.0.0`, `${key}.0.1`, { outputs: wide }));
		at = 1;
	}
	const depthwise = { outputs: wide, kernel: 3, stride, padding, groups: wide };
	y = layers.relu6(normalised(layers, y, `${key}.${at}.0`, `${key}.${at}.1`, depthwise));
	y = normalised(layers, y, `${key}.${at + 1}`, `${key}.${at + 2}`, { outputs });
	return stride === 1 && inputs === outputs ? layers.add(x, y) : y;
}

function normalised(layers: Layers, x: Value, key: string, normKey: string, layer: ConvolutionLayer): Value {
	return layers.batchNorm(layers.convolution(x, key, { ...layer, bias: false }), normKey);
}
