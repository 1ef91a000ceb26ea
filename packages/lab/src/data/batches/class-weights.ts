/**
 * Weights that make up for classes of different size.
 * @module
 */
import { ArgumentError } from '@parfocal/core';

/**
 * - `none`: every class weighs 1.
 * - `inverse-frequency`: all patches over (classes x patches of the class), as scikit-learn's `balanced`.
 * - `effective-number`: `(1 - beta) / (1 - beta^n)` (Cui et al., "Class-Balanced Loss Based on Effective Number of Samples",
 *   CVPR 2019, eq. 2).
 */
export type ClassWeighting = 'none' | 'inverse-frequency' | 'effective-number';

/** The usual beta of the effective number. */
export const EFFECTIVE_NUMBER_BETA = 0.999;

/** How many of `labels` (classes 0 … `classes - 1`) belong to each class. */
export function classCounts(labels: ArrayLike<number>, classes: number): number[] {
	const counts = new Array<number>(classes).fill(0);
	for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++;
	return counts;
}

/**
 * The weight of each class, given how many patches it has. Weights of classes that occur average 1 over them
 * (`effective-number`) or over all patches (`inverse-frequency`); a class without patches weighs 0.
 * @throws {ArgumentError} when no class has a patch, or beta is not in [0, 1)
 */
export function classWeights(
	counts: readonly number[],
	weighting: ClassWeighting,
	beta: number = EFFECTIVE_NUMBER_BETA,
): Float32Array {
	const present = counts.filter((count) => count > 0).length;
	if (present === 0) throw new ArgumentError('counts', 'Class weights need at least one patch.');
	if (!(beta >= 0 && beta < 1)) throw new ArgumentError('beta', `Beta must be at least 0 and below 1, not ${beta}.`);
	const total = counts.reduce((sum, count) => sum + count, 0);
	const raw = counts.map((count) => {
		if (count === 0) return 0;
		if (weighting === 'none') return 1;
		return weighting === 'inverse-frequency' ? total / (present * count) : (1 - beta) / (1 - beta ** count);
	});
	if (weighting !== 'effective-number') return Float32Array.from(raw);
	const mean = raw.reduce((sum, weight) => sum + weight, 0) / present;
	return Float32Array.from(raw, (weight) => weight / mean);
}
