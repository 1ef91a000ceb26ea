/**
 * Pictures for tests of the tissue mask: painted at the mask's own scale, or read from the reference images.
 * @module
 */
import type { RgbImage } from '../../image/pixels.ts';
import { findTissue } from '../find-tissue.ts';
import { shrink } from '../shrink.ts';
import { TISSUE_CLASS, type TissueMask } from '../tissue-mask.ts';

/** Colours as scanners give them. */
export const PAINT = {
	glass: [243, 242, 240],
	tissue: [205, 120, 175],
	pale: [236, 222, 234],
	dark: [70, 30, 90],
	brown: [120, 80, 50],
	white: [255, 255, 255],
	black: [0, 0, 0],
	greenPen: [60, 170, 130],
	bluePen: [45, 75, 165],
	redPen: [205, 30, 50],
	blackPen: [28, 28, 30],
} as const satisfies Record<string, readonly [number, number, number]>;

/** A deterministic noise from -1 to 1. */
export function noise(x: number, y: number, seed = 0): number {
	let h = Math.imul(x + 374761393 * seed, 668265263) ^ Math.imul(y + 1442695041, 2246822519);
	h = Math.imul(h ^ (h >>> 13), 3266489917);
	return ((h ^ (h >>> 16)) >>> 0) / 2 ** 31 - 1;
}

/** An image from a function. */
export function paint(widthPx: number, heightPx: number, pixel: (x: number, y: number) => readonly number[]): RgbImage {
	const data = new Uint8Array(3 * widthPx * heightPx);
	for (let i = 0; i < widthPx * heightPx; i++) {
		const colour = pixel(i % widthPx, Math.floor(i / widthPx));
		for (let c = 0; c < 3; c++) data[3 * i + c] = Math.min(255, Math.max(0, Math.round(colour[c]!)));
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}

/** A colour with grain, in grey levels. */
export function grainy(colour: readonly number[], x: number, y: number, levels: number): readonly number[] {
	const change = levels * noise(x, y);
	return colour.map((value) => value + change);
}

/** The mask of an image painted at 32 level-0 px a pixel. */
export function maskOf(image: RgbImage, roi?: TissueMask): TissueMask {
	return findTissue({ image, downsampleX: 32, downsampleY: 32 }, roi);
}

/** How much of a mask each class is, 0..1. */
export function shares({ classes }: TissueMask): Record<keyof typeof TISSUE_CLASS, number> {
	const share = (code: number) => classes.reduce((sum, c) => sum + Number(c === code), 0) / classes.length;
	return {
		glass: share(TISSUE_CLASS.glass),
		tissue: share(TISSUE_CLASS.tissue),
		littleTexture: share(TISSUE_CLASS.littleTexture),
		penMark: share(TISSUE_CLASS.penMark),
	};
}

/** An image as the floats that the steps of the mask work on. */
export const floats = (image: RgbImage) => shrink(image, 1);
