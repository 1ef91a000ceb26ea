/**
 * From the statistics of a window's responses to features.
 * @module
 */
import { STATISTICS_PER_KERNEL } from '../cells.ts';
import type { Pooling } from './definition.ts';

/** Features an `energy` model makes of each kernel. */
export const ENERGY_FEATURES_PER_KERNEL = 4;

/**
 * Added to magnitudes before their logarithm, in units of response (pixels 0..1): a response far below what one grey
 * level makes counts as none. Mean squares get its square.
 */
export const ENERGY_EPSILON = 1e-4;

/** How many features `pooling` makes of `kernels` kernels. */
export function featureCount(pooling: Pooling, kernels: number): number {
	return kernels * { min: 1, minMax: 2, energy: ENERGY_FEATURES_PER_KERNEL }[pooling];
}

/**
 * Features of a window from its merged statistics (`STATISTICS` numbers a kernel). All NaN for an empty window.
 * The order is that of `Pooling`'s description. They are put into `features` and answered.
 */
export function poolFeatures(
	pooling: Pooling,
	statistics: Float64Array,
	kernels: number,
	features: Float64Array = new Float64Array(featureCount(pooling, kernels)),
): Float64Array {
	if (pooling === 'energy') return energyFeatures(statistics, kernels, features);
	let at = 0;
	for (let k = 0; k < kernels; k++) {
		const from = k * STATISTICS_PER_KERNEL;
		const empty = statistics[from] === 0;
		features[at++] = empty ? Number.NaN : statistics[from + 1]!;
		if (pooling === 'minMax') features[at++] = empty ? Number.NaN : statistics[from + 2]!;
	}
	return features;
}

/**
 * For each kernel, in this order: `log(meanSquareAboutMean + e^2)`, `log(meanMagnitude + e)`, `log(maximum - mean + e)`,
 * `log(mean - minimum + e)`, with `e` = `ENERGY_EPSILON`. The magnitude is about zero, the others about the mean.
 */
export function energyFeatures(
	statistics: Float64Array,
	kernels: number,
	features: Float64Array = new Float64Array(kernels * ENERGY_FEATURES_PER_KERNEL),
): Float64Array {
	for (let k = 0; k < kernels; k++) {
		const from = k * STATISTICS_PER_KERNEL;
		const count = statistics[from]!;
		const mean = statistics[from + 3]! / count;
		// Sums are kept in float32: rounding may leave a flat window a hair below zero, or its mean outside its range.
		const meanSquare = Math.max(0, statistics[from + 5]! / count - mean * mean);
		const above = Math.max(0, statistics[from + 2]! - mean);
		const below = Math.max(0, mean - statistics[from + 1]!);
		const to = k * ENERGY_FEATURES_PER_KERNEL;
		features[to] = Math.log(meanSquare + ENERGY_EPSILON * ENERGY_EPSILON);
		features[to + 1] = Math.log(statistics[from + 4]! / count + ENERGY_EPSILON);
		features[to + 2] = count === 0 ? Number.NaN : Math.log(above + ENERGY_EPSILON);
		features[to + 3] = count === 0 ? Number.NaN : Math.log(below + ENERGY_EPSILON);
	}
	return features;
}
