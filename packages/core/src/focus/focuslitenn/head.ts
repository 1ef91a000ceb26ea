/**
 * From features to a score: dense layers, then the calibration.
 * @module
 */
import type { Calibration, DenseLayer, FocusLiteNNDefinition } from './definition.ts';
import { poolFeatures } from './pooling.ts';

/** The calibrated score of a window from its merged statistics; NaN when the window is empty. */
export function scoreOfStatistics(definition: FocusLiteNNDefinition, statistics: Float64Array): number {
	return scoreOfFeatures(definition, poolFeatures(definition.pooling, statistics, definition.kernels));
}

/** The calibrated score of a window from its features. */
export function scoreOfFeatures(definition: FocusLiteNNDefinition, features: Float64Array): number {
	const raw = rawScore(definition.head, features);
	return definition.calibration === undefined ? raw : calibrate(definition.calibration, raw);
}

/** The head alone: dense layers with ReLU between them; the first feature when there are none. */
export function rawScore(head: readonly DenseLayer[], features: Float64Array): number {
	let values = features;
	head.forEach((layer, index) => {
		if (index > 0) values = values.map((value) => Math.max(value, 0));
		values = applyDense(layer, values);
	});
	return values[0]!;
}

function applyDense({ inputs, outputs, weight, bias }: DenseLayer, values: Float64Array): Float64Array {
	const result = new Float64Array(outputs);
	for (let o = 0; o < outputs; o++) {
		let sum = bias[o]!;
		for (let i = 0; i < inputs; i++) sum += weight[o * inputs + i]! * values[i]!;
		result[o] = sum;
	}
	return result;
}

/** Piecewise linear through the calibration's points, flat beyond its ends; NaN stays NaN. */
export function calibrate({ raw, value }: Calibration, score: number): number {
	const last = raw.length - 1;
	if (score <= raw[0]!) return value[0]!;
	if (score >= raw[last]!) return value[last]!;
	if (Number.isNaN(score)) return score;
	let low = 0;
	let high = last;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (raw[middle]! <= score) low = middle;
		else high = middle;
	}
	const share = (score - raw[low]!) / (raw[high]! - raw[low]!);
	return value[low]! + share * (value[high]! - value[low]!);
}
