/**
 * How unlikely a value is under a normal distribution, as a logarithm that does not underflow.
 * @module
 */

/** `-log10 P(N(0, 1) > t)`, to about 1e-14 relative (absolute near 0). */
export function negativeLogTail(t: number): number {
	return (Math.LN2 - logErfc(t / Math.SQRT2)) / Math.LN10;
}

/** Natural logarithm of the complementary error function. */
export function logErfc(z: number): number {
	if (z > 20) return -z * z - 0.5 * Math.log(Math.PI) - Math.log(z) + Math.log(asymptoticSeries(z));
	if (z > 1) return -z * z - Math.log(erfcDenominator(z));
	return Math.log1p(-erf(z));
}

/** Horner form of the asymptotic series of erfc (Abramowitz & Stegun 7.1.23), as far as it converges for z > 20. */
function asymptoticSeries(z: number): number {
	let sum = 1;
	for (let k = 8; k >= 1; k--) sum = 1 - ((k - 0.5) / (z * z)) * sum;
	return sum;
}

/** `exp(-z²) / erfc(z)` by the continued fraction (Abramowitz & Stegun 7.1.14), for z > 1. */
function erfcDenominator(z: number): number {
	let fraction = z;
	for (let k = 500; k >= 1; k--) fraction = z + k / 2 / fraction;
	return fraction * Math.sqrt(Math.PI);
}

/** Error function by the series without cancellation (Abramowitz & Stegun 7.1.6); -erf for negative arguments. */
function erf(z: number): number {
	if (z < 0) return -erf(-z);
	if (z > 6) return 1;
	let term = z;
	let sum = z;
	for (let n = 1; term > sum * 1e-18 && n < 200; n++) {
		term *= (2 * z * z) / (2 * n + 1);
		sum += term;
	}
	return (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum;
}
