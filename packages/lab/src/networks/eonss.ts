/**
 * EONSS: a small network with divisive normalisation.
 * Source: Wang et al., "Exploiting Local Degradation Characteristics and Global Statistical Properties for Blind Quality
 * Assessment of Tone-Mapped HDR Images" (IEEE TIP 2021), quality stage, as compared in FocusLiteNN (MICCAI 2020); GDN by Ballé
 * et al., "Density Modeling of Images using a Generalized Normalization Transformation" (ICLR 2016).
 * @module
 */
import type { Value } from '../engine/graph.ts';
import { divide, multiply } from '../engine/operators/arithmetic.ts';
import { convolution } from '../engine/operators/convolution.ts';
import { reshape, transpose } from '../engine/operators/shaping.ts';
import { squareRoot } from '../engine/operators/square-root.ts';
import { evenPadding } from '../engine/window.ts';
import type { ConvolutionLayer, Layers } from './layers.ts';
import type { Network } from './network.ts';

/** Convolutions before the 1x1 ones. */
const STAGES: readonly ConvolutionLayer[] = [
	{ outputs: 8, kernel: 5, stride: 2, padding: 2 },
	{ outputs: 16, kernel: 5, stride: 2, padding: 2 },
	{ outputs: 32, kernel: 5, stride: 2, padding: 2 },
	{ outputs: 64, kernel: 3 },
];
const WIDE = 256;
/** Keeps the root of the normalisation real. */
const SMALLEST = 2e-10;

/** 123,401 parameters with one output. */
export const eonss: Network = {
	name: 'eonss',
	source: 'Wang et al., EONSS; as in Wang et al., FocusLiteNN, MICCAI 2020',
	inputPx: 235,
	features(layers, pictures) {
		let x = pictures;
		for (const [i, stage] of STAGES.entries()) {
			x = layers.convolution(x, `conv${i + 1}`, stage);
			x = layers.maxPool(divisiveNorm(layers, x, `gdn${i + 1}`), 2, 2);
		}
		return x;
	},
	classifier(layers, map, outputs) {
		const wide = layers.convolution(map, 'st2_fc1', { outputs: WIDE });
		const normalised = divisiveNorm(layers, wide, 'st2_gdn1');
		return layers.globalAverage(layers.convolution(normalised, 'st2_fc2', { outputs }));
	},
	constrain(parameters) {
		for (const [key, { shape, data }] of parameters) {
			if (!/gdn\d+\.(gamma|beta)$/.test(key)) continue;
			for (let i = 0; i < data.length; i++) data[i] = Math.max(SMALLEST, data[i]!);
			if (key.endsWith('gamma')) symmetrise(data, shape[0]!);
		}
	},
};

/** `x_i / √(beta_i + Σ_j gamma_ji x_j²)` over the channels (Ballé et al., equation 3). */
function divisiveNorm(layers: Layers, x: Value, key: string): Value {
	const { tape } = layers;
	const channels = x.shape[1]!;
	const gamma = layers.parameter(`${key}.gamma`, [channels, channels], 'ones');
	const beta = layers.parameter(`${key}.beta`, [channels], { constant: 0.01 });
	const weights = reshape(tape, transpose(tape, gamma, [1, 0]), [channels, channels, 1, 1]);
	const plain = { stride: 1, padding: evenPadding(0), groups: 1, bias: beta };
	return divide(tape, x, squareRoot(tape, convolution(tape, multiply(tape, x, x), weights, plain)));
}

function symmetrise(gamma: Float32Array, side: number): void {
	for (let row = 0; row < side; row++) {
		for (let column = 0; column < row; column++) {
			const mean = (gamma[row * side + column]! + gamma[column * side + row]!) / 2;
			gamma[row * side + column] = mean;
			gamma[column * side + row] = mean;
		}
	}
}
