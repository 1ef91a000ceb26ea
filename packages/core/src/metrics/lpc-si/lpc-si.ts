/**
 * LPC-SI: local phase coherence. Near a sharp edge the phases of fine and coarse detail agree; blur breaks the agreement.
 *
 * Higher means sharper, from 0 to 1. The strongest hundredth of a per cent of the picture decides. Scores of tiles and of
 * their parent are not comparable: what counts as strong detail is set by the whole picture.
 *
 * Source: Hassen, Wang, Salama, "Image Sharpness Assessment Based on Local Phase Coherence", IEEE TIP 22(7), 2013,
 * equations 11 to 17, with the constants of the authors' version 1.0 (research use only; not used here).
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { greyLevelsOf, type Signal } from '../signal/luma.ts';
import { type Spectrum, withSpectrum } from '../signal/spectrum.ts';
import { applyFilters, createFilterBank, type FilteredImages, orientations } from './filters.ts';
import { pooledByRank } from './pooled-by-rank.ts';

/** Against division by 0, in grey levels. */
const STABILISER = 2;

/** Energy counts from this many standard deviations above its mean. */
const DEVIATIONS = 2;

/** The longest wavelength looked at; a smaller picture holds no detail of it. */
const SMALLEST_SIDE_PX = 8;

/** A score with what it was computed from. */
export interface LpcSiMeasurement {
	readonly score: number;
	/** Coherence of each pixel, 0 to 1, `borderPx` smaller than the picture on each side. */
	readonly map: Signal;
	/** Pixels left out on each side: a sixteenth of the shorter side. */
	readonly borderPx: number;
	/** Energy from which detail of an orientation counts, in grey levels; orientations 22.5° apart from horizontal on. */
	readonly thresholds: readonly number[];
}

/**
 * LPC-SI score of a picture from 8 x 8 pixels on; 0 for a flat one. Grey pictures are those with equal channels. Where a
 * filter answers exactly 0 phases agree with nothing (the authors' code gives NaN).
 * @throws {ArgumentError} for smaller pictures, and for pictures too large for memory.
 */
export function lpcSi(image: RgbImage): number {
	return measureLpcSi(image).score;
}

/**
 * The map that the score is pooled from: coherence of each pixel but a border, see `LpcSiMeasurement`.
 * @throws {ArgumentError} as `lpcSi` does.
 */
export function lpcSiMap(image: RgbImage): Signal {
	return measureLpcSi(image).map;
}

/**
 * As `lpcSi`, with the intermediate values.
 * @throws {ArgumentError} as `lpcSi` does.
 */
export function measureLpcSi(image: RgbImage): LpcSiMeasurement {
	const { widthPx, heightPx } = image;
	if (widthPx < SMALLEST_SIDE_PX || heightPx < SMALLEST_SIDE_PX) {
		const message = `LPC-SI needs a picture of at least 8 x 8 pixels; this one is ${widthPx} x ${heightPx}.`;
		throw new ArgumentError('image', message);
	}
	return withSpectrum(widthPx, heightPx, 4, (spectrum) => measureIn(spectrum, greyLevelsOf(image, 1).data));
}

function measureIn(spectrum: Spectrum, grey: Float64Array): LpcSiMeasurement {
	const { widthPx, heightPx } = spectrum;
	const borderPx = Math.round(Math.min(widthPx, heightPx) / 16);
	const inner = { widthPx: widthPx - 2 * borderPx, heightPx: heightPx - 2 * borderPx };
	const pixels = inner.widthPx * inner.heightPx;
	const energies = new Float64Array(pixels);
	const coherent = new Float64Array(pixels);
	const total = new Float64Array(pixels);
	const thresholds: number[] = [];
	const bank = createFilterBank(widthPx, heightPx);
	const [frequency, ...filtered] = spectrum.images as [Float64Array, ...FilteredImages];
	// Divided here once instead of after each of the 24 inverse transforms.
	for (let i = 0; i < grey.length; i++) frequency[2 * i] = grey[i]! / grey.length;
	spectrum.forward(frequency);
	for (let orientation = 0; orientation < orientations; orientation++) {
		applyFilters(bank, orientation, frequency, filtered);
		for (const response of filtered) spectrum.inverseColumns(response, borderPx, widthPx - borderPx);
		const threshold = thresholdOf(energies, readEnergies(filtered[0], widthPx, borderPx, inner, energies));
		thresholds.push(threshold);
		gather(filtered, threshold);
	}

	function gather([fine, middle, coarse]: FilteredImages, threshold: number): void {
		for (let y = 0, i = 0; y < inner.heightPx; y++) {
			const start = 2 * ((y + borderPx) * widthPx + borderPx);
			for (let at = start; at < start + 2 * inner.widthPx; at += 2, i++) {
				const energy = energies[i]! - threshold;
				if (energy <= 0) continue;
				total[i]! += energy;
				coherent[i]! += energy * coherence(fine, middle, coarse, at);
			}
		}
	}

	// The array of energies becomes the map.
	const map = { ...inner, data: energies };
	for (let i = 0; i < pixels; i++) map.data[i] = coherent[i]! / (total[i]! + STABILISER);
	return { score: pooledByRank(map.data), map, borderPx, thresholds };
}

/** Moduli of the inner pixels; answers their sum. */
function readEnergies(
	response: Float64Array,
	widthPx: number,
	borderPx: number,
	inner: { readonly widthPx: number; readonly heightPx: number },
	energies: Float64Array,
): number {
	let sum = 0;
	for (let y = 0, i = 0; y < inner.heightPx; y++) {
		const start = 2 * ((y + borderPx) * widthPx + borderPx);
		for (let at = start; at < start + 2 * inner.widthPx; at += 2, i++) {
			const energy = Math.sqrt(response[at]! * response[at]! + response[at + 1]! * response[at + 1]!);
			energies[i] = energy;
			sum += energy;
		}
	}
	return sum;
}

function thresholdOf(energies: Float64Array, sum: number): number {
	const mean = sum / energies.length;
	let squares = 0;
	for (let i = 0; i < energies.length; i++) squares += (energies[i]! - mean) * (energies[i]! - mean);
	return mean + DEVIATIONS * Math.sqrt(squares / (energies.length - 1));
}

/**
 * `max(0, cos(phase 1 - 3 phase 2 + 2 phase 3))` without an angle: the real part of `a conj(b)³ c²` over its modulus.
 * Weights 1, -3, 2 at scales 1, 1.5, 2: equation 11.
 */
function coherence(fine: Float64Array, middle: Float64Array, coarse: Float64Array, at: number): number {
	const a = fine[at]!;
	const ai = fine[at + 1]!;
	const b = middle[at]!;
	const bi = middle[at + 1]!;
	const c = coarse[at]!;
	const ci = coarse[at + 1]!;
	const cc = c * c - ci * ci;
	const cci = 2 * c * ci;
	const bb = b * b - bi * bi;
	const bbi = 2 * b * bi;
	const real = (a * cc - ai * cci) * (bb * b - bbi * bi) + (a * cci + ai * cc) * (bb * bi + bbi * b);
	if (!(real > 0)) return 0;
	const squaredB = b * b + bi * bi;
	return real / (Math.sqrt((a * a + ai * ai) * squaredB) * squaredB * (c * c + ci * ci));
}
