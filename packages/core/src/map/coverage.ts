/**
 * What lies under each place of a map: how much tissue, and whether it can be judged.
 * @module
 */
import type { GridSize } from '../tissue/grid.ts';
import { TISSUE_CLASS, type TissueMask } from '../tissue/tissue-mask.ts';
import { VALIDITY } from './focus-map.ts';

/** A grid of squares on level 0: `sizePx` wide, every `stepPx` from the origin; cut by the slide's edges. */
export interface Places {
	readonly originXPx: number;
	readonly originYPx: number;
	readonly stepPx: number;
	readonly sizePx: number;
	readonly columns: number;
	readonly rows: number;
}

/** What lies under each place, row-major. */
export interface Coverage {
	/** Part of the whole place that is tissue (with or without texture), 0..1. */
	readonly tissueFraction: Float32Array;
	/** Codes of `VALIDITY`; never `unreadable`, which only reading can tell. */
	readonly validity: Uint8Array;
}

/** A place is called what at least half of it, within the slide, is … */
const MAJORITY = 0.5;
/** … but is judged only when this much of it is tissue or its lumens: glass in it would look like blur. */
const SOLID = 0.75;

/**
 * Looks up every place in the mask. Areas are exact, whatever the two grids' steps.
 * @param slideSize Size of level 0.
 */
export function coverPlaces(mask: TissueMask, places: Places, slideSize: GridSize): Coverage {
	const tissue = areas(mask, TISSUE_CLASS.tissue, places, slideSize);
	const flat = areas(mask, TISSUE_CLASS.littleTexture, places, slideSize);
	const pen = areas(mask, TISSUE_CLASS.penMark, places, slideSize);
	const whole = places.sizePx * places.sizePx;
	const validity = new Uint8Array(tissue.length);
	const tissueFraction = new Float32Array(tissue.length);
	const widths = new Float64Array(places.columns);
	for (let column = 0; column < places.columns; column++) {
		widths[column] = overlap(places.originXPx + column * places.stepPx, places.sizePx, slideSize.widthPx);
	}
	for (let row = 0, i = 0; row < places.rows; row++) {
		const high = overlap(places.originYPx + row * places.stepPx, places.sizePx, slideSize.heightPx);
		for (let column = 0; column < places.columns; column++, i++) {
			tissueFraction[i] = Math.min(1, (tissue[i]! + flat[i]!) / whole);
			validity[i] = validityOf(tissue[i]!, flat[i]!, pen[i]!, widths[column]! * high);
		}
	}
	return { tissueFraction, validity };
}

function validityOf(tissue: number, flat: number, pen: number, all: number): number {
	if (all === 0 || tissue + flat + pen < MAJORITY * all) return VALIDITY.background;
	if (tissue >= MAJORITY * all && tissue + flat >= SOLID * all) return VALIDITY.assessable;
	if (pen >= tissue && pen >= flat) return VALIDITY.penMark;
	return flat >= tissue ? VALIDITY.littleTexture : VALIDITY.background;
}

function overlap(startPx: number, sizePx: number, limitPx: number): number {
	return Math.max(0, Math.min(startPx + sizePx, limitPx) - Math.max(0, startPx));
}

/** Area of one class under each place, level-0 px², from the class's integral image read between its corners. */
function areas(mask: TissueMask, wanted: number, places: Places, slideSize: GridSize): Float32Array {
	const out = new Float32Array(places.columns * places.rows);
	const integral = integralImage(mask, wanted);
	if (integral === undefined) return out;
	const stride = mask.widthPx + 1;
	const columns = edges(places.originXPx, places.columns, places, slideSize.widthPx, mask.downsampleX, mask.widthPx);
	const rows = edges(places.originYPx, places.rows, places, slideSize.heightPx, mask.downsampleY, mask.heightPx);
	const at = (x: number, y: number) => {
		const column = Math.min(mask.widthPx - 1, Math.floor(x));
		const row = Math.min(mask.heightPx - 1, Math.floor(y));
		const fx = x - column;
		const fy = y - row;
		const i = row * stride + column;
		const upper = integral[i]! * (1 - fx) + integral[i + 1]! * fx;
		const lower = integral[i + stride]! * (1 - fx) + integral[i + stride + 1]! * fx;
		return upper * (1 - fy) + lower * fy;
	};
	const unit = mask.downsampleX * mask.downsampleY;
	for (let row = 0, i = 0; row < places.rows; row++) {
		const top = rows[2 * row]!;
		const bottom = rows[2 * row + 1]!;
		let lastRight = -1;
		let lowerRight = 0;
		let upperRight = 0;
		for (let column = 0; column < places.columns; column++, i++) {
			const left = columns[2 * column]!;
			const right = columns[2 * column + 1]!;
			// Where places join, the left corners are the right ones of the place before.
			const joins = left === lastRight;
			const lowerLeft = joins ? lowerRight : at(left, bottom);
			const upperLeft = joins ? upperRight : at(left, top);
			lowerRight = at(right, bottom);
			upperRight = at(right, top);
			lastRight = right;
			const area = lowerRight - lowerLeft - upperRight + upperLeft;
			// Interpolating large counts leaves a rounding error where there is nothing.
			out[i] = area < 1e-6 ? 0 : area * unit;
		}
	}
	return out;
}

/** Start and end of each place on one axis, in mask pixels, cut to the slide and the mask. */
function edges(
	originPx: number,
	count: number,
	{ stepPx, sizePx }: Places,
	slidePx: number,
	downsample: number,
	maskPx: number,
): Float64Array {
	const out = new Float64Array(2 * count);
	const clamp = (px: number) => Math.min(maskPx, Math.max(0, Math.min(px, slidePx)) / downsample);
	for (let i = 0; i < count; i++) {
		out[2 * i] = clamp(originPx + i * stepPx);
		out[2 * i + 1] = clamp(originPx + i * stepPx + sizePx);
	}
	return out;
}

/** Counts of `wanted` above and left of each corner; undefined when the mask has none. */
function integralImage({ classes, widthPx, heightPx }: TissueMask, wanted: number): Uint32Array | undefined {
	if (!classes.includes(wanted)) return undefined;
	const stride = widthPx + 1;
	const integral = new Uint32Array(stride * (heightPx + 1));
	for (let y = 0; y < heightPx; y++) {
		let run = 0;
		for (let x = 0; x < widthPx; x++) {
			if (classes[y * widthPx + x] === wanted) run++;
			integral[(y + 1) * stride + x + 1] = integral[y * stride + x + 1]! + run;
		}
	}
	return integral;
}
