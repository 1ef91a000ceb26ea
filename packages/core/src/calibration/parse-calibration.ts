/**
 * Reading a calibration file.
 * @module
 */
import { FormatError } from '../errors.ts';
import { JsonChecker } from '../json-checker.ts';
import { type CalibratedUnit, type Calibration, calibrationSha256, identifyCalibration } from './calibration.ts';
import type { CalibrationCurve } from './curve.ts';

const UNITS: readonly CalibratedUnit[] = ['defocusUm', 'zLevel', 'score'];
const MOST_POINTS = 1000;
const MOST_WARNINGS = 100;
const LARGEST = 1e12;

/**
 * Checks a calibration and its identity, so that one that was changed by hand is not taken for the one it was.
 * @param json The file's text, or the object in it.
 * @param label What to call it in errors, e.g. the file's name.
 * @throws {FormatError} that names the offending key and what is allowed there
 * @example
 * ```ts
 * const calibration = await parseCalibration(await file.text(), file.name);
 * ```
 */
export async function parseCalibration(json: unknown, label = 'calibration'): Promise<Calibration> {
	const checked = new JsonChecker(
		(complaint, options) =>
			new FormatError('calibration', 'corrupt', `In the calibration ${label}, ${complaint}`, options),
	);
	const root = checked.object(
		typeof json === 'string' ? checked.json(json) : json,
		'the calibration',
		[
			...['schema', 'name', 'sha256', 'model', 'source', 'unit', 'curve', 'threshold', 'samples', 'agreement'],
			...['method', 'warnings'],
		],
		['mpp'],
	);
	const model = parseModel(root['model'], checked);
	const mpp = root['mpp'];
	const content = {
		schema: checked.oneOf(root['schema'], 'schema', ['parfocal-calibration-1'] as const),
		name: checked.text(root['name'], 'name'),
		model,
		...(mpp !== undefined && { mpp: checked.number(mpp, 'mpp', 0.001, 1000) }),
		source: checked.oneOf(root['source'], 'source', ['labels', 'z-stack'] as const),
		unit: checked.oneOf(root['unit'], 'unit', UNITS),
		curve: parseCurve(root['curve'], model.higherMeans, checked),
		threshold: parseThreshold(root['threshold'], checked),
		samples: parseSamples(root['samples'], checked),
		agreement: parseAgreement(root['agreement'], checked),
		method: checked.text(root['method'], 'method'),
		warnings: checked
			.list(root['warnings'], 'warnings', MOST_WARNINGS)
			.map((warning, i) => checked.text(warning, `warnings[${i}]`)),
	};
	if (root['sha256'] !== (await calibrationSha256(content))) {
		checked.fail('sha256', 'does not fit the rest: the file was changed after it was made. Calibrate again');
	}
	return identifyCalibration(content);
}

function parseModel(json: unknown, checked: JsonChecker): Calibration['model'] {
	const model = checked.object(json, 'model', ['name', 'sha256', 'mode', 'higherMeans']);
	return {
		name: checked.text(model['name'], 'model.name'),
		sha256: checked.text(model['sha256'], 'model.sha256'),
		mode: checked.oneOf(model['mode'], 'model.mode', ['fast', 'exact'] as const),
		higherMeans: checked.oneOf(model['higherMeans'], 'model.higherMeans', ['blurrier', 'sharper'] as const),
	};
}

function parseCurve(
	json: unknown,
	higherMeans: Calibration['model']['higherMeans'],
	checked: JsonChecker,
): CalibrationCurve {
	const curve = checked.object(json, 'curve', ['raw', 'value']);
	const numbers = (key: string) =>
		checked
			.list(curve[key], `curve.${key}`, MOST_POINTS)
			.map((item, i) => checked.number(item, `curve.${key}[${i}]`, -LARGEST, LARGEST));
	const raw = numbers('raw');
	const value = numbers('value');
	if (raw.length < 2 || raw.length !== value.length)
		checked.fail('curve', 'must have a value for each of 2 scores or more');
	const sign = higherMeans === 'blurrier' ? 1 : -1;
	for (let i = 1; i < raw.length; i++) {
		if (!(raw[i]! > raw[i - 1]!)) checked.fail('curve.raw', 'must rise');
		if (sign * (value[i]! - value[i - 1]!) < 0) checked.fail('curve.value', `must never ${sign > 0 ? 'fall' : 'rise'}`);
	}
	return { raw, value };
}

function parseThreshold(json: unknown, checked: JsonChecker): Calibration['threshold'] {
	const entry = checked.object(
		json,
		'threshold',
		[...['limit', 'target', 'score', 'low', 'high', 'value', 'confidence', 'draws', 'sensitivity', 'specificity']],
		['targetSensitivity'],
	);
	const number = (key: string, least = -LARGEST, most = LARGEST) =>
		checked.number(entry[key], `threshold.${key}`, least, most);
	const threshold = {
		limit: number('limit'),
		target: checked.oneOf(entry['target'], 'threshold.target', ['youden', 'sensitivity'] as const),
		...(entry['targetSensitivity'] !== undefined && { targetSensitivity: number('targetSensitivity', 0, 1) }),
		score: number('score'),
		low: number('low'),
		high: number('high'),
		value: number('value'),
		confidence: number('confidence', 0, 1),
		draws: checked.integer(entry['draws'], 'threshold.draws', 0, LARGEST),
		sensitivity: number('sensitivity', 0, 1),
		specificity: number('specificity', 0, 1),
	};
	if (!(threshold.low <= threshold.score && threshold.score <= threshold.high)) {
		checked.fail('threshold', 'must have low <= score <= high');
	}
	return threshold;
}

function parseSamples(json: unknown, checked: JsonChecker): Calibration['samples'] {
	const samples = checked.object(json, 'samples', ['count', 'drawn']);
	const count = (key: string) => checked.integer(samples[key], `samples.${key}`, 0, LARGEST);
	return { count: count('count'), drawn: count('drawn') };
}

function parseAgreement(json: unknown, checked: JsonChecker): Calibration['agreement'] {
	const agreement = checked.object(json, 'agreement', ['spearman', 'low', 'high']);
	const share = (key: string) => checked.number(agreement[key], `agreement.${key}`, -1, 1);
	return { spearman: share('spearman'), low: share('low'), high: share('high') };
}
