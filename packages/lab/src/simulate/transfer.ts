/**
 * What a microscope passes of each frequency, for each channel and height of its stage: the incoherent transfer function
 * with defocus, spherical aberration, longitudinal chromatic aberration and thickness of the tissue.
 *
 * Light from a point that the stage holds `z` above the plane in focus takes, through the pupil at distance ρ, a path longer
 * by `W(ρ) = z (n − sqrt(n² − NA²ρ²)) + W040 ρ⁴` than through its centre. The first term is exact (Stokseth), not the
 * usual `z NA²ρ²/2n`. The transfer is the autocorrelation of `exp(2πi W/λ)` over the pupil (Hopkins).
 *
 * Heights count from best focus. Spherical aberration moves it: best is where `W` varies least over the pupil, which a
 * fourth-order wavefront reaches at `W020 = −W040` (Born & Wolf, §9.3: the brightest spot).
 *
 * Sources: H. H. Hopkins, Proc. R. Soc. A 231, 91 (1955); P. A. Stokseth, J. Opt. Soc. Am. 59, 1314 (1969);
 * M. Born and E. Wolf, Principles of Optics, 7th ed., §5.3 and §9.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { checkMicroscope, type Microscope, tissuePlanesUm } from './microscope.ts';
import { perfectPupilTransfer, pupilTransfer } from './pupil.ts';

/** R, G or B. */
export type Channel = 0 | 1 | 2;

/** Points in ρ² at which the wavefront is averaged. */
const WAVEFRONT_POINTS = 256;

/**
 * The transfer function of a channel with the stage `defocusUm` above best focus of G, by frequency in cycles per µm of
 * tissue; the pixel's own aperture is left out. Never beyond `perfectTransfer`, and equal to it in focus without aberrations.
 * @throws {ArgumentError} for impossible optics
 * @example
 * ```ts
 * microscopeTransfer(plainMicroscope(0.25), 1, 2)(0.5); // contrast left of 2 µm stripes in green, 2 µm out of focus
 * ```
 */
export function microscopeTransfer(
	microscope: Microscope,
	channel: Channel,
	defocusUm: number,
): (cyclesPerUm: number) => number {
	checkMicroscope(microscope);
	if (!Number.isFinite(defocusUm)) {
		throw new ArgumentError('defocusUm', `Defocus must be a number of µm, not ${defocusUm}.`);
	}
	const { numericalAperture, wavelengthUm } = microscope;
	const wavelength = wavelengthUm[channel];
	const aberration = sphericalPathUm(microscope);
	const height = defocusUm - channelFocusUm(microscope, channel) + bestFocusUm(microscope);
	const phases = tissuePlanesUm(microscope).map((depthUm) => {
		const z = height + depthUm;
		const waves = (2 * Math.PI) / wavelength;
		return z === 0 && aberration === 0
			? undefined
			: (t: number) => waves * (z * defocusPath(microscope, t) + aberration * t * t);
	});
	return (cyclesPerUm) => {
		const shift = (Math.abs(cyclesPerUm) * wavelength) / (2 * numericalAperture);
		let sum = 0;
		for (const phase of phases) sum += phase ? pupilTransfer(phase, shift) : perfectPupilTransfer(shift);
		return sum / phases.length;
	};
}

/** The diffraction limit of a channel: in focus, without aberrations, in a plane. */
export function perfectTransfer(microscope: Microscope, channel: Channel, cyclesPerUm: number): number {
	const { numericalAperture, wavelengthUm } = microscope;
	return perfectPupilTransfer((Math.abs(cyclesPerUm) * wavelengthUm[channel]) / (2 * numericalAperture));
}

/** Height of the stage, from G's best focus, at which a channel is in focus, µm. */
export function channelFocusUm({ chromaticShiftUm = 0 }: Microscope, channel: Channel): number {
	return chromaticShiftUm * (1 - channel);
}

/**
 * Height of best focus from where it would be without spherical aberration, µm: where the wavefront's variance over the
 * pupil, `var(z D + W040 ρ⁴)`, is least, `z = −W040 cov(D, ρ⁴) / var(D)`.
 */
export function bestFocusUm(microscope: Microscope): number {
	const aberration = sphericalPathUm(microscope);
	if (aberration === 0) return 0;
	let [d, s, dd, ds] = [0, 0, 0, 0];
	// ρ² is spread evenly over a uniform disc.
	for (let i = 0; i < WAVEFRONT_POINTS; i++) {
		const t = (i + 0.5) / WAVEFRONT_POINTS;
		const path = defocusPath(microscope, t);
		d += path / WAVEFRONT_POINTS;
		s += (t * t) / WAVEFRONT_POINTS;
		dd += (path * path) / WAVEFRONT_POINTS;
		ds += (path * t * t) / WAVEFRONT_POINTS;
	}
	return (-aberration * (ds - d * s)) / (dd - d * d);
}

/** W040 as a path, µm. */
export function sphericalPathUm({ sphericalWaves = 0, wavelengthUm }: Microscope): number {
	return sphericalWaves * wavelengthUm[1];
}

/** `n − sqrt(n² − NA²ρ²)`: extra path a µm of defocus. */
function defocusPath({ refractiveIndex: n, numericalAperture: na }: Microscope, rhoSquared: number): number {
	return n - Math.sqrt(n * n - na * na * rhoSquared);
}
