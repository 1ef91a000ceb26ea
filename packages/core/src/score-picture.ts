/**
 * One score for a whole picture: all of it counts, there is no tissue to find.
 * @module
 */
import { ArgumentError, FormatError } from './errors.ts';
import type { FocusModel, ScoredWindows } from './focus/focus-model.ts';
import type { RgbImage } from './image/pixels.ts';
import { measureInThread } from './map/in-thread-measurer.ts';
import type { Measurer } from './map/measure.ts';
import { poolMap } from './map/pool-map.ts';
import { tilesUnder } from './map/reading.ts';
import { cellPlaces } from './map/tile-selection.ts';
import type { Slide } from './slide/slide.ts';

/** How to score a picture. */
export interface ScorePictureOptions {
	/** `exact`: the published windows. Models without a fast path are always exact. Default `fast`. */
	readonly mode?: 'fast' | 'exact';
	/** For the fast mode; default: in this thread. */
	readonly measurer?: Measurer;
	readonly signal?: AbortSignal;
}

/** The score of a picture, in `model.unit`. */
export interface PictureScore {
	/** Mean over windows. */
	readonly score: number;
	/** Exact mode: the score of each window, row by row, and what else the model says of it. */
	readonly crops?: Float32Array;
	readonly certainty?: Float32Array;
	readonly probabilities?: ScoredWindows['probabilities'];
}

/** Exact mode holds the whole picture in memory. */
const MOST_EXACT_PX = 64e6;

/**
 * Scores level 0 of a picture.
 * @throws {FormatError} when a part of it cannot be decoded
 * @throws {ReadError} when it can no longer be read
 * @throws {ArgumentError} when exact mode is asked for a picture smaller than one window, or larger than 64 megapixels
 * @example
 * ```ts
 * const { score } = await scorePicture(await openSlide(file), model);
 * ```
 */
export async function scorePicture(
	slide: Slide,
	model: FocusModel,
	options: ScorePictureOptions = {},
): Promise<PictureScore> {
	const exact = options.mode === 'exact' || model.cells === undefined;
	return exact ? scoreExact(slide, model, options) : scoreFast(slide, model, options);
}

async function scoreExact(slide: Slide, model: FocusModel, options: ScorePictureOptions): Promise<PictureScore> {
	const { signal } = options;
	const image = await readWhole(slide, options);
	const { score, scores, certainty, probabilities } = await model.scoreWindows(image, signal ? { signal } : {});
	return { score, crops: scores, ...(certainty && { certainty }), ...(probabilities && { probabilities }) };
}

/**
 * Level 0 of a picture as one image, for methods that look at all of it.
 * @throws {FormatError | ReadError} as `scorePicture`
 * @throws {ArgumentError} when it is larger than 64 megapixels
 * @example
 * ```ts
 * const sharpness = metricNamed('mlv').score(await readWhole(slide));
 * ```
 */
export async function readWhole(slide: Slide, { signal }: { readonly signal?: AbortSignal } = {}): Promise<RgbImage> {
	const { widthPx, heightPx } = slide.levels[0]!;
	if (widthPx * heightPx > MOST_EXACT_PX) {
		const size = `${widthPx} x ${heightPx}`;
		throw new ArgumentError(
			'mode',
			`${slide.name} is too large to be scored exactly as one picture (${size}). Scan it.`,
		);
	}
	return slide.readRegion(0, { x: 0, y: 0, widthPx, heightPx }, signal ? { signal } : {});
}

async function scoreFast(
	slide: Slide,
	model: FocusModel,
	{ measurer = measureInThread, signal }: ScorePictureOptions,
): Promise<PictureScore> {
	const level = slide.levels[0]!;
	const tiles = tilesUnder({ x: 0, y: 0, widthPx: level.widthPx, heightPx: level.heightPx }, level);
	const measurement = await measurer.cells({ slide, model, tiles, ...(signal && { signal }) });
	const [corrupt] = measurement.unreadable;
	if (corrupt) throw new FormatError('picture', 'corrupt', `${slide.name} is damaged: ${corrupt.message}`);
	const places = cellPlaces(level);
	const count = places.columns * places.rows;
	// Every place is assessable (code 0) and full.
	const coverage = { validity: new Uint8Array(count), tissueFraction: new Float32Array(count).fill(1) };
	const map = poolMap(model, measurement, coverage, places, level, { unit: model.unit, convert: (value) => value });
	const values = map.values.filter((value) => Number.isFinite(value));
	if (values.length === 0) {
		throw new ArgumentError('slide', `${slide.name} is too small to be scored (${level.widthPx} x ${level.heightPx}).`);
	}
	return { score: values.reduce((sum, value) => sum + value, 0) / values.length };
}
