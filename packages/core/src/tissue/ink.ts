/**
 * Pen marks: the colours of marker ink that no common stain has at tens of pixels a place.
 * @module
 */
import { connectedRegions, erode, type GridSize, grownFrom, keepRegions } from './grid.ts';

/** Optical densities of a grid, one array a channel. */
export type Densities = readonly [red: Float32Array, green: Float32Array, blue: Float32Array];

/** More ink than this on a picture without glass is its stain or its lamp, not a pen. */
const MOST_INK_WITHOUT_GLASS = 0.4;
/** Anything smaller is a clot or a speck of dye, not a pen mark; level-0 px², a square of 128. */
const SMALLEST_MARK_PX = 128 * 128;
/** Ink this much paler than a full stroke still counts where it joins one. */
const PALE = 0.45;
/** A stroke out of focus has a pale or mixed rim: where this part of a region is ink … */
const INKY = 0.3;
/** … and this part is ink or near its hue, all of the region is pen. */
const MOSTLY_INKY = 0.6;
/** Mean density from which a place belongs to a rim. */
const LEAST_RIM_DENSITY = 0.02;

/**
 * 1 where a pen or other opaque dirt covers the slide. Dark places must look like ink; paler ones joined to them must
 * only have its hue.
 * @param fill 1 where nothing was scanned: black fill is no ink.
 * @param placeArea Level-0 px² of a place.
 */
export function findInk(
	densities: Densities,
	fill: Uint8Array,
	size: GridSize,
	placeArea: number,
	glassFound: boolean,
): Uint8Array {
	const ink = findStrokes(densities, fill, size);
	if (!ink.includes(1)) return ink;
	const marks = keepRegions(connectedRegions(ink, size), (region) => region.size * placeArea >= SMALLEST_MARK_PX);
	const inked = marks.reduce((sum, flag) => sum + flag, 0);
	if (inked === 0 || (!glassFound && inked > MOST_INK_WITHOUT_GLASS * marks.length)) return marks.fill(0);
	return withRims(marks, densities, fill, size);
}

/**
 * Whether densities are those of an ink, `scale` 1 for a full stroke. The ratios keep stains out: haematoxylin absorbs
 * green at least as much as red, eosin and blood absorb little blue for their green, and every stain in use leaves red
 * or blue brighter than green. Tuned on pen marks and on 170 sharp fields of H&E, PAS, IHC and blood, none of which has
 * any.
 */
function looksLikeInk(r: number, g: number, b: number, scale: number): boolean {
	// Green: red is absorbed most, green least.
	if (r > 0.15 * scale && g < r - 0.06 * scale && g < b + 0.04 && r > b) return true;
	// Red: green and blue are absorbed alike, red hardly.
	if (g > 0.55 * scale && b > 0.62 * g && r < 0.35 * g) return true;
	// Blue: red is absorbed much more than green, blue hardly.
	if (r > 0.5 * scale && r > 1.3 * g && b < 0.5 * r) return true;
	// Black, and inks over each other: nothing gets through.
	return r > 0.6 + 0.15 * scale && g > 0.6 + 0.15 * scale && b > 0.6 + 0.15 * scale;
}

/** Wide strokes and the paler ink joined to them. */
function findStrokes([red, green, blue]: Densities, fill: Uint8Array, size: GridSize): Uint8Array {
	const strong = new Uint8Array(red.length);
	const weak = new Uint8Array(red.length);
	for (let i = 0; i < red.length; i++) {
		const r = red[i]!;
		const g = green[i]!;
		const b = blue[i]!;
		if (fill[i] || !looksLikeInk(r, g, b, PALE)) continue;
		weak[i] = 1;
		if (looksLikeInk(r, g, b, 1)) strong[i] = 1;
	}
	if (!strong.includes(1)) return strong;
	// A stroke is much wider than five places; red blood and folds have only grains of its colour.
	const seeds = erode(erode(weak, size), size);
	for (let i = 0; i < seeds.length; i++) seeds[i] = seeds[i]! & strong[i]!;
	return grownFrom(seeds, weak, size);
}

/** Adds the rims of strokes: whole regions of dark places that are ink for the most part. */
function withRims(ink: Uint8Array, [red, green, blue]: Densities, fill: Uint8Array, size: GridSize): Uint8Array {
	const isDark = (i: number) => !fill[i] && red[i]! + green[i]! + blue[i]! > 3 * LEAST_RIM_DENSITY;
	const dark = ink.map((is, i) => Number(is || isDark(i)));
	const regions = connectedRegions(dark, size);
	const inked = new Int32Array(regions.list.length);
	const like = new Int32Array(regions.list.length);
	for (let i = 0; i < ink.length; i++) {
		const label = regions.labels[i]!;
		if (label < 0) continue;
		if (ink[i]) inked[label] = inked[label]! + 1;
		else if (blue[i]! > 0.6 * green[i]! || red[i]! > 1.3 * green[i]!) like[label] = like[label]! + 1;
	}
	const whole = keepRegions(
		regions,
		({ size: places }, i) => inked[i]! >= INKY * places && inked[i]! + like[i]! >= MOSTLY_INKY * places,
	);
	return ink.map((is, i) => is | whole[i]!);
}
