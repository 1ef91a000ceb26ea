import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError, isParfocalError } from '../errors.ts';
import { type Calibration, type CalibrationContent, identifyCalibration } from './calibration.ts';
import { parseCalibration } from './parse-calibration.ts';
import { exampleCalibration } from './testing/example.ts';

const calibration = await exampleCalibration();
const text = JSON.stringify(calibration, undefined, 2);

/** A calibration with another value somewhere and, unlike a file changed by hand, the identity that goes with it. */
async function changed(path: string, value: unknown): Promise<Calibration> {
	const copy = structuredClone(calibration) as unknown as Record<string, unknown>;
	const keys = path.split('.');
	let at = copy;
	for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
	at[keys.at(-1)!] = value;
	return identifyCalibration(copy as unknown as CalibrationContent);
}

test('a file comes back as what was written', async () => {
	expect(await parseCalibration(text)).toEqual(calibration);
	expect(await parseCalibration(JSON.parse(text))).toEqual(calibration);
	expect(JSON.stringify(await parseCalibration(text), undefined, 2)).toBe(text);
});

test('so does one of a model whose scores fall with blur, without a pixel size, for a sensitivity', async () => {
	const { mpp, ...rest } = calibration;
	expect(mpp).toBeDefined();
	const other = await identifyCalibration({
		...rest,
		model: { ...rest.model, higherMeans: 'sharper' },
		curve: { raw: [-3, 0], value: [5, 5] },
		threshold: { ...rest.threshold, target: 'sensitivity', targetSensitivity: 0.95 },
	});
	expect(await parseCalibration(JSON.stringify(other))).toEqual(other);
});

test('any curve and numbers survive', async () => {
	const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0);
	await fc.assert(
		fc.asyncProperty(
			fc.uniqueArray(finite, { minLength: 2, maxLength: 30 }),
			fc.array(finite, { minLength: 30, maxLength: 30 }),
			async (raw, values) => {
				const curve = {
					raw: raw.toSorted((a, b) => a - b),
					value: values.slice(0, raw.length).toSorted((a, b) => a - b),
				};
				const made = await exampleCalibration({ curve });
				expect(await parseCalibration(JSON.stringify(made))).toEqual(made);
			},
		),
		{ numRuns: 50 },
	);
});

test('a file that was changed by hand is refused', async () => {
	const moved = text.replace('"score": 7.5', '"score": 8');
	expect(moved).not.toBe(text);
	await expect(parseCalibration(moved, 'scanner.json')).rejects.toThrow(
		'In the calibration scanner.json, sha256 does not fit the rest: the file was changed after it was made. Calibrate again.',
	);
});

describe('what cannot be used is named', () => {
	test.each<[string, unknown, RegExp]>([
		['schema', 'parfocal-calibration-2', /schema must be one of parfocal-calibration-1/],
		['note', 1, /unknown key "note"/],
		['name', '', /name must be a text/],
		['unit', 'furlongs', /unit must be one of defocusUm, zLevel, score/],
		['curve', [], /curve must be an object, not a list/],
		['curve', { raw: [1], value: [1] }, /2 scores or more/],
		['curve.value', [1, 2], /curve must have a value for each/],
		['curve.raw', [0, 10, 10], /curve\.raw must rise/],
		['curve.value', [0, 3, 2], /curve\.value must never fall/],
		['model.higherMeans', 'sharper', /curve\.value must never rise/],
		['curve.value', [0, null, 2], /curve\.value\[1\] must be a number/],
		['threshold.low', 8, /low <= score <= high/],
		['threshold.sensitivity', 90, /threshold\.sensitivity must be a number from 0 to 1/],
		['samples.count', 1.5, /samples\.count must be a whole number/],
		['agreement.spearman', 2, /agreement\.spearman/],
		['mpp', 0, /mpp must be a number from 0\.001/],
		['warnings', [3], /warnings\[0\] must be a text/],
	])('%s = %j', async (path, value, message) => {
		const broken = await changed(path, value);
		await expect(parseCalibration(broken, 'x.json')).rejects.toThrow(message);
		await expect(parseCalibration(broken)).rejects.toThrow(FormatError);
	});

	test.each([
		['', /is not JSON/],
		[text.slice(0, 200), /is not JSON/],
		['[]', /must be an object, not a list/],
		['null', /must be an object/],
		['{}', /needs the key "schema"/],
		[`"${'x'.repeat(300_000)}"`, /longer than/],
	])('%.20s', async (broken, message) => {
		await expect(parseCalibration(broken)).rejects.toThrow(message);
	});
});

describe('fuzz: a calibration or an error of ours', () => {
	const parses = async (json: unknown): Promise<boolean> => {
		try {
			await parseCalibration(json);
			return true;
		} catch (error) {
			if (!isParfocalError(error, 'format')) throw error;
			return false;
		}
	};

	test('of any text and any value', async () => {
		await fc.assert(
			fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.anything()), async (json) => {
				expect(await parses(json)).toBe(false);
			}),
			{ numRuns: 300 },
		);
	});

	test('of a file with a few other characters: never taken unless it says the same', async () => {
		const place = fc.nat({ max: text.length - 1 });
		await fc.assert(
			fc.asyncProperty(place, fc.constantFrom('0', '9', '-', '"', '}', ',', 'e', ' '), async (at, character) => {
				const broken = text.slice(0, at) + character + text.slice(at + 1);
				if (await parses(broken)) expect(JSON.parse(broken)).toEqual(JSON.parse(text));
			}),
			{ numRuns: 500 },
		);
	});

	test('of a file cut anywhere', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat({ max: text.length - 1 }), async (at) => {
				expect(await parses(text.slice(0, at))).toBe(false);
			}),
		);
	});
});
