/**
 * From blur in pixels to defocus in micrometres.
 *
 * Models of ours measure what is in the pixels: the radius of the geometric blur circle. Physics does the rest: light
 * from a point `z` out of focus spreads over a circle of radius `z tan(asin(NA / n))`
 * (Born & Wolf, Principles of Optics, 7th ed., §8.8; the small-defocus diffraction part is in the training images).
 * @module
 */

/** Optics assumed when the slide does not tell: a 20x/40x scanner objective of NA 0.75 in air. */
export const ASSUMED_OPTICS: Optics = { numericalAperture: 0.75, refractiveIndex: 1 };

/** Pixel size assumed when the slide does not tell (a 40x scan). */
export const ASSUMED_MPP = 0.25;

/** What decides how fast blur grows with defocus. */
export interface Optics {
	readonly numericalAperture: number;
	/** Of the medium before the objective; 1 for air. */
	readonly refractiveIndex: number;
}

/** Radius in µm of the geometric blur circle per µm of defocus. */
export function blurRadiusPerDefocus({ numericalAperture, refractiveIndex }: Optics): number {
	return numericalAperture / Math.sqrt(refractiveIndex ** 2 - numericalAperture ** 2);
}

/**
 * Defocus in µm that spreads a point over `blurRadiusPx` pixels of `mpp` µm.
 * @example
 * ```ts
 * defocusFromBlur(4.5, 0.25); // about 1 µm
 * ```
 */
export function defocusFromBlur(blurRadiusPx: number, mpp: number, optics: Optics = ASSUMED_OPTICS): number {
	return (blurRadiusPx * mpp) / blurRadiusPerDefocus(optics);
}

/** The inverse of `defocusFromBlur`. */
export function blurFromDefocus(defocusUm: number, mpp: number, optics: Optics = ASSUMED_OPTICS): number {
	return (defocusUm * blurRadiusPerDefocus(optics)) / mpp;
}
