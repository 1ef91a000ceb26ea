/**
 * The calibration of `--calibration`.
 * @module
 */
import {
	ArgumentError,
	type Calibration,
	checkCalibrationModel,
	type FocusModel,
	isParfocalError,
	parseCalibration,
} from '@parfocal/core';
import { readFlagFile } from './read-file.ts';

const MAXIMUM_BYTES = 200_000;

/**
 * The calibration in that file, known to be that of the model; undefined when none is named.
 * @throws {ArgumentError} when it cannot be read, is damaged, or belongs to another model or mode
 */
export async function loadCalibration(
	path: string | undefined,
	model: FocusModel,
	mode: 'fast' | 'exact',
	cwd: string,
): Promise<Calibration | undefined> {
	if (path === undefined) return undefined;
	const bytes = await readFlagFile('calibration', path, cwd, MAXIMUM_BYTES);
	try {
		const calibration = await parseCalibration(new TextDecoder().decode(bytes), path);
		checkCalibrationModel(calibration, model, mode);
		return calibration;
	} catch (cause) {
		if (!isParfocalError(cause, 'format')) throw cause;
		throw new ArgumentError('calibration', cause.message, { cause });
	}
}
