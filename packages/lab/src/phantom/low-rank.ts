/**
 * A symmetric kernel as a sum of a few separable ones, so that convolving costs two thin passes each instead of a square.
 * @module
 */
import type { PointSpread } from '../simulate/defocus.ts';

/** One separable term: `weight * profile[|x|] * profile[|y|]`. */
export interface SeparableTerm {
	readonly weight: number;
	/** From the centre outwards, `halfPx + 1` values. */
	readonly profile: Float64Array;
}

/** A kernel as a sum of separable terms; its values sum to 1. */
export interface LowRankKernel {
	/** The kernel spans `2 * halfPx + 1` pixels. */
	readonly halfPx: number;
	readonly terms: readonly SeparableTerm[];
}

/**
 * The best separable approximation of the middle of a point-spread function, by the eigenvectors of its (symmetric) matrix:
 * terms are added, strongest first, until the root of the squared error falls below `tolerance` of the kernel's own.
 * @param halfPx how much of the kernel to keep around its centre.
 */
export function lowRankKernel(psf: PointSpread, halfPx: number, tolerance: number): LowRankKernel {
	const half = Math.min(halfPx, (psf.sizePx - 1) / 2);
	const folded = foldedMatrix(psf, half);
	const side = half + 1;
	const { values, vectors } = eigenDecomposition(folded, side);
	const order = [...values.keys()].sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!));
	const energy = values.reduce((sum, value) => sum + value * value, 0);
	const terms: { weight: number; profile: Float64Array }[] = [];
	let rest = energy;
	for (const which of order) {
		if (rest <= tolerance * tolerance * energy) break;
		rest -= values[which]! ** 2;
		const profile = Float64Array.from(
			{ length: side },
			(_, i) => vectors[i * side + which]! / (i === 0 ? 1 : Math.SQRT2),
		);
		terms.push({ weight: values[which]!, profile });
	}
	const total = terms.reduce((sum, { weight, profile }) => sum + weight * profileSum(profile) ** 2, 0);
	return { halfPx: half, terms: terms.map(({ weight, profile }) => ({ weight: weight / total, profile })) };
}

function profileSum(profile: Float64Array): number {
	return profile.reduce((sum, value, i) => sum + (i === 0 ? value : 2 * value), 0);
}

/**
 * The kernel acting on functions that are even in x and y, in an orthonormal basis of those: a quarter of the matrix with
 * the off-centre rows and columns weighted by the square root of two. Same eigenvalues, a quarter of the size.
 */
function foldedMatrix({ sizePx, data }: PointSpread, half: number): Float64Array {
	const side = half + 1;
	const centre = (sizePx - 1) / 2;
	const matrix = new Float64Array(side * side);
	for (let y = 0; y < side; y++) {
		for (let x = 0; x < side; x++) {
			const weight = (x === 0 ? 1 : Math.SQRT2) * (y === 0 ? 1 : Math.SQRT2);
			matrix[y * side + x] = weight * data[(centre + y) * sizePx + centre + x]!;
		}
	}
	return matrix;
}

/** Cyclic Jacobi method for a symmetric matrix (Golub & Van Loan, Matrix Computations, 4th ed., §8.5). */
function eigenDecomposition(matrix: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
	const a = matrix.slice();
	const vectors = new Float64Array(n * n);
	for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
	for (let sweep = 0; sweep < 40; sweep++) {
		let off = 0;
		for (let p = 0; p < n; p++) {
			for (let q = p + 1; q < n; q++) {
				const apq = a[p * n + q]!;
				off += apq * apq;
				if (Math.abs(apq) < 1e-18) continue;
				const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
				const tan = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
				const cos = 1 / Math.sqrt(tan * tan + 1);
				const sin = tan * cos;
				for (let k = 0; k < n; k++) rotate(a, k * n + p, k * n + q, cos, sin);
				for (let k = 0; k < n; k++) rotate(a, p * n + k, q * n + k, cos, sin);
				for (let k = 0; k < n; k++) rotate(vectors, k * n + p, k * n + q, cos, sin);
			}
		}
		if (off < 1e-24) break;
	}
	return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), vectors };
}

function rotate(values: Float64Array, i: number, j: number, cos: number, sin: number): void {
	const a = values[i]!;
	const b = values[j]!;
	values[i] = cos * a - sin * b;
	values[j] = sin * a + cos * b;
}
