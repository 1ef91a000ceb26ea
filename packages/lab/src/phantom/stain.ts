/**
 * Colour of stained tissue by the law of Beer and Lambert: light falls off exponentially with the amount of stain, each
 * stain with its own strength in red, green and blue.
 * Source: A. C. Ruifrok, D. A. Johnston, "Quantification of histochemical staining by color deconvolution", Anal. Quant.
 * Cytol. Histol. 23 (2001); the vectors here are ours, chosen for linear light (before the camera's gamma).
 * @module
 */

/** Optical density (natural logarithm) of one unit of each stain in R, G, B. */
export const stains = {
	haematoxylin: [1.55, 1.95, 0.78],
	eosin: [0.34, 1.62, 0.82],
} as const;

/** Densities above this look equally black. */
const LARGEST_DENSITY = 4;
const STEPS = 1024;

const transmissions = makeTables();

/**
 * Absorbed light `1 - T`, interleaved RGB, of densities of both stains. No stain gives exactly 0, so that glass stays
 * exactly glass however it is blurred.
 */
export function absorbedLight(haematoxylin: Float32Array, eosin: Float32Array, out: Float32Array): void {
	const { h, e } = transmissions;
	for (let i = 0, o = 0; i < haematoxylin.length; i++, o += 3) {
		const hi = 3 * tableIndex(haematoxylin[i]!);
		const ei = 3 * tableIndex(eosin[i]!);
		out[o] = 1 - h[hi]! * e[ei]!;
		out[o + 1] = 1 - h[hi + 1]! * e[ei + 1]!;
		out[o + 2] = 1 - h[hi + 2]! * e[ei + 2]!;
	}
}

/** Nearest entry; densities are never negative. */
function tableIndex(density: number): number {
	const index = (density * (STEPS / LARGEST_DENSITY) + 0.5) | 0;
	return Math.min(index, STEPS);
}

function makeTables(): { readonly h: Float32Array; readonly e: Float32Array } {
	const table = (vector: readonly number[]): Float32Array => {
		const out = new Float32Array(3 * (STEPS + 1));
		for (let i = 0; i < out.length; i++) {
			out[i] = Math.exp((-vector[i % 3]! * LARGEST_DENSITY * Math.floor(i / 3)) / STEPS);
		}
		return out;
	};
	return { h: table(stains.haematoxylin), e: table(stains.eosin) };
}
