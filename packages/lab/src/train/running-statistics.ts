/**
 * Running averages of what batch normalisations saw, for when a network is used.
 * Source: PyTorch's `BatchNorm2d`: momentum .1, and a variance that divides by the count less one.
 * @module
 */
import type { Tensors } from '@parfocal/core';

/** PyTorch's default weight of the newest batch. */
const MOMENTUM = 0.1;

/** Averages that batches are added to. */
export interface RunningStatistics {
	/** Adds a batch: means and variances of all layers in their order; variances divide by the count. */
	add(means: Float32Array, variances: Float32Array): void;
	/** `running_mean` and `running_var` of every layer: copies. */
	tensors(): Tensors;
}

/** Averages of `layers` that go on from what `start` has for them. */
export function runningStatistics(
	layers: readonly { readonly key: string; readonly channels: number; readonly count: number }[],
	start: Tensors,
): RunningStatistics {
	const own = layers.map((layer) => ({
		...layer,
		mean: start.get(`${layer.key}.running_mean`)!.data.slice(),
		variance: start.get(`${layer.key}.running_var`)!.data.slice(),
	}));
	return {
		add(means, variances) {
			let at = 0;
			for (const { channels, count, mean, variance } of own) {
				// One number has no variance: PyTorch would refuse the batch.
				const unbiased = count / Math.max(1, count - 1);
				for (let i = 0; i < channels; i++, at++) {
					mean[i] = mean[i]! + MOMENTUM * (means[at]! - mean[i]!);
					variance[i] = variance[i]! + MOMENTUM * (unbiased * variances[at]! - variance[i]!);
				}
			}
		},
		tensors: () =>
			new Map(
				own.flatMap(({ key, channels, mean, variance }) => [
					[`${key}.running_mean`, { shape: [channels], data: mean.slice() }],
					[`${key}.running_var`, { shape: [channels], data: variance.slice() }],
				]),
			),
	};
}
