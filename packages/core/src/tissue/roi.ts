/**
 * A region of interest or a tissue mask of the user's own, as a grid over the slide.
 * @module
 */
import { ArgumentError } from '../errors.ts';
import type { RgbImage } from '../image/pixels.ts';
import { polygonsFromGeoJson } from './geojson.ts';
import type { GridSize } from './grid.ts';
import { fillPolygons } from './polygons.ts';
import { TISSUE_CLASS, type TissueMask } from './tissue-mask.ts';

/** Longer side of the grid a region is drawn on. */
const GRID_PX = 2048;
/** A picture's sides may differ from the slide's proportions this much, beside one pixel of rounding. */
const PROPORTION = 0.02;

/**
 * The inside of all polygons of a GeoJSON text or object (Polygon, MultiPolygon, GeometryCollection, Feature,
 * FeatureCollection or a list of features; holes count; other geometries are passed over), in level-0 pixels as QuPath
 * exports them.
 * @param slideSize Size of level 0.
 * @throws {FormatError} when it is not GeoJSON, holds no polygon or breaks a bound
 * @throws {ArgumentError} when nothing of it lies on the slide
 */
export function roiFromGeoJson(geoJson: unknown, slideSize: GridSize): TissueMask {
	const polygons = polygonsFromGeoJson(geoJson);
	const grid = gridOver(slideSize);
	const classes = fillPolygons(polygons, grid);
	if (!classes.includes(TISSUE_CLASS.tissue)) {
		throw new ArgumentError(
			'roi',
			'The region of interest lies outside the slide or is too small. Its coordinates must be full-resolution pixels.',
		);
	}
	return { ...grid, classes, source: 'roi' };
}

/**
 * The inside of a mask picture of the whole slide, at any scale: every pixel that is not black.
 * @param slideSize Size of level 0.
 * @throws {ArgumentError} when the picture's proportions are not the slide's, or it is black
 */
export function roiFromMask({ data, widthPx, heightPx }: RgbImage, slideSize: GridSize): TissueMask {
	const expected = (widthPx * slideSize.heightPx) / slideSize.widthPx;
	if (Math.abs(heightPx - expected) > 1 + PROPORTION * expected) {
		const sizes = `${widthPx} x ${heightPx} beside ${slideSize.widthPx} x ${slideSize.heightPx}`;
		throw new ArgumentError(
			'roi',
			`The mask does not have the slide's proportions (${sizes}). It must show the whole slide.`,
		);
	}
	const factor = Math.max(1, Math.floor(Math.max(widthPx, heightPx) / GRID_PX));
	const grid = {
		widthPx: Math.ceil(widthPx / factor),
		heightPx: Math.ceil(heightPx / factor),
		downsampleX: (slideSize.widthPx / widthPx) * factor,
		downsampleY: (slideSize.heightPx / heightPx) * factor,
	};
	const classes = new Uint8Array(grid.widthPx * grid.heightPx);
	for (let y = 0, i = 0; y < grid.heightPx; y++) {
		const row = Math.min(heightPx - 1, y * factor + (factor >> 1)) * widthPx;
		for (let x = 0; x < grid.widthPx; x++, i++) {
			const at = 3 * (row + Math.min(widthPx - 1, x * factor + (factor >> 1)));
			if (data[at]! | data[at + 1]! | data[at + 2]!) classes[i] = TISSUE_CLASS.tissue;
		}
	}
	if (!classes.includes(TISSUE_CLASS.tissue)) {
		throw new ArgumentError('roi', 'The mask is black everywhere, so there is nothing to assess.');
	}
	return { ...grid, classes, source: 'roi' };
}

function gridOver({ widthPx, heightPx }: GridSize) {
	const downsample = Math.max(1, Math.max(widthPx, heightPx) / GRID_PX);
	return {
		widthPx: Math.ceil(widthPx / downsample),
		heightPx: Math.ceil(heightPx / downsample),
		downsampleX: downsample,
		downsampleY: downsample,
	};
}
