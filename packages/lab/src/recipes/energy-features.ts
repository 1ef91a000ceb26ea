/**
 * The energies of one kernel's responses over a crop, and the way back to each response. The same numbers as core's
 * `energyFeatures` makes of merged statistics; here from the responses themselves, because the gradient needs them.
 * @module
 */
import { ENERGY_EPSILON } from '@parfocal/core';

/** What the way back needs to remember of the way there. */
export interface Energies {
	/** Logarithms of mean square about the mean, mean magnitude, maximum and minimum about the mean. */
	readonly features: readonly [number, number, number, number];
	readonly mean: number;
	readonly meanSquare: number;
	readonly magnitude: number;
	readonly maximumAt: number;
	readonly minimumAt: number;
}

/** Energies of all of `responses`. */
export function energiesOf(responses: Float32Array): Energies {
	const n = responses.length;
	let sum = 0;
	let magnitudes = 0;
	let squares = 0;
	let maximumAt = 0;
	let minimumAt = 0;
	for (let i = 0; i < n; i++) {
		const r = responses[i]!;
		sum += r;
		magnitudes += Math.abs(r);
		squares += r * r;
		if (r > responses[maximumAt]!) maximumAt = i;
		if (r < responses[minimumAt]!) minimumAt = i;
	}
	const mean = sum / n;
	const meanSquare = Math.max(0, squares / n - mean * mean);
	const magnitude = magnitudes / n;
	const features = [
		Math.log(meanSquare + ENERGY_EPSILON ** 2),
		Math.log(magnitude + ENERGY_EPSILON),
		Math.log(responses[maximumAt]! - mean + ENERGY_EPSILON),
		Math.log(mean - responses[minimumAt]! + ENERGY_EPSILON),
	] as const;
	return { features, mean, meanSquare, magnitude, maximumAt, minimumAt };
}

/** Writes the gradient of each response, given those of the four features. */
export function responseGradients(
	responses: Float32Array,
	{ mean, meanSquare, magnitude, maximumAt, minimumAt }: Energies,
	gradient: ArrayLike<number>,
	result: Float32Array,
): void {
	const n = responses.length;
	const square = (2 * gradient[0]!) / (n * (meanSquare + ENERGY_EPSILON ** 2));
	const absolute = gradient[1]! / (n * (magnitude + ENERGY_EPSILON));
	const above = gradient[2]! / (responses[maximumAt]! - mean + ENERGY_EPSILON);
	const below = gradient[3]! / (mean - responses[minimumAt]! + ENERGY_EPSILON);
	// The mean is part of both distances from it.
	const everywhere = (below - above) / n;
	for (let i = 0; i < n; i++) {
		const r = responses[i]!;
		result[i] = square * (r - mean) + absolute * Math.sign(r) + everywhere;
	}
	result[maximumAt] = result[maximumAt]! + above;
	result[minimumAt] = result[minimumAt]! - below;
}
