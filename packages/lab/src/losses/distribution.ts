/**
 * Reading a distribution over ordered classes.
 * @module
 */

/** Softmax of logits, shifted by the largest so that none overflows. */
export function softmax(logits: ArrayLike<number>): Float64Array {
	let top = Number.NEGATIVE_INFINITY;
	for (let k = 0; k < logits.length; k++) top = Math.max(top, logits[k]!);
	const powers = Float64Array.from(logits, (logit) => Math.exp(logit - top));
	const total = powers.reduce((sum, power) => sum + power, 0);
	return powers.map((power) => power / total);
}

/** The most probable class; the first of equals. */
export function modeClass(probabilities: ArrayLike<number>): number {
	let best = 0;
	for (let k = 1; k < probabilities.length; k++) if (probabilities[k]! > probabilities[best]!) best = k;
	return best;
}

/** The mean class, usually between two: `Σ k·p_k`. */
export function expectedClass(probabilities: ArrayLike<number>): number {
	let sum = 0;
	for (let k = 0; k < probabilities.length; k++) sum += k * probabilities[k]!;
	return sum;
}

/** The class nearest the mean class; halves go to the even one. */
export function meanClass(probabilities: ArrayLike<number>): number {
	return roundHalfToEven(expectedClass(probabilities));
}

/** The first class at which half of the probability is reached. */
export function medianClass(probabilities: ArrayLike<number>): number {
	let sum = 0;
	for (let k = 0; k < probabilities.length; k++) {
		sum += probabilities[k]!;
		if (sum >= 0.5) return k;
	}
	return probabilities.length - 1;
}

/** The nearest whole number; halves go to the even one, as in NumPy and PyTorch (`Math.round` takes the larger). */
export function roundHalfToEven(x: number): number {
	const floor = Math.floor(x);
	const over = x - floor;
	if (over !== 0.5) return over < 0.5 ? floor : floor + 1;
	return floor % 2 === 0 ? floor : floor + 1;
}
