/**
 * What the scanner's camera makes of the light: uneven illumination, photon noise, gamma, eight bits.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import { hash, noise } from './random.ts';
import type { Raster } from './raster.ts';

/** Photons that fill a pixel: noise is 1/100 of white at white. */
const FULL_WELL = 10_000;

/** Noise of the electronics, as a share of white. */
const READ_NOISE = 0.002;

/** Steps of brightness in the tables. */
const LEVELS = 4096;

/** Brightness of clean glass, linear, R G B. */
const GLASS = [0.9, 0.885, 0.9] as const;

/** Clean glass in a picture, roughly; padding of levels that do not fill their tiles. */
export const GLASS_BYTE = 243;

/** The illumination varies smoothly over some thousand pixels, by this much. */
const UNEVENNESS = 0.02;
const UNEVENNESS_PX = 3000;
const SHADE_STEP_PX = 64;

const gamma = makeGammaTable();
const noiseAt = makeNoiseTable();
const gaussian = makeGaussianTable();

/**
 * Takes a picture of a rectangle: absorbed light (none given: clean glass) becomes 8-bit sRGB, interleaved. Noise and
 * illumination depend only on the seed and on where a pixel is.
 */
export function photograph(absorbed: Raster | undefined, rect: RectPx, seed: number, out: Uint8Array): void {
	const salt = hash(seed, 4, 7);
	const data = absorbed?.data;
	const shade = sampleShade(rect, hash(seed, 13, 7));
	let i = 0;
	for (let y = rect.y; y < rect.y + rect.heightPx; y++) {
		const rowKey = hash(y, 0, salt);
		for (let x = rect.x; x < rect.x + rect.widthPx; ) {
			const column = Math.floor(x / SHADE_STEP_PX);
			const end = Math.min((column + 1) * SHADE_STEP_PX, rect.x + rect.widthPx);
			const { start, step } = shade(column, y);
			for (; x < end; x++, i += 3) {
				const brightness = LEVELS * (start + step * (x - column * SHADE_STEP_PX));
				const dice = roll(Math.imul(x, 0x9e3779b1) ^ rowKey);
				if (data === undefined) {
					out[i] = develop(brightness * GLASS[0], dice & 1023);
					out[i + 1] = develop(brightness * GLASS[1], (dice >>> 10) & 1023);
					out[i + 2] = develop(brightness * GLASS[2], dice >>> 22);
				} else {
					out[i] = develop(brightness * GLASS[0] * (1 - data[i]!), dice & 1023);
					out[i + 1] = develop(brightness * GLASS[1] * (1 - data[i + 1]!), (dice >>> 10) & 1023);
					out[i + 2] = develop(brightness * GLASS[2] * (1 - data[i + 2]!), dice >>> 22);
				}
			}
		}
	}
}

/** 32 random bits from the key of a pixel: the last two rounds of `hash`. */
function roll(key: number): number {
	let h = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
}

function develop(light: number, dice: number): number {
	const level = light < 0 ? 0 : Math.min(light, LEVELS) | 0;
	const noisy = (light + noiseAt[level]! * gaussian[dice]!) | 0;
	return gamma[noisy < 0 ? 0 : Math.min(noisy, LEVELS)]!;
}

/** Illumination along a row of pixels between two lattice points. */
function sampleShade(rect: RectPx, salt: number): (column: number, y: number) => { start: number; step: number } {
	const at = (column: number, row: number): number => {
		const scale = SHADE_STEP_PX / UNEVENNESS_PX;
		return 1 + UNEVENNESS * noise(column * scale, row * scale, salt);
	};
	const left = Math.floor(rect.x / SHADE_STEP_PX);
	const columns = Math.floor((rect.x + rect.widthPx - 1) / SHADE_STEP_PX) + 2 - left;
	const line = new Float64Array(columns);
	let lineY = Number.NaN;
	return (column, y) => {
		if (y !== lineY) {
			lineY = y;
			const row = Math.floor(y / SHADE_STEP_PX);
			const down = y / SHADE_STEP_PX - row;
			for (let i = 0; i < columns; i++) {
				const top = at(left + i, row);
				line[i] = top + (at(left + i, row + 1) - top) * down;
			}
		}
		const start = line[column - left]!;
		return { start, step: (line[column - left + 1]! - start) / SHADE_STEP_PX };
	};
}

/** sRGB transfer function, IEC 61966-2-1. */
function makeGammaTable(): Uint8Array {
	return Uint8Array.from({ length: LEVELS + 1 }, (_, level) => {
		const light = (level + 0.5) / LEVELS;
		const value = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
		return Math.min(255, Math.round(255 * value));
	});
}

/** Standard deviation of the noise at each brightness, in levels. */
function makeNoiseTable(): Float32Array {
	return Float32Array.from({ length: LEVELS + 1 }, (_, level) => {
		return LEVELS * Math.sqrt(level / LEVELS / FULL_WELL + READ_NOISE ** 2);
	});
}

/** 1024 equally likely values of a normal distribution. */
function makeGaussianTable(): Float32Array {
	const table = new Float32Array(1024);
	let x = -4;
	for (let i = 0; i < table.length; i++) {
		while (normalBelow(x) < (i + 0.5) / table.length) x += 0.001;
		table[i] = x;
	}
	return table;
}

/** Share of a normal distribution below `x` (logistic approximation of S. R. Bowling et al., 2009; error below 1.5e-4). */
function normalBelow(x: number): number {
	return 1 / (1 + Math.exp(-(0.07056 * x ** 3 + 1.5976 * x)));
}
