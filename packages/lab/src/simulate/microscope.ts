/**
 * The microscope that is simulated: all that decides what defocus does to a picture.
 * @module
 */
import { ArgumentError, ASSUMED_OPTICS, type Optics } from '@parfocal/core';

/** A number for each of the channels R, G and B. */
export type PerChannel = readonly [red: number, green: number, blue: number];

/** Wavelengths in vacuum at the middle of what a colour camera's R, G and B see, µm. */
export const CHANNEL_WAVELENGTHS_UM: PerChannel = [0.61, 0.54, 0.465];

/** One wavelength for all channels, µm: the middle of the visible. Defocus then leaves no colour at edges. */
export const ONE_WAVELENGTH_UM: PerChannel = [0.55, 0.55, 0.55];

/** A microscope. Without the last three it is free of aberrations, and the tissue is a plane. */
export interface Microscope extends Optics {
	/** Side of a pixel in the tissue, µm. */
	readonly mpp: number;
	/** In vacuum, a channel each, µm. */
	readonly wavelengthUm: PerChannel;
	/**
	 * Primary spherical aberration W040 (Born & Wolf, Principles of Optics, 7th ed., §5.3): the path of light through the
	 * pupil's rim is this many wavelengths of G longer than through its centre, and grows with ρ⁴. With a plus, planes of
	 * positive defocus are softened otherwise than those of negative defocus; a minus exchanges them.
	 */
	readonly sphericalWaves?: number | undefined;
	/** Longitudinal chromatic aberration: R is in focus with the stage this much above G's height, B as much below, µm. */
	readonly chromaticShiftUm?: number | undefined;
	/** Thickness of the tissue, µm: planes from half of it above to half of it below, each at its own depth. */
	readonly thicknessUm?: number | undefined;
}

/** A microscope free of aberrations with an objective of NA 0.75 in air, colours apart. */
export function plainMicroscope(mpp: number, numericalAperture: number = ASSUMED_OPTICS.numericalAperture): Microscope {
	return { ...ASSUMED_OPTICS, numericalAperture, mpp, wavelengthUm: CHANNEL_WAVELENGTHS_UM };
}

/** Depth of field `λ n / NA²` of the green channel, µm (Born & Wolf, §8.8). */
export function depthOfFieldUm({ wavelengthUm, refractiveIndex, numericalAperture }: Microscope): number {
	return (wavelengthUm[1] * refractiveIndex) / numericalAperture ** 2;
}

/**
 * Depths of the planes that stand for the tissue's thickness, µm from its middle: a quarter of the depth of field apart at
 * most, so that more of them change nothing. One plane, at 0, for thin tissue.
 */
export function tissuePlanesUm(microscope: Microscope): number[] {
	const thickness = microscope.thicknessUm ?? 0;
	const count = Math.max(1, Math.ceil((4 * thickness) / depthOfFieldUm(microscope)));
	return Array.from({ length: count }, (_, i) => thickness * ((i + 0.5) / count - 0.5));
}

/** @throws {ArgumentError} for a microscope that cannot be */
export function checkMicroscope(microscope: Microscope): void {
	const { numericalAperture, refractiveIndex, mpp, wavelengthUm } = microscope;
	const { sphericalWaves = 0, chromaticShiftUm = 0, thicknessUm = 0 } = microscope;
	if (!(numericalAperture > 0 && numericalAperture < refractiveIndex && refractiveIndex <= 4)) {
		throw new ArgumentError(
			'numericalAperture',
			`A numerical aperture of ${numericalAperture} cannot be in a medium of refractive index ${refractiveIndex}: it lies between 0 and the index.`,
		);
	}
	if (!(mpp > 0 && Number.isFinite(mpp))) throw new ArgumentError('mpp', `Pixels must have a size, not ${mpp} µm.`);
	if (!wavelengthUm.every((wavelength) => wavelength >= 0.1 && wavelength <= 2)) {
		throw new ArgumentError('wavelengthUm', `Wavelengths are 0.1 to 2 µm, not ${wavelengthUm.join(', ')}.`);
	}
	checkRange('sphericalWaves', sphericalWaves, -5, 5, 'waves of spherical aberration');
	checkRange('chromaticShiftUm', chromaticShiftUm, -10, 10, 'µm between the planes of the channels');
	checkRange('thicknessUm', thicknessUm, 0, 50, 'µm of tissue');
}

function checkRange(argument: string, value: number, low: number, high: number, words: string): void {
	if (value >= low && value <= high) return;
	throw new ArgumentError(argument, `Give ${low} to ${high} ${words}, not ${value}.`);
}
