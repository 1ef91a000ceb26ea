/**
 * Finding tissue on a thumbnail.
 *
 * Everything is decided from averages over tens of level-0 pixels, where defocus leaves no trace: a slide that is
 * wholly blurred has the same tissue as a sharp one. Glass gives its own colour; tissue is what is darker or more
 * coloured than it.
 * @module
 */
import type { RectPx, RgbImage } from '../image/pixels.ts';
import { estimateGlass, type Glass, isFill } from './glass.ts';
import { connectedRegions, erode, type GridSize, grownFrom, keepRegions } from './grid.ts';
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
const CERTAIN_DENSITY = 0.03;
/** … and at least this everywhere; both grow with the noise of the glass. */
const LEAST_DENSITY = 0.018;
/** Deviation of density below which tissue is flat. */
const FLAT_DENSITY = 0.003;
/** The same for glass: what the best of it varies over a few places. */
const GLASS_DENSITY = 0.002;
/** Anything smaller is dust, level-0 px²: a square of 96. */
const DUST_AREA_PX = 96 * 96;
/** Holes up to this are lumens of the tissue (fat, ducts, vessels); larger ones are glass. A square of 768. */
const LUMEN_AREA_PX = 768 * 768;

/**
 * Classes of a slide's places, from its thumbnail (about 16-64 level-0 px a pixel, or finer).
 * @param roi When given, only places inside it are looked at, and all of them count as tissue (however pale or small) but
 * bare glass, pen marks and areas never scanned.
 * @param holes Where the thumbnail says nothing because its tiles could not be read, level-0 px. They count as tissue, so
 * that reading them is tried and reported.
 * @example
 * ```ts
 * const mask = findTissue({ image, downsampleX: 39.1, downsampleY: 39.1 });
 * ```
 */
export function findTissue(
	{ image, downsampleX, downsampleY }: ScaledImage,
	roi?: TissueMask,
	holes: readonly RectPx[] = [],
): TissueMask {
	const longestPx = Math.max(image.widthPx * downsampleX, image.heightPx * downsampleY);
	const target = longestPx < SMALL_PX ? SMALL_PLACE_PX : PLACE_PX;
	const factor = Math.max(1, Math.round(target / Math.max(downsampleX, downsampleY)));
	const small = shrink(image, factor);
	const { widthPx, heightPx } = small;
	const grid = { widthPx, heightPx, downsampleX: downsampleX * factor, downsampleY: downsampleY * factor };
	const inside = roi && resampleRoi(roi, grid);
	const classes = classify(small, grid.downsampleX * grid.downsampleY, inside);
	for (const hole of holes) assumeTissue(classes, grid, hole, inside);
	return { ...grid, classes, source: roi ? 'roi' : 'detected' };
}

/** Makes the places whose middle lies in `rect` tissue, but not outside the region of interest. */
function assumeTissue(
	classes: Uint8Array,
	grid: Omit<TissueMask, 'classes' | 'source'>,
	rect: RectPx,
	roi: Uint8Array | undefined,
): void {
	const { widthPx, heightPx, downsampleX, downsampleY } = grid;
	const first = (startPx: number, downsample: number) => Math.max(0, Math.ceil(startPx / downsample - 0.5));
	const bottom = Math.min(heightPx, first(rect.y + rect.heightPx, downsampleY));
	const right = Math.min(widthPx, first(rect.x + rect.widthPx, downsampleX));
	for (let y = first(rect.y, downsampleY); y < bottom; y++) {
		for (let x = first(rect.x, downsampleX); x < right; x++) {
			const i = y * widthPx + x;
			if (!roi || roi[i]) classes[i] = TISSUE_CLASS.tissue;
		}
	}
}

function classify(image: FloatRgb, placeArea: number, roi: Uint8Array | undefined): Uint8Array {
	const glass = estimateGlass(image);
	const densities = opticalDensities(image, glass);
	const fill = fillPlaces(image);
	const ink = findInk(densities, fill, image, placeArea, glass.found);
	const blocked = new Uint8Array(ink.length);
	for (let i = 0; i < blocked.length; i++) blocked[i] = ink[i]! | fill[i]!;
	const stained = stainedPlaces(densities, blocked, glass);
	const tissue = roi ? stained.least : joined(stained, image, placeArea);
	const lumens = smallHoles(tissue, blocked, image, placeArea);
	const flat = findFlat(densities, tissue, Math.max(FLAT_DENSITY, Math.min(2 * glass.noise, 2 * FLAT_DENSITY)), image);
	const pale = roi && palePlaces(tissue, densities, blocked, glass, image, roi);
	const classes = new Uint8Array(tissue.length);
	for (let i = 0; i < classes.length; i++) {
		if (roi && !roi[i]) continue;
		if (ink[i]) classes[i] = TISSUE_CLASS.penMark;
		else if (tissue[i]) classes[i] = flat[i] ? TISSUE_CLASS.littleTexture : TISSUE_CLASS.tissue;
		else if (pale?.[i]) classes[i] = TISSUE_CLASS.tissue;
		else if (lumens[i]) classes[i] = TISSUE_CLASS.littleTexture;
	}
	return classes;
}

/** Steps a grey level is looked up in: averages have fractions, and a logarithm a place would cost more than all else. */
const STEPS = 16;

function opticalDensities(image: FloatRgb, glass: Glass): Densities {
	const densities = image.channels.map((channel, c) => {
		const white = glass.colour[c]! + 1;
		const table = new Float32Array(255 * STEPS + 1);
		// From the glass's own level on there is none.
		for (let i = 0; i < Math.min(table.length, white * STEPS); i++) {
			table[i] = Math.max(0, Math.log10(white / (i / STEPS + 1)));
		}
		const density = new Float32Array(channel.length);
		for (let i = 0; i < density.length; i++) density[i] = table[(channel[i]! * STEPS + 0.5) | 0]!;
		return density;
	});
	return densities as unknown as Densities;
}

/** 1 where nothing was scanned. */
function fillPlaces({ channels: [red, green, blue] }: FloatRgb): Uint8Array {
	const fill = new Uint8Array(red.length);
	for (let i = 0; i < fill.length; i++) if (isFill(red[i]!, green[i]!, blue[i]!)) fill[i] = 1;
	return fill;
}

/** Places that differ from glass at all, and those that certainly do. */
interface Stained {
	readonly least: Uint8Array;
	readonly certain: Uint8Array;
}

/** Tissue is darker than glass, or more coloured (which shading of the lamp is not). */
function stainedPlaces([red, green, blue]: Densities, blocked: Uint8Array, { noise }: Glass): Stained {
	const least = new Uint8Array(blocked.length);
	const certain = new Uint8Array(blocked.length);
	for (let i = 0; i < blocked.length; i++) {
		if (blocked[i]) continue;
		const r = red[i]!;
		const g = green[i]!;
		const b = blue[i]!;
		const strength = Math.max((r + g + b) / 3, 1.5 * (Math.max(r, g, b) - Math.min(r, g, b)));
		if (strength >= LEAST_DENSITY + 3 * noise) least[i] = 1;
		if (strength >= CERTAIN_DENSITY + 6 * noise) certain[i] = 1;
	}
	return { least, certain };
}

/** Stained places joined to certain ones, without dust, scratches and coverslip edges. */
function joined({ least, certain }: Stained, size: GridSize, placeArea: number): Uint8Array {
	// What a 3x3 erosion takes away wholly is thinner than tissue can be: hairs, scratches, the coverslip's edge.
	const seeds = erode(least, size);
	for (let i = 0; i < seeds.length; i++) seeds[i] = seeds[i]! & certain[i]!;
	return grownFrom(seeds, least, size, (region) => region.size * placeArea >= DUST_AREA_PX);
}

/** 1 inside a region of interest where it is too pale to count as stained, and yet not as even as glass. */
function palePlaces(
	stained: Uint8Array,
	densities: Densities,
	blocked: Uint8Array,
	{ noise }: Glass,
	size: GridSize,
	roi: Uint8Array,
): Uint8Array {
	const pale = new Uint8Array(stained.length);
	for (let i = 0; i < pale.length; i++) if (!stained[i] && roi[i] === 1 && !blocked[i]) pale[i] = 1;
	const even = findFlat(densities, pale, Math.max(GLASS_DENSITY, 3 * noise), size);
	for (let i = 0; i < pale.length; i++) if (even[i]) pale[i] = 0;
	return pale;
}

/** 1 in holes of the tissue that are too small to be glass beside it. */
function smallHoles(tissue: Uint8Array, blocked: Uint8Array, size: GridSize, placeArea: number): Uint8Array {
	const outside = new Uint8Array(tissue.length);
	for (let i = 0; i < outside.length; i++) outside[i] = (tissue[i]! | blocked[i]!) ^ 1;
	const regions = connectedRegions(outside, size, 4);
	return keepRegions(regions, (region) => !region.touchesEdge && region.size * placeArea <= LUMEN_AREA_PX);
}
