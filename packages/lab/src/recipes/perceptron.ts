/**
 * A small head on features: normalise, one hidden layer with ReLU, one output.
 *
 * Multiplying an image's contrast adds the same amount to every logarithm of an amplitude and twice that to every
 * logarithm of a square. Rows of the first layer are kept orthogonal to that direction, so the score does not change
 * with contrast (stain strength, exposure), whatever is learned.
 * @module
 */
import type { DenseLayer } from '@parfocal/core';
import type { Random } from '../simulate/random.ts';

/** A head being trained. */
export interface Perceptron {
	readonly parameters: readonly Float64Array[];
	/** One output a row of `features` (`count` rows). */
	forward(features: Float64Array, count: number): Float64Array;
	/** Gradients of the parameters and of the features, given that of the last outputs. */
	backward(gradient: Float64Array): { parameters: Float64Array[]; features: Float64Array };
	/** The same function as two plain layers. */
	toLayers(): DenseLayer[];
}

/** Mean and deviation of each feature over a sample, by which features are normalised. */
export interface FeatureScale {
	readonly mean: Float64Array;
	readonly deviation: Float64Array;
}

/** @param blindTo a direction in feature space along which the output must not change; undefined for none. */
export function createPerceptron(
	inputs: number,
	hidden: number,
	scale: FeatureScale,
	blindTo: ArrayLike<number> | undefined,
	random: Random,
): Perceptron {
	const spread = Math.sqrt(2 / inputs);
	const w1 = Float64Array.from({ length: hidden * inputs }, () => spread * random.normal());
	const b1 = new Float64Array(hidden);
	const w2 = Float64Array.from({ length: hidden }, () => Math.sqrt(1 / hidden) * random.normal());
	const b2 = new Float64Array(1);
	let last: { features: Float64Array; count: number; rows: Float64Array; activations: Float64Array } | undefined;

	/** First layer on raw features about their mean: divided by the deviation, made blind. */
	function firstLayer(): Float64Array {
		const rows = w1.map((value, i) => value / scale.deviation[i % inputs]!);
		if (blindTo) removeDirection(rows, inputs, blindTo);
		return rows;
	}

	return {
		parameters: [w1, b1, w2, b2],
		forward(features, count) {
			const rows = firstLayer();
			const activations = new Float64Array(count * hidden);
			const outputs = new Float64Array(count).fill(b2[0]!);
			for (let n = 0; n < count; n++) {
				for (let h = 0; h < hidden; h++) {
					let sum = b1[h]!;
					for (let i = 0; i < inputs; i++) sum += rows[h * inputs + i]! * (features[n * inputs + i]! - scale.mean[i]!);
					activations[n * hidden + h] = Math.max(0, sum);
					outputs[n] = outputs[n]! + w2[h]! * Math.max(0, sum);
				}
			}
			last = { features, count, rows, activations };
			return outputs;
		},
		backward(gradient) {
			if (!last) throw new Error('Nothing was predicted yet.');
			const { features, count, rows, activations } = last;
			const dRows = new Float64Array(rows.length);
			const [d1, d2, dOut] = [new Float64Array(hidden), new Float64Array(hidden), new Float64Array(1)];
			const dFeatures = new Float64Array(count * inputs);
			for (let n = 0; n < count; n++) {
				dOut[0] = dOut[0]! + gradient[n]!;
				for (let h = 0; h < hidden; h++) {
					const active = activations[n * hidden + h]!;
					d2[h] = d2[h]! + gradient[n]! * active;
					if (active === 0) continue;
					const g = gradient[n]! * w2[h]!;
					d1[h] = d1[h]! + g;
					for (let i = 0; i < inputs; i++) {
						const at = h * inputs + i;
						dRows[at] = dRows[at]! + g * (features[n * inputs + i]! - scale.mean[i]!);
						dFeatures[n * inputs + i] = dFeatures[n * inputs + i]! + g * rows[at]!;
					}
				}
			}
			if (blindTo) removeDirection(dRows, inputs, blindTo);
			const dW1 = dRows.map((value, i) => value / scale.deviation[i % inputs]!);
			return { parameters: [dW1, d1, d2, dOut], features: dFeatures };
		},
		toLayers() {
			const rows = firstLayer();
			const bias = b1.map((value, h) => {
				let sum = value;
				for (let i = 0; i < inputs; i++) sum -= rows[h * inputs + i]! * scale.mean[i]!;
				return sum;
			});
			return [
				{ inputs, outputs: hidden, weight: Float32Array.from(rows), bias: Float32Array.from(bias) },
				{ inputs: hidden, outputs: 1, weight: Float32Array.from(w2), bias: Float32Array.from(b2) },
			];
		},
	};
}

/** Makes each row orthogonal to `direction`; its own transpose, so gradients take the same way back. */
function removeDirection(rows: Float64Array, inputs: number, direction: ArrayLike<number>): void {
	let square = 0;
	for (let i = 0; i < inputs; i++) square += direction[i]! ** 2;
	for (let start = 0; start < rows.length; start += inputs) {
		let along = 0;
		for (let i = 0; i < inputs; i++) along += rows[start + i]! * direction[i]!;
		for (let i = 0; i < inputs; i++) rows[start + i] = rows[start + i]! - (along / square) * direction[i]!;
	}
}
