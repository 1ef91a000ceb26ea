/**
 * DARTS-FQA: networks of three cells found by architecture search, one for each of three data sets.
 * Source: Miles et al., "Transferability of Deep Learning Models for Focus Quality Assessment in Digital Pathology" (2021);
 * Liu, Simonyan and Yang, "DARTS: Differentiable Architecture Search" (ICLR 2019) for the operations. Names as in the
 * authors' files.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import { largest } from '../engine/operators/extreme.ts';
import { slice } from '../engine/operators/shaping.ts';
import type { Layers } from './layers.ts';
import type { Network } from './network.ts';

const STEM_CHANNELS = 60;
/** Channels of the three cells; each halves the map. */
const CELL_CHANNELS = [40, 80, 160];

/** What a cell does with the two maps it is given, both `[n, channels, h, w]`: a map of half the size. */
type Cell = (layers: Layers, older: Value, newer: Value, key: string) => Value;

/** Found on FocusPath: 35,021 parameters, all of them before and between the cells. */
export const dartsFqa: Network = darts('darts_fqa', (layers, older, newer) => {
	const second = layers.add(halved(layers, older), halved(layers, newer));
	return layers.add(halved(layers, newer), second);
});

/** Found on BioImage: 69,181 parameters. */
export const dartsFqaBioimage: Network = darts('darts_fqa_bioimage', (layers, older, newer, key) => {
	const second = layers.add(halved(layers, newer), factorizedReduce(layers, older, `${key}._ops.1`, older.shape[1]!));
	return layers.add(halved(layers, newer), layers.maxPool(second, 3, 1, { padding: 1 }));
});

/** Found on DeepFocus: 295,581 parameters. */
export const dartsFqaDeepfocus: Network = darts('darts_fqa_deepfocus', (layers, older, newer, key) => {
	const second = layers.add(halved(layers, newer), separable(layers, older, `${key}._ops.1`, 3, 2));
	const first5 = separable(layers, second, `${key}._ops.2`, 5, 1);
	return layers.concatenate([second, layers.add(first5, separable(layers, newer, `${key}._ops.3`, 5, 2))]);
});

function darts(name: string, cell: Cell): Network {
	return {
		name,
		source: 'Miles et al., Transferability of Deep Learning Models for Focus Quality Assessment, 2021',
		inputPx: 64,
		features(layers, pictures) {
			const first = { outputs: STEM_CHANNELS, kernel: 3, padding: 1 };
			let newer = layers.normalisedConvolution(pictures, ['stem.0', 'stem.1'], first);
			let older = newer;
			for (const [i, channels] of CELL_CHANNELS.entries()) {
				const key = `cells.${i}`;
				// From the second cell on, the older map is twice as large as the newer.
				const reduce = i === 0 ? rectifiedConvolution : factorizedReduce;
				const x = reduce(layers, older, `${key}.preprocess0`, channels);
				const y = rectifiedConvolution(layers, newer, `${key}.preprocess1`, channels);
				[older, newer] = [newer, cell(layers, x, y, key)];
			}
			return layers.asMap(largest(layers.tape, newer, [2, 3]));
		},
		classifier: (layers, map, outputs) => layers.linear(layers.flatten(map), 'classifier', outputs),
	};
}

/** The largest of each 3x3 window, every second place. */
function halved(layers: Layers, x: Value): Value {
	return layers.maxPool(x, 3, 2, { padding: 1 });
}

/** Rectified, 1x1, normalised. */
function rectifiedConvolution(layers: Layers, x: Value, key: string, outputs: number): Value {
	return layers.normalisedConvolution(layers.relu(x), [`${key}.op.1`, `${key}.op.2`], { outputs });
}

/** Half of the size: one 1x1 convolution looks at every second place, another at the places between. */
function factorizedReduce(layers: Layers, x: Value, key: string, outputs: number): Value {
	const [, , height, width] = x.shape as [number, number, number, number];
	if (height % 2 !== 0 || width % 2 !== 0) {
		throw new RangeError(
			`A DARTS cell cannot halve a map of ${width} x ${height}: give pictures with sides in steps of 8.`,
		);
	}
	const { tape } = layers;
	const positive = layers.relu(x);
	const between = slice(tape, slice(tape, positive, 2, 1, height), 3, 1, width);
	const half = { outputs: outputs / 2, stride: 2, bias: false };
	const even = layers.convolution(positive, `${key}.conv_1`, half);
	const odd = layers.convolution(between, `${key}.conv_2`, half);
	return layers.batchNorm(layers.concatenate([even, odd]), `${key}.bn`);
}

/** Twice: rectified, a window a channel, 1x1, normalised. */
function separable(layers: Layers, x: Value, key: string, kernel: number, firstStride: number): Value {
	const channels = x.shape[1]!;
	const once = (from: Value, index: number, stride: number): Value => {
		const window = { outputs: channels, kernel, stride, padding: (kernel - 1) / 2, groups: channels, bias: false };
		const seen = layers.convolution(layers.relu(from), `${key}.op.${index}`, window);
		const keys = [`${key}.op.${index + 1}`, `${key}.op.${index + 2}`] as const;
		return layers.normalisedConvolution(seen, keys, { outputs: channels });
	};
	return once(once(x, 1, firstStride), 5, 1);
}
