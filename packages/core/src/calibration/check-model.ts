/**
 * A calibration belongs to one model in one mode.
 * @module
 */
import { ArgumentError } from '../errors.ts';
import type { FocusModel } from '../focus/focus-model.ts';
import type { Calibration } from './calibration.ts';

/**
 * Refuses a calibration of other weights or of the other mode.
 * @throws {ArgumentError} that names both models
 */
export function checkCalibrationModel(
	{ name, model: made }: Pick<Calibration, 'name' | 'model'>,
	model: Pick<FocusModel, 'name' | 'sha256' | 'cells'>,
	mode: 'fast' | 'exact' = 'fast',
): void {
	if (made.sha256 !== model.sha256) {
		const same = made.name === model.name ? 'of other weights' : `with ${made.name}`;
		throw new ArgumentError(
			'calibration',
			`The calibration ${name} was made ${same} (${made.sha256.slice(0, 12)}), and the scores are those of ${model.name} (${model.sha256.slice(0, 12)}): they mean something else. Choose that model, or calibrate this one.`,
		);
	}
	const settled = modeOf(model, mode);
	if (made.mode !== settled) {
		throw new ArgumentError(
			'calibration',
			`The calibration ${name} was made in ${made.mode} mode, and the scores are those of ${settled} mode, which differ a little. Use ${made.mode} mode, or calibrate in ${settled} mode.`,
		);
	}
}

/** The mode a model scores in when asked for `mode`: models without a fast path are always exact. */
export function modeOf({ cells }: Pick<FocusModel, 'cells'>, mode: 'fast' | 'exact' = 'fast'): 'fast' | 'exact' {
	return cells === undefined ? 'exact' : mode;
}
