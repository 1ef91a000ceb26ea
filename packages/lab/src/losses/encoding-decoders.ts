/**
 * From the K-1 logits of ordinal encoding to a class: three ways that can disagree, since nothing keeps the answers from
 * contradicting each other.
 * @module
 */
import { modeClass, roundHalfToEven } from './distribution.ts';

/**
 * - `count`: how many logits are at least zero (Cheng et al., 2008; the authors' code of 2025).
 * - `argmax`: the largest difference of neighbouring sigmoids, clamped (the authors' code of 2021).
 * - `rounded`: the sum of sigmoids, rounded half to even.
 */
export type EncodingDecoder = 'count' | 'argmax' | 'rounded';

/** The decoders by name. */
export const ENCODING_DECODERS: Readonly<Record<EncodingDecoder, (logits: ArrayLike<number>) => number>> = {
	count(logits) {
		let passed = 0;
		for (let j = 0; j < logits.length; j++) if (logits[j]! >= 0) passed++;
		return passed;
	},
	argmax: (logits) => modeClass(clampedDifferences(logits)),
	rounded: (logits) => roundHalfToEven(sumOfSigmoids(logits)),
};

/** The mean class: how many classes are passed, in expectation. */
export function sumOfSigmoids(logits: ArrayLike<number>): number {
	return sigmoids(logits).reduce((sum, s) => sum + s, 0);
}

/**
 * What the sigmoids say of each class: their differences, clamped to 0 … 1. Where the answers contradict each other these do
 * not add up to one.
 */
export function clampedDifferences(logits: ArrayLike<number>): Float64Array {
	const passed = sigmoids(logits);
	return Float64Array.from({ length: passed.length + 1 }, (_, k) => {
		const difference = (k === 0 ? 1 : passed[k - 1]!) - (passed[k] ?? 0);
		return Math.min(1, Math.max(0, difference));
	});
}

/** The clamped differences, made to add up to one. */
export function encodingProbabilities(logits: ArrayLike<number>): Float64Array {
	const clamped = clampedDifferences(logits);
	// The first difference and those that follow add up to one before clamping, so this is at least one.
	const total = clamped.reduce((sum, q) => sum + q, 0);
	return clamped.map((q) => q / total);
}

function sigmoids(logits: ArrayLike<number>): Float64Array {
	return Float64Array.from(logits, (logit) => {
		const small = Math.exp(-Math.abs(logit));
		return logit >= 0 ? 1 / (1 + small) : small / (1 + small);
	});
}
