/**
 * MaxPol: maximally flat derivative filters in closed form.
 *
 * Source: Hosseini, Plataniotis, "Derivative Kernels: Numerics and Applications", IEEE TIP 26(10), 2017, and "Finite
 * Differences in Forward and Inverse Imaging Problems: MaxPol Design", SIAM J. Imaging Sci. 10(4), 2017.
 * The linear systems there cannot be solved in floating point for long filters; these are equivalent closed forms.
 * @module
 */

/**
 * Taps `c[-l..l]` of the derivative of even `order`, `2 * halfLength + 1` of them, symmetric.
 * Exact on polynomials up to degree `cutoff`, zeros at the Nyquist frequency for the rest: a larger `cutoff` passes more.
 *
 * With `y = sin²(w/2)` the response is `(1-y)^M T(y)`, `M = halfLength - floor(cutoff/2)`, where `T` is the power series of
 * `(-w²)^(order/2) (1-y)^-M` up to `y^floor(cutoff/2)`; the taps follow by an inverse Fourier transform, exactly.
 * @param order - Even, from 2.
 * @param cutoff - From `order` to `2 * halfLength`; `2 * halfLength` is the full band.
 */
export function evenDerivative(order: number, halfLength: number, cutoff: number): Float64Array {
	const degree = cutoff >> 1;
	const zeros = halfLength - degree;
	let series = binomialSeries(zeros, degree);
	for (let i = 0; i < order / 2; i++) series = multiplySeries(series, squaredFrequencySeries(degree), degree);
	const sign = order % 4 === 0 ? 1 : -1;
	const length = 2 * halfLength + 1;
	const response = Float64Array.from({ length: halfLength + 1 }, (_, j) => {
		const y = Math.sin((Math.PI * j) / length) ** 2;
		return sign * Math.cos((Math.PI * j) / length) ** (2 * zeros) * series.reduceRight((sum, a) => sum * y + a, 0);
	});
	const taps = new Float64Array(length);
	for (let k = 0; k <= halfLength; k++) {
		let sum = response[0]!;
		for (let j = 1; j <= halfLength; j++)
			sum += 2 * response[j]! * Math.cos((2 * Math.PI * ((j * k) % length)) / length);
		taps[halfLength + k] = sum / length;
		taps[halfLength - k] = sum / length;
	}
	return taps;
}

/** `w²` as a power series in `y = sin²(w/2)`: twice the sum over `j >= 1` of `(4y)^j / (j² C(2j, j))`. */
function squaredFrequencySeries(degree: number): Float64Array {
	const series = new Float64Array(degree + 1);
	// (4^j / C(2j, j)) grows from term to term by 4 (j+1)² / ((2j+1)(2j+2)).
	let ratio = 2;
	for (let j = 1; j <= degree; j++) {
		series[j] = (2 * ratio) / j ** 2;
		ratio *= (4 * (j + 1) ** 2) / ((2 * j + 1) * (2 * j + 2));
	}
	return series;
}

/** `(1 - y)^-zeros` as a power series. */
function binomialSeries(zeros: number, degree: number): Float64Array {
	const series = new Float64Array(degree + 1);
	series[0] = 1;
	for (let j = 1; j <= degree; j++) series[j] = (series[j - 1]! * (zeros + j - 1)) / j;
	return series;
}

function multiplySeries(a: Float64Array, b: Float64Array, degree: number): Float64Array {
	const product = new Float64Array(degree + 1);
	for (let i = 0; i <= degree; i++) for (let j = 0; i + j <= degree; j++) product[i + j]! += a[i]! * b[j]!;
	return product;
}

/**
 * Taps of the full-band derivative of odd `order` at the middle between samples: `2 * halfLength` of them, antisymmetric.
 * Tap `j` is `order!` times the coefficient of `x^order` in the Lagrange polynomial of the node `j - halfLength + 1/2`.
 * The nodes are doubled to whole numbers and the polynomials expanded in integers, so that nothing is lost to rounding.
 */
export function staggeredDerivative(order: number, halfLength: number): Float64Array {
	const nodes = Array.from({ length: 2 * halfLength }, (_, j) => BigInt(2 * (j - halfLength) + 1));
	// With t = 2x the coefficient of x^order is 2^order times that of t^order.
	const scale = nodes.slice(0, order).reduce((product, _, i) => product * 2n * BigInt(i + 1), 1n);
	return Float64Array.from(nodes, (node, j) => {
		const others = nodes.filter((_, i) => i !== j);
		const numerator = scale * (polynomialFromRoots(others)[order] ?? 0n);
		return quotient(
			numerator,
			others.reduce((product, other) => product * (node - other), 1n),
		);
	});
}

function polynomialFromRoots(roots: readonly bigint[]): bigint[] {
	let polynomial = [1n];
	for (const root of roots) {
		const next = [0n, ...polynomial];
		for (const [i, a] of polynomial.entries()) next[i] = next[i]! - root * a;
		polynomial = next;
	}
	return polynomial;
}

/** `a / b` rounded to a double, however large both are. */
function quotient(a: bigint, b: bigint): number {
	const scaled = (a << 80n) / b;
	return Number(scaled) / 2 ** 80;
}
