/**
 * The baseline every focus measure is compared with: the variance of the Laplacian (Pech-Pacheco et al., ICPR 2000),
 * four neighbours, on luma.
 * @module
 */

/** Variance of the Laplacian over the inside of a luma plane of `widthPx` columns. Higher means sharper. */
export function laplacianVariance(luma: Uint8Array, widthPx: number): number {
	const heightPx = luma.length / widthPx;
	let sum = 0;
	let squares = 0;
	for (let y = 1; y < heightPx - 1; y++) {
		for (let x = 1; x < widthPx - 1; x++) {
			const i = y * widthPx + x;
			const value = luma[i - 1]! + luma[i + 1]! + luma[i - widthPx]! + luma[i + widthPx]! - 4 * luma[i]!;
			sum += value;
			squares += value * value;
		}
	}
	const count = (widthPx - 2) * (heightPx - 2);
	return squares / count - (sum / count) ** 2;
}
