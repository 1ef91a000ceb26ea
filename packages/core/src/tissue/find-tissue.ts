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
 * @example
 * ```ts
 * const mask = findTissue({ image, downsampleX: 39.1, downsampleY: 39.1 });
 * ```
 */
export function findTissue({ image, downsampleX, downsampleY }: ScaledImage): TissueMask {
	const longestPx = Math.max(image.widthPx * downsampleX, image.heightPx * downsampleY);
	const target = longestPx < SMALL_PX ? SMALL_PLACE_PX : PLACE_PX;
	const factor = Math.max(1, Math.round(target / Math.max(downsampleX, downsampleY)));
	const small = shrink(image, factor);
	const placeArea = factor * factor * downsampleX * downsampleY;
	return {
		widthPx: small.widthPx,
		heightPx: small.heightPx,
		downsampleX: downsampleX * factor,
		downsampleY: downsampleY * factor,
		classes: classify(small, placeArea),
		source: 'detected',
	};
}

function classify(image: FloatRgb, placeArea: number): Uint8Array {
	const glass = estimateGlass(image);
	const densities = opticalDensities(image, glass);
	const strength = stainStrength(densities);
	const fill = image.channels[0].map((r, i) => Number(isFill(r, image.channels[1][i]!, image.channels[2][i]!)));
	const ink = findInk(densities, image, glass.found);
	const stained = stainedRegions(strength, fill, ink, glass, image, placeArea);
	const lumens = smallHoles(stained, fill, ink, image, placeArea);
	const flat = findFlat(densities, stained, glass.noise, image);
	return stained.map((tissue, i) => {
		if (ink[i] && !fill[i]) return TISSUE_CLASS.penMark;
		if (tissue) return flat[i] ? TISSUE_CLASS.littleTexture : TISSUE_CLASS.tissue;
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

/** Hysteresis, without dust, scratches and coverslip edges. */
function stainedRegions(
	strength: Float32Array,
	fill: Float32Array,
	ink: Uint8Array,
	glass: Glass,
	size: GridSize,
	placeArea: number,
): Uint8Array {
	const least = LEAST_DENSITY + 3 * glass.noise;
	const certain = CERTAIN_DENSITY + 6 * glass.noise;
	const inside = new Uint8Array(strength.length);
	for (let i = 0; i < inside.length; i++) inside[i] = Number(strength[i]! >= least && !fill[i] && !ink[i]);
	// What a 3x3 erosion takes away wholly is thinner than tissue can be: hairs, scratches, the coverslip's edge.
	const seeds = erode(inside, size);
	for (let i = 0; i < seeds.length; i++) seeds[i] = Number(seeds[i] && strength[i]! >= certain);
	const tissue = grownFrom(seeds, inside, size);
	for (const region of connectedRegions(tissue, size)) {
		if (region.indices.length * placeArea >= DUST_AREA_PX) continue;
		for (const index of region.indices) tissue[index] = 0;
	}
	return tissue;
}

/** 1 in holes of the tissue that are too small to be glass beside it. */
function smallHoles(
	tissue: Uint8Array,
	fill: Float32Array,
	ink: Uint8Array,
	size: GridSize,
	placeArea: number,
): Uint8Array {
	const outside = tissue.map((inside, i) => Number(!inside && !ink[i] && !fill[i]));
	const holes = new Uint8Array(tissue.length);
	for (const region of connectedRegions(outside, size, 4)) {
		if (region.touchesEdge || region.indices.length * placeArea > LUMEN_AREA_PX) continue;
		for (const index of region.indices) holes[index] = 1;
	}
	return holes;
}
