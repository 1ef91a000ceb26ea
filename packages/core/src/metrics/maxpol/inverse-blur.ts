/**
 * Inverse-blur filters: sums of MaxPol derivatives that undo a generalised Gaussian up to half the Nyquist frequency.
 *
 * Source: Hosseini, Zhang, Plataniotis, "Encoding Visual Sensitivity by MaxPol Convolution Filters for Image Sharpness
 * Assessment", IEEE TIP 28(9), 2019.
 * @module
 */
import { evenDerivative } from './maxpol.ts';

/** Half length of every inverse-blur filter: 65 taps. */
const HALF_LENGTH = 32;

/**
 * Sum over `n = 1..` of `coefficients[n - 1]` times the `2n`-th derivative filter with the given cut-off: symmetric, 65 taps,
 * no response to a constant.
 */
export function derivativeSum(coefficients: readonly number[], cutoff: number): Float64Array {
	const taps = new Float64Array(2 * HALF_LENGTH + 1);
	for (const [i, a] of coefficients.entries()) {
		const derivative = evenDerivative(2 * (i + 1), HALF_LENGTH, cutoff);
		for (let k = 0; k < taps.length; k++) taps[k]! += a * derivative[k]!;
	}
	return taps;
}

/**
 * Coefficients of the derivatives of orders 2, 4, …, 14 whose sum inverts a generalised Gaussian of scale `sigma` and
 * shape `shape`: the least-squares fit of an even polynomial of degree 14 to the inverse spectrum, constant term left out.
 */
export function inverseBlurCoefficients(sigma: number, shape: number): number[] {
	const gaussian = generalisedGaussian(sigma, shape, HALF_LENGTH);
	const rows: number[][] = [];
	const values: number[] = [];
	for (let j = -256; j <= 256; j++) {
		const w = (2 * Math.PI * j) / 1024;
		const spectrum = gaussian.reduce((sum, tap, k) => sum + tap * Math.cos(w * (k - HALF_LENGTH)), 0);
		// In t = w / (pi/2) the powers stay within 1, which keeps the fit well conditioned.
		const t = j / 256;
		rows.push(Array.from({ length: 8 }, (_, n) => t ** (2 * n)));
		values.push(1 / spectrum);
	}
	return leastSquares(rows, values)
		.map((b, n) => ((-1) ** n * b) / (Math.PI / 2) ** (2 * n))
		.slice(1);
}

/** Samples of `exp(-|x / A|^shape)` at -radius..radius with standard deviation `sigma`, normalised to sum 1. */
export function generalisedGaussian(sigma: number, shape: number, radius: number): Float64Array {
	const scale = sigma * Math.sqrt(gamma(1 / shape) / gamma(3 / shape));
	const samples = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
		Math.exp(-(Math.abs((i - radius) / scale) ** shape)),
	);
	const sum = samples.reduce((total, value) => total + value, 0);
	return samples.map((value) => value / sum);
}

/** Gamma function for positive arguments (Lanczos, g = 7, 9 terms; relative error below 1e-14). */
export function gamma(x: number): number {
	if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
	const lanczos = [
		0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
		12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
	];
	const t = x + 6.5;
	const sum = lanczos.reduce((total, c, i) => (i === 0 ? c : total + c / (x - 1 + i)), 0);
	return Math.sqrt(2 * Math.PI) * t ** (x - 0.5) * Math.exp(-t) * sum;
}

/** Least squares by Householder reflections; `rows` has full column rank. */
function leastSquares(rows: readonly (readonly number[])[], values: readonly number[]): number[] {
	const columns = rows[0]!.length;
	const a = rows.map((row, i) => [...row, values[i]!]);
	for (let k = 0; k < columns; k++) {
		const norm = Math.sqrt(a.slice(k).reduce((sum, row) => sum + row[k]! ** 2, 0));
		const alpha = a[k]![k]! > 0 ? -norm : norm;
		const v = a.map((row, i) => (i < k ? 0 : i === k ? row[k]! - alpha : row[k]!));
		const vv = v.reduce((sum, x) => sum + x * x, 0);
		for (let j = k; j <= columns; j++) {
			const dot = a.reduce((sum, row, i) => sum + v[i]! * row[j]!, 0);
			for (let i = k; i < a.length; i++) a[i]![j]! -= (2 * dot * v[i]!) / vv;
		}
	}
	const solution = new Array<number>(columns).fill(0);
	for (let k = columns - 1; k >= 0; k--) {
		let rest = a[k]![columns]!;
		for (let j = k + 1; j < columns; j++) rest -= a[k]![j]! * solution[j]!;
		solution[k] = rest / a[k]![k]!;
	}
	return solution;
}
