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

/** Optical densities above this look equally black. */
const BLACK = 9;
const STEPS = 8192;

/** `exp(-density)` at `STEPS` densities. */
const transmission = Float32Array.from({ length: STEPS + 1 }, (_, i) => Math.exp((-BLACK * i) / STEPS));

/**
 * Absorbed light `1 - T`, interleaved RGB, of amounts of both stains (not negative). No stain gives exactly 0, so that
 * glass stays exactly glass however it is blurred.
 */
export function absorbedLight(haematoxylin: Float32Array, eosin: Float32Array, out: Float32Array): void {
	const [hr, hg, hb] = stains.haematoxylin.map((density) => (density * STEPS) / BLACK) as [number, number, number];
	const [er, eg, eb] = stains.eosin.map((density) => (density * STEPS) / BLACK) as [number, number, number];
	for (let i = 0, o = 0; i < haematoxylin.length; i++, o += 3) {
		const h = haematoxylin[i]!;
		const e = eosin[i]!;
		if (h === 0 && e === 0) continue;
		out[o] = 1 - transmission[Math.min(STEPS, h * hr + e * er + 0.5) | 0]!;
		out[o + 1] = 1 - transmission[Math.min(STEPS, h * hg + e * eg + 0.5) | 0]!;
		out[o + 2] = 1 - transmission[Math.min(STEPS, h * hb + e * eb + 0.5) | 0]!;
	}
}
