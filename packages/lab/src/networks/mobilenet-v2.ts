/**
 * MobileNetV2.
 * Source: Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks" (CVPR 2018), tables 1 and 2; names as in
 * torchvision.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import type { Padding } from '../engine/window.ts';
import type { Layers } from './layers.ts';
import type { Network } from './network.ts';

const SOURCE = 'Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, CVPR 2018';

/** Table 2: expansion, outputs, how many blocks, stride of the first. */
const STAGES = [
	[1, 16, 1, 1],
	[6, 24, 2, 2],
	[6, 32, 3, 2],
	[6, 64, 4, 2],
	[6, 96, 3, 1],
	[6, 160, 3, 2],
	[6, 320, 1, 1],
] as const;

/** Padding of 3x3 windows over a map, at a stride. */
type PaddingRule = (map: Value, stride: number) => Padding;

/** 3.5 million parameters with torchvision's 1,000 outputs. */
export const mobilenetV2: Network = mobilenet('mobilenet_v2', torchPadding);

/** The same with TensorFlow's padding at stride 2, for weights that were trained there. */
export const mobilenetV2Same: Network = mobilenet('mobilenet_v2_same', samePadding);

function mobilenet(name: string, padding: PaddingRule): Network {
	return {
		name,
		source: SOURCE,
		inputPx: 224,
		features(layers, pictures) {
			let x = normalised(layers, pictures, 'features.0', { outputs: 32, kernel: 3, stride: 2, padding });
			let index = 1;
			for (const [expansion, outputs, count, firstStride] of STAGES) {
				for (let i = 0; i < count; i++, index++) {
					const stride = i === 0 ? firstStride : 1;
					x = invertedResidual(layers, x, `features.${index}`, { expansion, outputs, stride, padding });
				}
			}
			return normalised(layers, x, `features.${index}`, { outputs: 1280 });
		},
		classifier: (layers, map, outputs) =>
			layers.linear(layers.dropout(layers.globalAverage(map), 0.2), 'classifier.1', outputs),
	};
}

interface Block {
	readonly expansion: number;
	readonly outputs: number;
	readonly stride: number;
	readonly padding: PaddingRule;
}

/** Table 1: 1x1 to more channels, 3x3 a channel, 1x1 to few without a rectifier; the input added where it fits. */
function invertedResidual(
	layers: Layers,
	x: Value,
	key: string,
	{ expansion, outputs, stride, padding }: Block,
): Value {
	const inputs = x.shape[1]!;
	const hidden = expansion * inputs;
	let y = x;
	let index = 0;
	if (expansion > 1) y = normalised(layers, y, `${key}.conv.${index++}`, { outputs: hidden });
	y = normalised(layers, y, `${key}.conv.${index++}`, { outputs: hidden, kernel: 3, stride, padding, groups: hidden });
	y = layers.normalisedConvolution(y, [`${key}.conv.${index}`, `${key}.conv.${index + 1}`], { outputs });
	return stride === 1 && inputs === outputs ? layers.add(x, y) : y;
}

function normalised(
	layers: Layers,
	x: Value,
	key: string,
	layer: { outputs: number; kernel?: number; stride?: number; groups?: number; padding?: PaddingRule },
): Value {
	const padding = layer.padding?.(x, layer.stride ?? 1) ?? 0;
	return layers.relu6(layers.normalisedConvolution(x, [`${key}.0`, `${key}.1`], { ...layer, padding }));
}

/** torchvision: one at every side. */
function torchPadding(): Padding {
	return { top: 1, left: 1, bottom: 1, right: 1 };
}

/** TensorFlow's `SAME`: as little as gives `⌈size / stride⌉` windows, and the odd one after. */
function samePadding({ shape }: Value, stride: number): Padding {
	const [, , height, width] = shape as [number, number, number, number];
	const along = (size: number): [before: number, after: number] => {
		const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + 3 - size);
		return [Math.floor(total / 2), Math.ceil(total / 2)];
	};
	const [top, bottom] = along(height);
	const [left, right] = along(width);
	return { top, left, bottom, right };
}
