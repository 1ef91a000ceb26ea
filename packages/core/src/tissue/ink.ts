/**
 * Pen marks: the colours of marker ink that no common stain has at tens of pixels a place.
 * @module
 */
import { connectedRegions, type GridSize, grownFrom } from './grid.ts';

/** Optical densities of a grid, one array a channel. */
export type Densities = readonly [red: Float32Array, green: Float32Array, blue: Float32Array];

/** More ink than this on a picture without glass is its stain or its lamp, not a pen. */
const MOST_INK_WITHOUT_GLASS = 0.4;

/** Anything smaller is a clot or a speck of dye, not a pen mark; level-0 px², a square of 128. */
const SMALLEST_MARK_PX = 128 * 128;
/** A stroke out of focus has a pale or mixed rim: where this part of a region is ink … */
const INKY = 0.3;
/** … and this part is ink or near its hue, all of the region is pen. */
const MOSTLY_INKY = 0.6;

/**
 * 1 where a pen or other opaque dirt covers the slide. Dark places must look like ink; paler ones joined to them must
 * only have its hue.
 * @param placeArea Level-0 px² of a place.
 */
export function findInk(densities: Densities, size: GridSize, placeArea: number, glassFound: boolean): Uint8Array {
	const ink = new Uint8Array(densities[0].length);
	for (const looksLike of INKS) {
		const matches = (scale: number) =>
			densities[0].map((r, i) => Number(looksLike(r, densities[1][i]!, densities[2][i]!, scale)));
		const weak = Uint8Array.from(matches(0.45));
		const grown = grownFrom(Uint8Array.from(matches(1)), weak, size);
		for (let i = 0; i < ink.length; i++) if (grown[i]) ink[i] = 1;
	}
	for (const { indices } of connectedRegions(ink, size)) {
		if (indices.length * placeArea < SMALLEST_MARK_PX) for (const i of indices) ink[i] = 0;
	}
	if (!glassFound && count(ink) > MOST_INK_WITHOUT_GLASS * ink.length) return ink.fill(0);
	return withRims(ink, densities, size);
}

/** Adds the rims of strokes: whole regions of dark places that are ink for the most part. */
function withRims(ink: Uint8Array, [red, green, blue]: Densities, size: GridSize): Uint8Array {
	if (!ink.includes(1)) return ink;
	const dark = ink.map((is, i) => Number(is || red[i]! + green[i]! + blue[i]! > 3 * LEAST_RIM_DENSITY));
	for (const { indices } of connectedRegions(dark, size)) {
		let inked = 0;
		let like = 0;
		for (const i of indices) {
			if (ink[i]) inked++;
			else if (blue[i]! > 0.6 * green[i]! || red[i]! > 1.3 * green[i]!) like++;
		}
		if (inked < INKY * indices.length || inked + like < MOSTLY_INKY * indices.length) continue;
		for (const i of indices) ink[i] = 1;
	}
	return ink;
}

const LEAST_RIM_DENSITY = 0.02;

const count = (flags: Uint8Array) => flags.reduce((sum, flag) => sum + flag, 0);

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
	(r, g, b, scale) => Math.min(r, g, b) > 0.6 + 0.15 * scale,
];
