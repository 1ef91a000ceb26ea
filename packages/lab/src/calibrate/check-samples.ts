/**
 * What is no base for a calibration.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import type { Interval } from '../evaluate/bootstrap.ts';
import type { CalibrationRequest, CalibrationSample } from './fit-calibration.ts';

/** Fewer tiles fit anything. */
const LEAST_SAMPLES = 10;
/** In focus, and out of focus. */
const LEAST_OF_EACH = 3;
/** Two labels make two classes, not micrometres. */
const LEAST_LABELS = 3;

/** @throws {ArgumentError} when samples are too few, of one class, or no numbers */
export function refuseTooFew(
	samples: readonly CalibrationSample[],
	{ unit, limit }: Pick<CalibrationRequest, 'unit' | 'limit'>,
): void {
	if (samples.length < LEAST_SAMPLES) {
		throw refusal(
			`${samples.length} tiles are too few to calibrate: at least ${LEAST_SAMPLES} are needed, 50 are good.`,
		);
	}
	if (!samples.every(({ score, label }) => Number.isFinite(score) && Number.isFinite(label))) {
		throw refusal('Some scores or labels are no numbers.');
	}
	const distinct = new Set(samples.map(({ label }) => label)).size;
	const out = samples.filter(({ label }) => label >= limit).length;
	const counted = `${out} of ${samples.length} tiles are out of focus (labels from ${limit} on)`;
	if (Math.min(out, samples.length - out) < LEAST_OF_EACH) {
		throw refusal(
			`${counted}: at least ${LEAST_OF_EACH} in focus and ${LEAST_OF_EACH} out of focus are needed. Label more tiles, or choose another limit.`,
		);
	}
	if (unit !== 'score' && distinct < LEAST_LABELS) {
		throw refusal(
			`There are only ${distinct} different labels: a unit needs ${LEAST_LABELS} or more. Label finer, or calibrate two classes (0 and 1).`,
		);
	}
}

/** @throws {ArgumentError} when labels fall with blur, or could be in any order */
export function refuseDisagreement({ value, low, high }: Interval): void {
	const figure = `Spearman ${value.toFixed(2)}, 95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}`;
	if (high < 0) {
		throw refusal(
			`The tiles labelled blurrier score sharper (${figure}). Are the labels turned round? 0 is in focus, and labels grow with blur.`,
		);
	}
	if (!(low > 0)) {
		throw refusal(
			`Scores and labels have nothing to do with each other, as far as these tiles show (${figure}). Label more tiles, of the kind of tissue that is scanned, or choose another model.`,
		);
	}
}

function refusal(message: string): ArgumentError {
	return new ArgumentError('samples', message);
}
