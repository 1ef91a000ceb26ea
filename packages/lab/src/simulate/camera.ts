/**
 * What a camera and its software make of the light, up to the values that a file stores; one small step a function.
 *
 * light -> stain -> (defocus) -> vignetting -> noise of photons and electronics -> white balance -> display curve ->
 * sharpening -> 8 bits. What the file does to them is in `stored-picture.ts`.
 * @module
 */

import { lightOfValue, valueOfLight } from './light.ts';
import type { PerChannel } from './microscope.ts';
import { type Random, seededRandom } from './random.ts';
import type { StoredPicture } from './stored-picture.ts';

/** A picture as light. */
export interface LightPicture {
	readonly widthPx: number;
	readonly heightPx: number;
	/** R, G and B planes of linear light, 1 where glass is white. */
	readonly light: Float32Array;
}

/** What the camera does; without any of it, light becomes sRGB values and nothing else. */
export interface CameraSettings {
	/** Part of the light that is missing in the corners, 0..1. */
	readonly vignetting?: number | undefined;
	/** Deviation of noise on white glass, grey levels. */
	readonly noise?: number | undefined;
	/** Gains of the channels. */
	readonly whiteBalance?: PerChannel | undefined;
	/** Display curve `light^(1/gamma)`; that of sRGB when left out. */
	readonly gamma?: number | undefined;
	/** Amount of unsharp masking; 0.5 is what scanners like. */
	readonly sharpening?: number | undefined;
}

/** The light that stored sRGB values stand for. */
export function asLight({ widthPx, heightPx, data }: StoredPicture): LightPicture {
	const area = widthPx * heightPx;
	const light = new Float32Array(3 * area);
	for (let i = 0; i < area; i++) {
		for (let c = 0; c < 3; c++) light[c * area + i] = lightOfValue(data[3 * i + c]!);
	}
	return { widthPx, heightPx, light };
}

/** The camera's picture: interleaved 8-bit RGB. Noise comes from `random`. */
export function photographed(picture: LightPicture, settings: CameraSettings, random: Random): Uint8Array<ArrayBuffer> {
	const { vignetting = 0, noise = 0, whiteBalance, gamma, sharpening = 0 } = settings;
	let seen = vignetting > 0 ? vignetted(picture, vignetting) : picture;
	if (noise > 0) seen = withSensorNoise(seen, fullWellOfNoise(noise), READ_ELECTRONS, random);
	if (whiteBalance) seen = balanced(seen, whiteBalance);
	const values = displayed(seen, gamma);
	return rounded(sharpening > 0 ? sharpened(values, seen.widthPx, seen.heightPx, sharpening) : values);
}

/** Stain weaker or stronger, and of another shade: each channel's optical density `-log10(light)` times its factor. */
export function stained(picture: LightPicture, densityFactors: PerChannel): LightPicture {
	return eachChannel(picture, (light, channel) => light ** densityFactors[channel]!);
}

/** Light times `1 − corner (r/R)²`, with `R` the distance of the corners from the centre. */
export function vignetted(picture: LightPicture, corner: number): LightPicture {
	const { widthPx, heightPx } = picture;
	const [centreX, centreY] = [(widthPx - 1) / 2, (heightPx - 1) / 2];
	const strength = corner / Math.max(1, centreX ** 2 + centreY ** 2);
	return eachChannel(picture, (light, _, i) => {
		const [x, y] = [(i % widthPx) - centreX, Math.floor(i / widthPx) - centreY];
		return light * (1 - strength * (x * x + y * y));
	});
}

/** Light times a gain a channel. */
export function balanced(picture: LightPicture, gains: PerChannel): LightPicture {
	return eachChannel(picture, (light, channel) => light * gains[channel]!);
}

/** Noise of the electronics of an uncooled camera, electrons. */
export const READ_ELECTRONS = 8;

/**
 * Photon noise and the electronics': light 1 fills a pixel with `fullWellElectrons`; the variance is the electrons that
 * light frees (Poisson, as a normal) and the square of `readElectrons` (Janesick, Photon Transfer, §3).
 */
export function withSensorNoise(
	picture: LightPicture,
	fullWellElectrons: number,
	readElectrons: number,
	random: Random,
): LightPicture {
	const normal = normalStream(random);
	return eachChannel(picture, (light) => {
		const variance = Math.max(0, light) * fullWellElectrons + readElectrons * readElectrons;
		return light + (Math.sqrt(variance) * normal()) / fullWellElectrons;
	});
}

/** Grey levels a unit of light at white: slope of the sRGB curve there. */
const LEVELS_AT_WHITE: number = (255 * 1.055) / 2.4;

/** Electrons in a full pixel that leave noise of `greyLevels` on white. */
export function fullWellOfNoise(greyLevels: number): number {
	return (LEVELS_AT_WHITE / greyLevels) ** 2;
}

/** Interleaved values 0..255, not rounded, by the sRGB curve or `light^(1/gamma)`. Light outside 0..1 is clipped. */
export function displayed({ light }: LightPicture, gamma?: number): Float32Array {
	const area = light.length / 3;
	const values = new Float32Array(light.length);
	for (let c = 0; c < 3; c++) {
		for (let i = 0; i < area; i++) {
			const seen = light[c * area + i]!;
			values[3 * i + c] =
				gamma === undefined ? valueOfLight(seen) : 255 * Math.min(1, Math.max(0, seen)) ** (1 / gamma);
		}
	}
	return values;
}

/** Adds noise of one deviation, in grey levels, to stored values: all that is known of a camera nobody has measured. */
export function addNoise(values: Float32Array, deviation: number, random: Random): void {
	const normal = normalStream(random);
	for (let i = 0; i < values.length; i++) values[i] = values[i]! + deviation * normal();
}

/** Unsharp masking: adds `amount` times what a 3x3 binomial filter takes away. The outermost pixels stay. */
export function sharpened(values: Float32Array, widthPx: number, heightPx: number, amount: number): Float32Array {
	const result = values.slice();
	const row = 3 * widthPx;
	for (let y = 1; y < heightPx - 1; y++) {
		for (let i = y * row + 3; i < (y + 1) * row - 3; i++) {
			const edges = values[i - 3]! + values[i + 3]! + values[i - row]! + values[i + row]!;
			const corners = values[i - row - 3]! + values[i - row + 3]! + values[i + row - 3]! + values[i + row + 3]!;
			result[i] = values[i]! + amount * (values[i]! - (4 * values[i]! + 2 * edges + corners) / 16);
		}
	}
	return result;
}

/** Values as bytes, rounded and clipped. */
export function rounded(values: Float32Array): Uint8Array<ArrayBuffer> {
	return new Uint8Array(Uint8ClampedArray.from(values).buffer);
}

function eachChannel(
	picture: LightPicture,
	change: (light: number, channel: number, pixel: number) => number,
): LightPicture {
	const area = picture.widthPx * picture.heightPx;
	const light = new Float32Array(picture.light.length);
	for (let c = 0; c < 3; c++) {
		for (let i = 0; i < area; i++) light[c * area + i] = change(picture.light[c * area + i]!, c, i);
	}
	return { ...picture, light };
}

/** Normal numbers, drawn once: noise is read from them at random places, which is much cheaper than drawing each. */
const normals = Float32Array.from(
	{ length: 1 << 16 },
	(
		(random) => () =>
			random.normal()
	)(seededRandom(0x5eed)),
);
const RUN = 1024;

function normalStream(random: Random): () => number {
	let [at, end] = [0, 0];
	return () => {
		if (at === end) {
			at = random.below(normals.length - RUN);
			end = at + RUN;
		}
		return normals[at++]!;
	};
}
