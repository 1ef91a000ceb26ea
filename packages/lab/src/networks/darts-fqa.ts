/**
 * DARTS-FQA: three reduction cells found by differentiable architecture search.
 * Source: Miles et al., "Transferability of Deep Learning Models for Focus Quality Assessment in Digital Pathology"
 * (researchsquare rs-1120682, 2021); one genotype a data set it was searched on.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import { slice } from '../engine/operators/shaping.ts';
import type { Layers } from './layers.ts';
import type { Network } from './network.ts';

/** Which data set the cell was searched on. */
export type DartsGenotype = 'focuspath' | 'bioimage' | 'deepfocus';

/** Channels of the three cells. */
const CELLS = [40, 80, 160];
const STEM = 60;

/** From the two inputs of a cell, both with its channels, to its output on a map half as large. */
type Cell = (layers: Layers, s0: Value, s1: Value, key: string) => Value;

const GENOTYPES: Readonly<Record<DartsGenotype, Cell>> = {
	focuspath(layers, s0, s1) {
		const half = layers.maxPool(s1, 3, 2, { padding: 1 });
		const sum = layers.add(layers.maxPool(s0, 3, 2, { padding: 1 }), half);
		return layers.add(half, sum);
	},
	bioimage(layers, s0, s1, key) {
		const half = layers.maxPool(s1, 3, 2, { padding: 1 });
		const sum = layers.add(half, factorisedReduction(layers, s0, `${key}._ops.1`, s0.shape[1]!));
		return layers.add(half, layers.maxPool(sum, 3, 1, { padding: 1 }));
	},
	deepfocus(layers, s0, s1, key) {
		const half = layers.maxPool(s1, 3, 2, { padding: 1 });
		const second = layers.add(half, separable(layers, s0, `${key}._ops.1`, 3, 2));
		const own = separable(layers, second, `${key}._ops.2`, 5, 1);
		const third = layers.add(own, separable(layers, s1, `${key}._ops.3`, 5, 2));
		return layers.concatenate([second, third]);
	},
};

/** 35,021, 69,181 and 295,581 parameters with one output. */
export function dartsFqa({ genotype = 'focuspath' }: { readonly genotype?: DartsGenotype } = {}): Network {
	return {
		name: 'darts_fqa',
		source: 'Miles et al., Transferability of Deep Learning Models for Focus Quality Assessment, 2021',
		inputPx: 64,
		features(layers, pictures) {
			const stem = layers.convolution(pictures, 'stem.0', { outputs: STEM, kernel: 3, padding: 1, bias: false });
			let before = layers.batchNorm(stem, 'stem.1');
			let last = before;
			for (const [i, channels] of CELLS.entries()) {
				const key = `cells.${i}`;
				// The cell before the last works on a map twice as large: it is halved first.
				const s0 =
					i === 0
						? projected(layers, before, `${key}.preprocess0`, channels)
						: factorisedReduction(layers, before, `${key}.preprocess0`, channels);
				const s1 = projected(layers, last, `${key}.preprocess1`, channels);
				before = last;
				last = GENOTYPES[genotype](layers, s0, s1, key);
			}
			return layers.maxPool(last, last.shape[2]!, last.shape[2]!);
		},
		classifier: (layers, map, outputs) => layers.linear(layers.flatten(map), 'classifier', outputs),
	};
}

/** ReLU, 1x1 convolution, normalisation. */
function projected(layers: Layers, x: Value, key: string, outputs: number): Value {
	const y = layers.convolution(layers.relu(x), `${key}.op.1`, { outputs, bias: false });
	return layers.batchNorm(y, `${key}.op.2`);
}

/** Half of the channels from every second place, the other half from the places between. */
function factorisedReduction(layers: Layers, x: Value, key: string, outputs: number): Value {
	const { tape } = layers;
	const rectified = layers.relu(x);
	const [height, width] = x.shape.slice(2) as [number, number];
	const between = slice(tape, slice(tape, rectified, 2, 1, height), 3, 1, width);
	const halves = [rectified, between].map((half, i) =>
		layers.convolution(half, `${key}.conv_${i + 1}`, { outputs: outputs / 2, stride: 2, bias: false }),
	);
	return layers.batchNorm(layers.concatenate(halves), `${key}.bn`);
}

/** Twice: ReLU, depthwise, 1x1, normalisation; the stride is in the first. */
function separable(layers: Layers, x: Value, key: string, kernel: number, stride: number): Value {
	const channels = x.shape[1]!;
	let y = x;
	for (const [at, ownStride] of [
		[1, stride],
		[5, 1],
	] as const) {
		const depthwise = {
			outputs: channels,
			kernel,
			stride: ownStride,
			padding: kernel >> 1,
			groups: channels,
			bias: false,
		};
		y = layers.convolution(layers.relu(y), `${key}.op.${at}`, depthwise);
		y = layers.convolution(y, `${key}.op.${at + 1}`, { outputs: channels, bias: false });
		y = layers.batchNorm(y, `${key}.op.${at + 2}`);
	}
	return y;
}
