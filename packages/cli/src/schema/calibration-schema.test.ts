import { type Calibration, identifyCalibration, isParfocalError, parseCalibration } from '@parfocal/core';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { exampleCalibration } from '../../../core/src/calibration/testing/example.ts';
import { calibrationSchema } from './calibration-schema.ts';

const calibration = await exampleCalibration();

/** Every path to a value in it. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
	if (typeof value !== 'object' || value === null) return [path];
	return Object.entries(value).flatMap(([key, child]) => [[...path, key], ...pathsOf(child, [...path, key])]);
}

/** True when the core takes it, its identity put right. */
async function parses(value: Calibration): Promise<boolean> {
	try {
		await parseCalibration(await identifyCalibration(value));
		return true;
	} catch (error) {
		if (isParfocalError(error, 'format')) return false;
		throw error;
	}
}

describe('calibrationSchema', () => {
	test('knows every field of a calibration', () => {
		expect(v.parse(calibrationSchema, calibration)).toEqual(calibration);
	});

	test('takes one without a pixel size, and one for a sensitivity', async () => {
		const { mpp, ...bare } = calibration;
		expect(mpp).toBeDefined();
		expect(v.is(calibrationSchema, bare)).toBe(true);
		const threshold = { ...calibration.threshold, target: 'sensitivity' as const, targetSensitivity: 0.9 };
		expect(v.is(calibrationSchema, await exampleCalibration({ threshold }))).toBe(true);
	});

	test('what the core takes fits the schema', async () => {
		const values = fc.constantFrom<unknown>(null, '', 'x', 'fast', -1, 0, 0.5, 2, 1e15, true, [], {}, [1, 2, 3]);
		let taken = 0;
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...pathsOf(calibration)), values, async (path, value) => {
				const changed = structuredClone(calibration) as unknown as Record<string, unknown>;
				let at = changed;
				for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
				at[path.at(-1)!] = value;
				// The identity is put right, so its own value does not matter.
				if (path[0] === 'sha256' || !(await parses(changed as unknown as Calibration))) return;
				taken++;
				expect(v.is(calibrationSchema, changed), `${path.join('.')} = ${JSON.stringify(value)}`).toBe(true);
			}),
			{ numRuns: 400 },
		);
		expect(taken).toBeGreaterThan(20);
	});

	test.each<[string, unknown]>([
		['schema', 'parfocal-calibration-2'],
		['sha256', 'abc'],
		['unit', 'blurRadiusPx'],
		['curve', { raw: [1], value: [1] }],
		['mpp', 0],
		['name', ''],
		['invented', 1],
	])('refuses %s = %j', (key, value) => {
		expect(v.is(calibrationSchema, { ...calibration, [key]: value })).toBe(false);
	});

	test('anything at all gives an answer', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				expect(v.is(calibrationSchema, value)).toBe(false);
			}),
		);
	});
});
