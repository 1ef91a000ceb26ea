/**
 * Finding tissue on a thumbnail.
 *
 * Everything is decided from averages over tens of level-0 pixels, where defocus leaves no trace: a slide that is
 * wholly blurred has the same tissue as a sharp one. Glass gives its own colour; tissue is what is darker or more
 * coloured than it.
 * @module
 */
import type { RgbImage } from '../image/pixels.ts';
import { estimateGlass, type Glass, isFill } from './glass.ts';
import { connectedRegions, erode, type GridSize, grownFrom } from './grid.ts';
import { type Densities, findInk } from './ink.ts';
import { resampleRoi } from './resample-roi.ts';
import { type FloatRgb, shrink } from './shrink.ts';
import { findFlat } from './texture.ts';
import { TISSUE_CLASS, type TissueMask } from './tissue-mask.ts';

/** A small picture of a slide and the level-0 pixels each of its pixels stands for. */
export interface ScaledImage {
	readonly image: RgbImage;
	readonly downsampleX: number;
	readonly downsampleY: number;
}

/** Level-0 pixels a place of the mask should average: enough to hide blur, few enough to follow a tissue's rim. */
const PLACE_PX = 32;
/** The same for pictures of less than `SMALL_PX` on their longer side. */
const SMALL_PLACE_PX = 16;
const SMALL_PX = 4096;

/** Joined tissue needs this density somewhere (mean of channels, or 1.5 x their spread) … */
const CERTAIN_DENSITY = 0.04;
/** … and at least this everywhere; both grow with the noise of the glass. */
const LEAST_DENSITY = 0.02;
/** Anything smaller is dust, level-0 px²: a square of 96. */
const DUST_AREA_PX = 96 * 96;
/** Holes up to this are lumens of the tissue (fat, ducts, vessels); larger ones are glass. A square of 768. */
const LUMEN_AREA_PX = 768 * 768;

/**
 * Classes of a slide's places, from its thumbnail (about 16-64 level-0 px a pixel, or finer).
 * @param roi When given, only places inside it are looked at, and all of them count as tissue (however pale or small) but
 * bare glass, pen marks and areas never scanned.
 * @example
 * ```ts
 * const mask = findTissue({ image, downsampleX: 39.1, downsampleY: 39.1 });
 * ```
 */
export function findTissue({ image, downsampleX, downsampleY }: ScaledImage, roi?: TissueMask): TissueMask {
	const longestPx = Math.max(image.widthPx * downsampleX, image.heightPx * downsampleY);
	const target = longestPx < SMALL_PX ? SMALL_PLACE_PX : PLACE_PX;
	const factor = Math.max(1, Math.round(target / Math.max(downsampleX, downsampleY)));
	const small = shrink(image, factor);
	const { widthPx, heightPx } = small;
	const grid = { widthPx, heightPx, downsampleX: downsampleX * factor, downsampleY: downsampleY * factor };
	const inside = roi && resampleRoi(roi, grid);
	const classes = classify(small, grid.downsampleX * grid.downsampleY, inside);
	return { ...grid, classes, source: roi ? 'roi' : 'detected' };
}

function classify(image: FloatRgb, placeArea: number, roi: Uint8Array | undefined): Uint8Array {
	const glass = estimateGlass(image);
	const densities = opticalDensities(image, glass);
	const ink = findInk(densities, image, placeArea, glass.found);
	const blocked = image.channels[0].map((r, i) =>
		Number(ink[i] || isFill(r, image.channels[1][i]!, image.channels[2][i]!)),
	);
	const stained = stainedPlaces(densities, blocked, glass);
	const tissue = roi
		? withPaleTissue(stained.least, densities, blocked, glass, image, roi)
		: joined(stained, image, placeArea);
	const lumens = smallHoles(tissue, blocked, image, placeArea);
	const flat = findFlat(densities, tissue, glass.noise, image);
	return tissue.map((isTissue, i) => {
		if (roi && !roi[i]) return TISSUE_CLASS.glass;
		if (ink[i]) return TISSUE_CLASS.penMark;
		if (isTissue) return flat[i] ? TISSUE_CLASS.littleTexture : TISSUE_CLASS.tissue;
		return lumens[i] ? TISSUE_CLASS.littleTexture : TISSUE_CLASS.glass;
	});
}

function opticalDensities(image: FloatRgb, glass: Glass): Densities {
	const densities = image.channels.map((channel, c) => {
		const white = glass.colour[c]! + 1;
		return channel.map((value) => Math.max(0, Math.log10(white / (value + 1))));
	});
	return densities as unknown as Densities;
}

/** How far from glass: darker, or more coloured (which shading of the lamp is not). */
function stainStrength([red, green, blue]: Densities): Float32Array {
	return red.map((r, i) => {
		const g = green[i]!;
		const b = blue[i]!;
		return Math.max((r + g + b) / 3, 1.5 * (Math.max(r, g, b) - Math.min(r, g, b)));
	});
}

/** Places that differ from glass at all, and those that certainly do. */
interface Stained {
	readonly least: Uint8Array;
	readonly certain: Uint8Array;
}

function stainedPlaces(densities: Densities, blocked: Float32Array, { noise }: Glass): Stained {
	const strength = stainStrength(densities);
	const above = (density: number) => Uint8Array.from(strength, (value, i) => Number(value >= density && !blocked[i]));
	return { least: above(LEAST_DENSITY + 3 * noise), certain: above(CERTAIN_DENSITY + 6 * noise) };
}

/** Stained places joined to certain ones, without dust, scratches and coverslip edges. */
function joined({ least, certain }: Stained, size: GridSize, placeArea: number): Uint8Array {
	// What a 3x3 erosion takes away wholly is thinner than tissue can be: hairs, scratches, the coverslip's edge.
	const thick = erode(least, size);
	const tissue = grownFrom(
		thick.map((inside, i) => inside & certain[i]!),
		least,
		size,
	);
	for (const region of connectedRegions(tissue, size)) {
		if (region.indices.length * placeArea >= DUST_AREA_PX) continue;
		for (const index of region.indices) tissue[index] = 0;
	}
	return tissue;
}

/** All that is stained inside a region of interest, and what is too pale for that but not as even as glass. */
function withPaleTissue(
	stained: Uint8Array,
	densities: Densities,
	blocked: Float32Array,
	{ noise }: Glass,
	size: GridSize,
	roi: Uint8Array,
): Uint8Array {
	const rest = stained.map((inside, i) => Number(!inside && roi[i] === 1 && !blocked[i]));
	const even = findFlat(densities, rest, noise, size);
	return stained.map((inside, i) => Number(roi[i] === 1 && (inside === 1 || (rest[i] === 1 && !even[i]))));
}

/** 1 in holes of the tissue that are too small to be glass beside it. */
function smallHoles(tissue: Uint8Array, blocked: Float32Array, size: GridSize, placeArea: number): Uint8Array {
	const outside = tissue.map((inside, i) => Number(!inside && !blocked[i]));
	const holes = new Uint8Array(tissue.length);
	for (const region of connectedRegions(outside, size, 4)) {
		if (region.touchesEdge || region.indices.length * placeArea > LUMEN_AREA_PX) continue;
		for (const index of region.indices) holes[index] = 1;
	}
	return holes;
}
