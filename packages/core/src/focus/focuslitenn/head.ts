/**
 * From features to a score: dense layers, then the calibration.
 * @module
 */
import { calibrate } from '../../calibration/curve.ts';
import type { DenseLayer, FocusLiteNNDefinition } from './definition.ts';
import { featureCount, poolFeatures } from './pooling.ts';

/** Scores windows of one model. Its buffers are made once: a map has a window every 64 px. */
export interface WindowHead {
	/** The calibrated score of a window from its merged statistics; NaN when the window is empty. */
	ofStatistics(statistics: Float64Array): number;
	/** The calibrated score of a window from its features. */
	ofFeatures(features: Float64Array): number;
}

/** The head of a model: features, dense layers, calibration. */
export function createWindowHead({ pooling, kernels, head, calibration }: WindowHeadDefinition): WindowHead {
	const pooled = new Float64Array(featureCount(pooling, kernels));
	const activations = activationsOf(head);
	const ofFeatures = (features: Float64Array): number => {
		const raw = rawScore(head, features, activations);
		return calibration === undefined ? raw : calibrate(calibration, raw);
	};
	return { ofFeatures, ofStatistics: (statistics) => ofFeatures(poolFeatures(pooling, statistics, kernels, pooled)) };
}

type WindowHeadDefinition = Pick<FocusLiteNNDefinition, 'pooling' | 'kernels' | 'head' | 'calibration'>;

const activationsOf = (head: readonly DenseLayer[]): Float64Array[] =>
	head.map(({ outputs }) => new Float64Array(outputs));

/** The head alone: dense layers with ReLU between them; the first feature when there are none. */
export function rawScore(
	head: readonly DenseLayer[],
	features: Float64Array,
	activations: readonly Float64Array[] = activationsOf(head),
): number {
	let values = features;
	// Plain loops: this runs for every place of a map.
	for (let index = 0; index < head.length; index++) {
		const result = activations[index]!;
		applyDense(head[index]!, values, result, index < head.length - 1);
		values = result;
	}
	return values[0]!;
}

function applyDense(layer: DenseLayer, values: Float64Array, result: Float64Array, rectify: boolean): void {
	const { inputs, outputs, weight, bias } = layer;
	for (let o = 0, w = 0; o < outputs; o++) {
		let sum = bias[o]!;
		for (let i = 0; i < inputs; i++, w++) sum += weight[w]! * values[i]!;
		result[o] = rectify && sum < 0 ? 0 : sum;
	}
}
