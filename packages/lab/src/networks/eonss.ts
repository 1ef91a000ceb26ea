/**
 * EONSS, the quality stage of a two-stage network; its only non-linearity is divisive normalisation.
 * Source: Wang, Athar and Wang, "Blind Quality Assessment of Multiply Distorted Images Using Deep Neural Networks" (ICIAR
 * 2019), as trained in FocusLiteNN (MICCAI 2020) under these names.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import { divisiveNormalisation } from '../engine/operators/divisive-normalisation.ts';
import type { Layers } from './layers.ts';
import type { Network } from './network.ts';

/** Convolutions before the answer: outputs, size, stride, padding; a 2x2 pooling follows each. */
const STAGES = [
	[8, 5, 2, 2],
	[16, 5, 2, 2],
	[32, 5, 2, 2],
	[64, 3, 1, 0],
] as const;

/** Below this, `gamma` and `beta` could no longer be divided by. */
const SMALLEST = 2e-10;

/** 123,401 parameters with one output. Pictures must be large enough that a place is left: at least 235 px. */
export const eonss: Network = {
	name: 'eonss',
	source:
		'Wang, Athar and Wang, Blind Quality Assessment of Multiply Distorted Images Using Deep Neural Networks, ICIAR 2019',
	inputPx: 235,
	features(layers, pictures) {
		let x = pictures;
		for (const [i, [outputs, kernel, stride, padding]] of STAGES.entries()) {
			x = layers.convolution(x, `conv${i + 1}`, { outputs, kernel, stride, padding });
			x = layers.maxPool(normalised(layers, x, `gdn${i + 1}`), 2, 2);
		}
		return normalised(layers, layers.convolution(x, 'st2_fc1', { outputs: 256 }), 'st2_gdn1');
	},
	classifier: (layers, map, outputs) => layers.globalAverage(layers.convolution(map, 'st2_fc2', { outputs })),
	constrain(parameters) {
		for (const [key, { shape, data }] of parameters) {
			const isGamma = key.endsWith('.gamma');
			if (!isGamma && !key.endsWith('.beta')) continue;
			for (const [i, value] of data.entries()) data[i] = Math.max(SMALLEST, value);
			if (isGamma) symmetrise(data, shape[0]!);
		}
	},
};

function normalised(layers: Layers, x: Value, key: string): Value {
	const channels = x.shape[1]!;
	const gamma = layers.parameter(`${key}.gamma`, [channels, channels], 'ones');
	const beta = layers.parameter(`${key}.beta`, [channels], { constant: 0.01 });
	return divisiveNormalisation(layers.tape, x, gamma, beta);
}

/** A square matrix becomes the mean of itself and its transposed. */
function symmetrise(matrix: Float32Array, size: number): void {
	for (let row = 0; row < size; row++) {
		for (let column = 0; column < row; column++) {
			const value = (matrix[row * size + column]! + matrix[column * size + row]!) / 2;
			matrix[row * size + column] = value;
			matrix[column * size + row] = value;
		}
	}
}
