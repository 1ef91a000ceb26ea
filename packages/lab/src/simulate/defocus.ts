/**
 * How a microscope blurs what is out of focus: the incoherent, diffraction-limited point-spread function with defocus,
 * and its Fourier transform.
 *
 * The pupil is a uniform disc with the phase that `z` µm of defocus adds, exact rather than quadratic:
 * `2π/λ · z · sqrt(n² − NA²ρ²)`. Its slope at the rim sends the outermost ray to `z · tan(asin(NA/n))`, so large defocus
 * tends to the disc of geometric optics, and none at all gives the Airy pattern.
 *
 * Sources: H. H. Hopkins, "The frequency response of a defocused optical system", Proc. R. Soc. A 231 (1955);
 * P. A. Stokseth, "Properties of a defocused optical system", J. Opt. Soc. Am. 59 (1969), the exact path difference;
 * J. W. Goodman, Introduction to Fourier Optics, 3rd ed., §6.3-6.4, OTF as the autocorrelation of the pupil.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { besselJ0 } from './bessel.ts';
import { perfectPupilTransfer, pupilTransfer } from './pupil.ts';

/** A point out of focus, as an objective images it. */
export interface DefocusOptics {
	/** Distance from the plane in focus, µm; its sign does not matter. */
	readonly defocusUm: number;
	readonly numericalAperture: number;
	/** In vacuum, µm; 0.55 is the middle of the visible. */
	readonly wavelengthUm: number;
	/** Of the medium before the objective; 1 for air. */
	readonly refractiveIndex: number;
	/** Side of a pixel, µm. */
	readonly mpp: number;
}

/** A point-spread function on the pixel grid: `sizePx` (odd) a side, row-major, sum 1, centred. */
export interface PointSpread {
	readonly sizePx: number;
	readonly data: Float32Array;
}

/** The Airy rings that the window keeps beyond the geometric blur, in units of λ/NA: 97 % of the energy in focus. */
const MARGIN_AIRY_UNITS = 3;

/** Largest window; beyond it diffraction no longer shows and a disc serves. */
const LARGEST_PX = 1023;

/**
 * The point-spread function integrated over each pixel and normalised to sum 1. The window ends three λ/NA beyond the
 * geometric blur; what little lies outside is spread over the inside by the normalisation.
 * @throws {ArgumentError} for impossible optics or a blur beyond 500 px.
 */
export function defocusPsf(optics: DefocusOptics): PointSpread {
	checkOptics(optics);
	const { mpp, wavelengthUm, numericalAperture } = optics;
	const airyUnit = wavelengthUm / numericalAperture;
	const half = Math.max(1, Math.ceil((geometricRadiusUm(optics) + MARGIN_AIRY_UNITS * airyUnit) / mpp));
	const sizePx = 2 * half + 1;
	if (sizePx > LARGEST_PX) {
		throw new ArgumentError(
			'defocusUm',
			`A defocus of ${optics.defocusUm} µm blurs over more than ${LARGEST_PX} px; ask for less.`,
		);
	}
	const step = airyUnit / 40;
	const profile = radialProfile(optics, step, Math.ceil(((half + 1) * Math.SQRT2 * mpp) / step) + 2);
	const samples = Math.max(3, Math.ceil((12 * mpp) / airyUnit));
	const data = new Float32Array(sizePx * sizePx);
	// One octant is computed and mirrored: the result is symmetric to the last bit.
	for (let y = 0; y <= half; y++) {
		for (let x = 0; x <= y; x++) {
			const value = pixelMean(profile, step, x * mpp, y * mpp, mpp, samples);
			for (const [a, b] of [
				[x, y],
				[y, x],
			] as const) {
				data[(half + b) * sizePx + half + a] = value;
				data[(half + b) * sizePx + half - a] = value;
				data[(half - b) * sizePx + half + a] = value;
				data[(half - b) * sizePx + half - a] = value;
			}
		}
	}
	let sum = 0;
	for (const value of data) sum += value;
	for (let i = 0; i < data.length; i++) data[i] = data[i]! / sum;
	return { sizePx, data };
}

/** Radius of the blur circle of geometric optics, µm. */
export function geometricRadiusUm(optics: Omit<DefocusOptics, 'mpp' | 'wavelengthUm'>): number {
	const { defocusUm, numericalAperture, refractiveIndex } = optics;
	return (Math.abs(defocusUm) * numericalAperture) / Math.sqrt(refractiveIndex ** 2 - numericalAperture ** 2);
}

/**
 * The optical transfer function at a spatial frequency (cycles per µm), pixel aperture left out: the autocorrelation of
 * the pupil, real because the pupil is symmetric; negative where contrast is reversed.
 * @throws {ArgumentError} for impossible optics.
 */
export function defocusTransfer(optics: DefocusOptics, cyclesPerUm: number): number {
	checkOptics(optics);
	const { defocusUm, numericalAperture: na, wavelengthUm, refractiveIndex: n } = optics;
	const wave = (2 * Math.PI * defocusUm) / wavelengthUm;
	return pupilTransfer(
		(t) => -wave * Math.sqrt(n * n - na * na * t),
		(Math.abs(cyclesPerUm) * wavelengthUm) / (2 * na),
	);
}

/** The transfer function in focus in closed form (Goodman, eq. 6-32). */
export function diffractionTransfer(cyclesPerUm: number, numericalAperture: number, wavelengthUm: number): number {
	return perfectPupilTransfer((Math.abs(cyclesPerUm) * wavelengthUm) / (2 * numericalAperture));
}

/** Intensity at `count` radii `0, step, …` µm: |Hankel transform of the pupil|² by Simpson's rule in ρ². */
function radialProfile(optics: DefocusOptics, step: number, count: number): Float64Array {
	const { defocusUm, numericalAperture: na, wavelengthUm, refractiveIndex: n } = optics;
	const k = (2 * Math.PI) / wavelengthUm;
	const phaseSpan = k * Math.abs(defocusUm) * (n - Math.sqrt(n * n - na * na));
	const intervals = 2 * Math.ceil(32 + phaseSpan + k * na * step * count);
	const real = new Float64Array(intervals + 1);
	const imaginary = new Float64Array(intervals + 1);
	const rho = new Float64Array(intervals + 1);
	for (let i = 0; i <= intervals; i++) {
		const t = i / intervals;
		const weight = i === 0 || i === intervals ? 1 : i % 2 === 1 ? 4 : 2;
		const phase = k * defocusUm * Math.sqrt(n * n - na * na * t);
		real[i] = weight * Math.cos(phase);
		imaginary[i] = weight * Math.sin(phase);
		rho[i] = Math.sqrt(t);
	}
	const profile = new Float64Array(count);
	for (let r = 0; r < count; r++) {
		let a = 0;
		let b = 0;
		for (let i = 0; i <= intervals; i++) {
			const j0 = besselJ0(k * na * r * step * rho[i]!);
			a += real[i]! * j0;
			b += imaginary[i]! * j0;
		}
		profile[r] = a * a + b * b;
	}
	return profile;
}

/** Mean intensity over the square pixel centred at (`xUm`, `yUm`). */
function pixelMean(
	profile: Float64Array,
	step: number,
	xUm: number,
	yUm: number,
	mpp: number,
	samples: number,
): number {
	let sum = 0;
	for (let j = 0; j < samples; j++) {
		const y = yUm + ((j + 0.5) / samples - 0.5) * mpp;
		for (let i = 0; i < samples; i++) {
			const x = xUm + ((i + 0.5) / samples - 0.5) * mpp;
			const at = Math.hypot(x, y) / step;
			const low = Math.floor(at);
			sum += profile[low]! + (at - low) * (profile[low + 1]! - profile[low]!);
		}
	}
	return sum / (samples * samples);
}

function checkOptics({ defocusUm, numericalAperture, wavelengthUm, refractiveIndex, mpp }: DefocusOptics): void {
	if (!Number.isFinite(defocusUm))
		throw new ArgumentError('defocusUm', `Defocus must be a number of µm, not ${defocusUm}.`);
	if (!(numericalAperture > 0 && numericalAperture < refractiveIndex && refractiveIndex <= 4)) {
		throw new ArgumentError(
			'numericalAperture',
			`Numerical aperture must lie between 0 and the refractive index, not ${numericalAperture} in ${refractiveIndex}.`,
		);
	}
	if (!(wavelengthUm > 0 && wavelengthUm < 100)) {
		throw new ArgumentError('wavelengthUm', `Wavelength must be above 0 and below 100 µm, not ${wavelengthUm}.`);
	}
	if (!(mpp > 0 && mpp < 1000))
		throw new ArgumentError('mpp', `Pixel size must be above 0 and below 1000 µm, not ${mpp}.`);
}
