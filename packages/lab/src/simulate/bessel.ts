/**
 * The Bessel function of the first kind and order zero, by the polynomial fits of Abramowitz and Stegun, Handbook of
 * Mathematical Functions, 9.4.1 (|x| <= 3, error below 5e-8) and 9.4.3 (beyond, below 2e-8 before the division).
 * @module
 */

/** J0(x), absolute error below 1e-7. */
export function besselJ0(x: number): number {
	const a = Math.abs(x);
	if (a <= 3) {
		const y = (a / 3) ** 2;
		return 1 + y * (-2.2499997 + y * (1.2656208 + y * (-0.3163866 + y * (0.0444479 + y * (-0.0039444 + y * 0.00021)))));
	}
	const t = 3 / a;
	const amplitude =
		0.79788456 +
		t * (-0.00000077 + t * (-0.0055274 + t * (-0.00009512 + t * (0.00137237 + t * (-0.00072805 + t * 0.00014476)))));
	const phase =
		a -
		0.78539816 +
		t * (-0.04166397 + t * (-0.00003954 + t * (0.00262573 + t * (-0.00054125 + t * (-0.00029333 + t * 0.00013558)))));
	return (amplitude * Math.cos(phase)) / Math.sqrt(a);
}
