/**
 * From scored and labelled tiles to a calibration, or a refusal in words.
 * @module
 */
import {
	type CalibratedUnit,
	type Calibration,
	type CalibrationThreshold,
	calibrate,
	type FocusModel,
	identifyCalibration,
} from '@parfocal/core';
import { groupedBootstrap, type Interval } from '../evaluate/bootstrap.ts';
import { spearman } from '../evaluate/metrics/correlation.ts';
import { refuseDisagreement, refuseTooFew } from './check-samples.ts';
import { chooseThreshold } from './choose-threshold.ts';
import { fitCurve, leastSamples } from './fit-curve.ts';

/** A tile with what the model and what the lab say of it. */
export interface CalibrationSample {
	/** As the model gives it, in its own direction. */
	readonly score: number;
	/** In the calibration's unit, growing with blur; 0 and 1 for in and out of focus. */
	readonly label: number;
	/** Tiles that resemble each other: a slide, a field. */
	readonly group?: string;
}

/** What to fit. */
export interface CalibrationRequest {
	readonly name: string;
	readonly model: Pick<FocusModel, 'name' | 'sha256' | 'higherMeans'>;
	readonly mode: 'fast' | 'exact';
	readonly source: Calibration['source'];
	/** Pixel size of the tiles, µm. */
	readonly mpp?: number | undefined;
	readonly unit: CalibratedUnit;
	/** The label from which a tile counts as out of focus. */
	readonly limit: number;
	/** Sensitivity that the threshold must reach, 0..1; Youden's index when not given. */
	readonly sensitivity?: number | undefined;
	/** What was said of the samples already, to be kept with the calibration. */
	readonly warnings?: readonly string[];
	/** Default 2000. */
	readonly draws?: number;
	/** Default 1; the same seed draws the same. */
	readonly seed?: number;
}

/** Of intervals. */
const CONFIDENCE = 0.95;

/** With fewer groups their draws say little, and tiles are drawn instead. */
const LEAST_GROUPS = 5;

/** Below this the figures are shaky, even though there are enough to fit at all. */
const ADVISED_SAMPLES = 30;

/** Weaker agreement than this is no base for single tiles. */
const ADVISED_SPEARMAN = 0.6;

/**
 * Fits a curve and a threshold, with intervals from drawing groups (or tiles) again. The same samples and seed give the
 * same calibration.
 * @throws {ArgumentError} for fewer than ten samples, too few of one class, labels that do not grow with blur or do so no
 * better than chance would
 * @example
 * ```ts
 * const { threshold } = await fitCalibration(samples, { name: 'scanner 3', model, mode: 'fast', source: 'labels', unit: 'defocusUm', limit: 1.5 });
 * ```
 */
export async function fitCalibration(
	samples: readonly CalibrationSample[],
	request: CalibrationRequest,
): Promise<Calibration> {
	const { name, model, mode, mpp, source, unit } = request;
	const sign = model.higherMeans === 'blurrier' ? 1 : -1;
	const labels = samples.map(({ label }) => label);
	const blur = samples.map(({ score }) => sign * score);
	refuseTooFew(samples, request);
	const { groups, warning } = drawnGroups(samples);
	const drawing = { groups, level: CONFIDENCE, draws: request.draws ?? 2000, seed: request.seed ?? 1 };
	const agreement = groupedBootstrap((at) => spearman(pick(blur, at), pick(labels, at)), drawing);
	refuseDisagreement(agreement);
	const curve = turned(fitCurve(blur, labels), sign);
	return identifyCalibration({
		schema: 'parfocal-calibration-1',
		name,
		model: { name: model.name, sha256: model.sha256, mode, higherMeans: model.higherMeans },
		...(mpp !== undefined && { mpp }),
		source,
		unit,
		curve,
		threshold: thresholdOf(blur, labels, sign, curve, request, drawing),
		samples: { count: samples.length, drawn: new Set(groups).size },
		agreement: { spearman: agreement.value, low: agreement.low, high: agreement.high },
		method: `Isotonic regression, at least ${leastSamples(samples.length)} tiles a point, straight lines between, flat beyond the ends.`,
		warnings: [...(request.warnings ?? []), ...warning, ...weaknesses(samples.length, agreement, mpp)],
	});
}

function thresholdOf(
	blur: readonly number[],
	labels: readonly number[],
	sign: 1 | -1,
	curve: Calibration['curve'],
	{ limit, sensitivity }: CalibrationRequest,
	drawing: Parameters<typeof groupedBootstrap>[1],
): CalibrationThreshold {
	const out = labels.map((label) => Number(label >= limit));
	const choose = (at: readonly number[]) => chooseThreshold(pick(blur, at), pick(out, at), sensitivity);
	const chosen = choose([...blur.keys()])!;
	const drawn = groupedBootstrap((at) => choose(at)?.blur ?? Number.NaN, drawing);
	// A percentile interval need not hold the figure itself.
	const ends = [sign * Math.min(drawn.low, chosen.blur), sign * Math.max(drawn.high, chosen.blur)];
	const score = sign * chosen.blur;
	return {
		limit,
		target: sensitivity === undefined ? 'youden' : 'sensitivity',
		...(sensitivity !== undefined && { targetSensitivity: sensitivity }),
		score,
		low: Math.min(...ends),
		high: Math.max(...ends),
		value: calibrate(curve, score),
		confidence: CONFIDENCE,
		draws: drawn.draws,
		sensitivity: chosen.sensitivity,
		specificity: chosen.specificity,
	};
}

/** Groups to draw; every tile for itself where there are no groups, or too few. */
function drawnGroups(samples: readonly CalibrationSample[]): { groups: (string | number)[]; warning: string[] } {
	const single = samples.map((_, i) => i);
	if (!samples.some(({ group }) => group !== undefined)) {
		const warning = 'No groups are named: intervals take tiles for independent, and are too narrow if they are not.';
		return { groups: single, warning: [warning] };
	}
	const groups = samples.map(({ group }, i) => group ?? i);
	const number = new Set(groups).size;
	if (number >= LEAST_GROUPS) return { groups, warning: [] };
	const few = number === 1 ? 'All tiles are of one group' : `There are ${number} groups only`;
	const warning = `${few}, too few to draw from: intervals take tiles for independent, and are too narrow for other slides.`;
	return { groups: single, warning: [warning] };
}

function weaknesses(count: number, { value }: Interval, mpp: number | undefined): string[] {
	return [
		...(mpp === undefined
			? ['The pixel size of the tiles was not said: slides of another pixel size will go unnoticed.']
			: []),
		...(count < ADVISED_SAMPLES
			? [`${count} tiles are few: ${ADVISED_SAMPLES} or more are advised, 50 are good.`]
			: []),
		...(value < ADVISED_SPEARMAN
			? [`Scores and labels agree weakly (Spearman ${value.toFixed(2)}): single tiles will often be misjudged.`]
			: []),
	];
}

/** A curve over blur as one over scores. */
function turned({ raw, value }: Calibration['curve'], sign: 1 | -1): Calibration['curve'] {
	return sign === 1 ? { raw, value } : { raw: raw.map((score) => 0 - score).reverse(), value: [...value].reverse() };
}

function pick(values: readonly number[], at: readonly number[]): number[] {
	return at.map((i) => values[i]!);
}
