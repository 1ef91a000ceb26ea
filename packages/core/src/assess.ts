/**
 * The one verb: from an open slide to an assessment.
 * @module
 */
import type { Assessment } from './assessment.ts';
import { buildAssessment } from './build-assessment.ts';
import type { Calibration } from './calibration/calibration.ts';
import { checkCalibrationModel, modeOf } from './calibration/check-model.ts';
import { ArgumentError, FormatError } from './errors.ts';
import { CELL_PX } from './focus/cells.ts';
import { createFocusModel } from './focus/create-focus-model.ts';
import type { FocusModel } from './focus/focus-model.ts';
import { DEFAULT_MODEL_NAME, loadShippedModel } from './focus/shipped-models.ts';
import type { RgbImage } from './image/pixels.ts';
import { type Coverage, coverPlaces } from './map/coverage.ts';
import { exactMap, planWindows } from './map/exact-map.ts';
import type { FocusMap } from './map/focus-map.ts';
import { measureInThread } from './map/in-thread-measurer.ts';
import type { Measurer, UnreadableTile } from './map/measure.ts';
import { poolMap } from './map/pool-map.ts';
import { tilesUnder } from './map/reading.ts';
import { cellPlaces, tilesWithTissue } from './map/tile-selection.ts';
import { calibratedConversion, type UnitConversion, unitConversion } from './map/units.ts';
import type { Level, Slide } from './slide/slide.ts';
import { readThumbnail } from './slide/thumbnail.ts';
import { findTissue } from './tissue/find-tissue.ts';
import type { TissueMask } from './tissue/tissue-mask.ts';
import { judge } from './verdict/judge.ts';
import type { Policy } from './verdict/policy.ts';
import { DEFAULT_POLICY } from './verdict/presets.ts';

/** What `assess` is working on: looking for tissue, measuring tiles (or windows), drawing the map and judging it. */
export type AssessPhase = 'tissue' | 'measure' | 'judge';

/** What to assess with. */
export interface AssessOptions {
	/** Default: the one that comes with the library (`DEFAULT_MODEL_NAME`). */
	readonly model?: FocusModel;
	/** Default: the preset `routine`. */
	readonly policy?: Policy;
	/** What the model's scores mean on this scanner; map and verdict are in its unit. Default: what the model itself says. */
	readonly calibration?: Calibration;
	/** `exact`: the published windows, for parity. Models without a fast path are always exact. Default `fast`. */
	readonly mode?: 'fast' | 'exact';
	/** Only what lies inside counts, and counts as tissue unless it is bare glass, flat, or under a pen mark. */
	readonly roi?: TissueMask;
	/** Default: in this thread. */
	readonly measurer?: Measurer;
	/** What reads the slide, for the record. Default `parfocal`. */
	readonly reader?: string;
	readonly signal?: AbortSignal;
	/** Called at the start and end of each phase and now and then between. */
	readonly onProgress?: (phase: AssessPhase, done: number, total: number) => void;
}

/** The same, with the model chosen. */
export interface SettledOptions extends AssessOptions {
	readonly model: FocusModel;
}

/** An assessment and what it was made from. */
export interface AssessmentResult {
	readonly assessment: Assessment;
	readonly map: FocusMap;
	readonly mask: TissueMask;
	/** The whole slide, at most 2048 px a side. */
	readonly thumbnail: RgbImage;
	/** Milliseconds a phase; kept apart because they are all that differs between runs. */
	readonly timings: Readonly<Record<AssessPhase, number>>;
}

/**
 * Assesses a slide: finds the tissue, measures its tiles, draws the focus map and judges it by a policy. Corrupt tiles
 * leave holes in the map and are counted.
 * @throws {ReadError} when the slide can no longer be read
 * @throws {FormatError} when its thumbnail cannot be made or it is larger than any slide
 * @throws {ArgumentError} when the calibration is that of another model
 * @throws the signal's reason when cancelled
 * @example
 * ```ts
 * const { assessment } = await assess(slide, { policy: policyNamed('strict') });
 * console.log(assessment.sentence); // Rescan: 12 % of the tissue, 31 mm², is clearly out of focus, mostly upper left.
 * ```
 */
export async function assess(slide: Slide, asked: AssessOptions = {}): Promise<AssessmentResult> {
	const { policy = DEFAULT_POLICY, calibration, roi, signal, onProgress } = asked;
	const model = asked.model ?? createFocusModel(await loadShippedModel(DEFAULT_MODEL_NAME));
	const options: SettledOptions = { ...asked, model };
	if (calibration) checkCalibrationModel(calibration, model, asked.mode);
	const level = checkedLevel(slide);
	signal?.throwIfAborted();
	const clock = stopwatch();

	onProgress?.('tissue', 0, 1);
	const thumbnail = await readThumbnail(slide, thumbnailSidePx(slide), signal ? { signal } : {});
	// Tiles that cannot be read in level 0 are holes to report; in a smaller level they say nothing about level 0.
	const mask = findTissue(thumbnail, roi, thumbnail.level === 0 ? thumbnail.holes : []);
	onProgress?.('tissue', 1, 1);
	const tissue = clock();

	const mode = modeOf(model, options.mode);
	const conversion = calibration ? calibratedConversion(calibration) : unitConversion(model.unit, slide.mpp);
	const mapped = await (mode === 'fast' ? mapFast : mapExact)(slide, level, mask, conversion, options);
	const measure = clock();

	onProgress?.('judge', 0, 1);
	const tiles = { total: mapped.asked, unreadable: mapped.unreadable.length };
	const verdict = judge({ map: mapped.map, mask, slide, model, tiles, ...(calibration && { calibration }) }, policy);
	const assessment = await buildAssessment({
		slide,
		options,
		policy,
		mode,
		mask,
		conversion,
		verdict,
		overviewHoles: thumbnail.level === 0 ? 0 : thumbnail.unreadableTiles,
		...mapped,
	});
	onProgress?.('judge', 1, 1);
	return {
		assessment,
		map: mapped.map,
		mask,
		thumbnail: thumbnail.image,
		timings: { tissue, measure, judge: clock() },
	};
}

/** A map and what was read for it. */
export interface Mapped {
	readonly map: FocusMap;
	/** Tiles of level 0 that were to be read. */
	readonly asked: number;
	readonly unreadable: readonly UnreadableTile[];
}

async function mapFast(
	slide: Slide,
	level: Level,
	mask: TissueMask,
	conversion: UnitConversion,
	{ model, measurer = measureInThread, signal, onProgress }: SettledOptions,
): Promise<Mapped> {
	const places = cellPlaces(level);
	const coverage: Coverage = coverPlaces(mask, places, level);
	const tiles = tilesWithTissue(coverage, places, level);
	onProgress?.('measure', 0, tiles.length);
	const measurement = await measurer.cells({ slide, model, tiles, ...watched(signal, onProgress) });
	const map = poolMap(model, measurement, coverage, places, level, conversion);
	return { map, asked: tiles.length, unreadable: measurement.unreadable };
}

async function mapExact(
	slide: Slide,
	level: Level,
	mask: TissueMask,
	conversion: UnitConversion,
	{ model, measurer = measureInThread, signal, onProgress }: SettledOptions,
): Promise<Mapped> {
	const plan = planWindows(model, mask, level);
	onProgress?.('measure', 0, plan.origins.length);
	const request = { slide, model, windows: plan.origins, ...watched(signal, onProgress) };
	const measurement = await measurer.windows(request);
	const map = exactMap(model, plan, measurement, level, conversion);
	const { windowPx } = model;
	const asked = new Set<number>();
	for (const origin of plan.origins) {
		const rect = { ...origin, widthPx: windowPx, heightPx: windowPx };
		for (const { column, row } of tilesUnder(rect, level)) asked.add(row * level.columns + column);
	}
	return { map, asked: asked.size, unreadable: measurement.unreadable };
}

function watched(signal: AbortSignal | undefined, onProgress: AssessOptions['onProgress']) {
	return {
		...(signal && { signal }),
		...(onProgress && { onProgress: (done: number, total: number) => onProgress('measure', done, total) }),
	};
}

/** More map places than this (a slide of 262,144 px square) is a header gone wrong, not a slide. */
const MOST_PLACES = 2 ** 24;

function checkedLevel(slide: Slide): Level {
	const level = slide.levels[0];
	if (level === undefined) throw new ArgumentError('slide', `The slide ${slide.name} has no levels.`);
	const places = Math.ceil(level.widthPx / CELL_PX) * Math.ceil(level.heightPx / CELL_PX);
	if (places > MOST_PLACES) {
		const size = `${level.widthPx} x ${level.heightPx}`;
		throw new FormatError(
			'slide',
			'too-large',
			`The slide ${slide.name} claims ${size} pixels, more than can be mapped.`,
		);
	}
	return level;
}

/** A level of more pixels than this is not read for an overview when a smaller one will do. */
const CHEAP_LEVEL_PX = 2 ** 22;
/** Level-0 pixels that a place of the mask may cover at most. */
const COARSEST_PX = 64;

/**
 * The size to look for tissue at: the smallest level that makes a picture worth showing (1024 px), or, when that one is
 * costly, the smallest that is good enough for a mask (512 px). Never finer than 2048 px.
 */
function thumbnailSidePx({ levels }: Slide): number {
	const sides = levels.map(({ widthPx, heightPx }) => Math.max(widthPx, heightPx));
	const coarsest = sides[0]! / COARSEST_PX;
	const shown = sides.findLastIndex((side) => side >= Math.max(1024, coarsest));
	const enough = sides.findLastIndex((side) => side >= Math.max(512, coarsest));
	const { widthPx, heightPx } = levels[Math.max(0, shown)]!;
	const index = widthPx * heightPx > CHEAP_LEVEL_PX ? enough : shown;
	return Math.min(2048, sides[Math.max(0, index)]!);
}

function stopwatch(): () => number {
	let last = performance.now();
	return () => {
		const now = performance.now();
		const elapsed = now - last;
		last = now;
		return Math.round(elapsed * 10) / 10;
	};
}
