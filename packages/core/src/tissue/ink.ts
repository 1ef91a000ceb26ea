/**
 * Pen marks: the colours of marker ink that no common stain has at tens of pixels a place.
 * @module
 */
import { type GridSize, grownFrom } from './grid.ts';

/** Optical densities of a grid, one array a channel. */
export type Densities = readonly [red: Float32Array, green: Float32Array, blue: Float32Array];

/** More ink than this on a picture without glass is its stain or its lamp, not a pen. */
const MOST_INK_WITHOUT_GLASS = 0.4;

/**
 * 1 where a pen or other opaque dirt covers the slide. Dark places must look like ink; paler ones joined to them must
 * only have its hue.
 */
export function findInk(densities: Densities, size: GridSize, glassFound: boolean): Uint8Array {
	const ink = new Uint8Array(densities[0].length);
	let count = 0;
	for (const looksLike of INKS) {
		const strong = new Uint8Array(ink.length);
		const weak = new Uint8Array(ink.length);
		for (let i = 0; i < ink.length; i++) {
			const r = densities[0][i]!;
			const g = densities[1][i]!;
			const b = densities[2][i]!;
			if (looksLike(r, g, b, 1)) strong[i] = 1;
			if (strong[i] || looksLike(r, g, b, 0.45)) weak[i] = 1;
		}
		const grown = grownFrom(strong, weak, size);
		for (let i = 0; i < ink.length; i++) {
			if (grown[i] && !ink[i]) {
				ink[i] = 1;
				count++;
			}
		}
	}
	if (!glassFound && count > MOST_INK_WITHOUT_GLASS * ink.length) ink.fill(0);
	return ink;
}

/**
 * Densities of the inks, `scale` 1 for a full stroke. The ratios keep stains out: haematoxylin absorbs green at least as
 * much as red, eosin and blood absorb little blue for their green, and every stain in use leaves red or blue brighter
 * than green. Tuned on pen marks and on 170 sharp fields of H&E, PAS, IHC and blood, none of which has any.
 */
const INKS: readonly ((r: number, g: number, b: number, scale: number) => boolean)[] = [
	// Green: red is absorbed most, green least.
	(r, g, b, scale) => r > 0.15 * scale && g < r - 0.06 * scale && g < b + 0.04 && r > b,
	// Red: green and blue are absorbed alike, red hardly.
	(r, g, b, scale) => g > 0.55 * scale && b > 0.62 * g && r < 0.35 * g,
	// Blue: red is absorbed much more than green, blue hardly.
	(r, g, b, scale) => r > 0.5 * scale && r > 1.3 * g && b < 0.5 * r,
	// Black, and inks over each other: nothing gets through.
	(r, g, b, scale) => Math.min(r, g, b) > 0.4 + 0.25 * scale,
];
