/**
 * Features brought to a common scale, and the same folded into the first layer that reads them.
 * @module
 */
import type { Tensor } from '@parfocal/core';

/** Mean and deviation of each feature. */
export interface FeatureScale {
	readonly mean: Float64Array;
	readonly deviation: Float64Array;
}

/** Keeps a feature that never changes from being divided by nothing. */
const SMALLEST_DEVIATION = 1e-3;

/** The scale of `rows`, all of one length. */
export function scaleOf(rows: readonly Float32Array[]): FeatureScale {
	const count = rows[0]?.length ?? 0;
	const mean = new Float64Array(count);
	const deviation = new Float64Array(count);
	for (const row of rows) for (let i = 0; i < count; i++) mean[i] = mean[i]! + row[i]! / rows.length;
	for (const row of rows) {
		for (let i = 0; i < count; i++) deviation[i] = deviation[i]! + (row[i]! - mean[i]!) ** 2 / rows.length;
	}
	return { mean, deviation: deviation.map((variance) => Math.sqrt(variance) + SMALLEST_DEVIATION) };
}

/** A row on that scale: mean 0, deviation 1. */
export function scaledRow(row: Float32Array, { mean, deviation }: FeatureScale): Float32Array {
	return row.map((value, i) => (value - mean[i]!) / deviation[i]!);
}

/** A dense layer for scaled features as one for features as they are. */
export function unscaledLayer(
	weight: Tensor,
	bias: Tensor,
	{ mean, deviation }: FeatureScale,
): { weight: Tensor; bias: Tensor } {
	const [outputs, inputs] = weight.shape as [number, number];
	const folded = weight.data.map((value, i) => value / deviation[i % inputs]!);
	const shifted = Float32Array.from({ length: outputs }, (_, o) => {
		let sum = bias.data[o]!;
		for (let i = 0; i < inputs; i++) sum -= folded[o * inputs + i]! * mean[i]!;
		return sum;
	});
	return { weight: { shape: weight.shape, data: folded }, bias: { shape: bias.shape, data: shifted } };
}
