import type { Assessment } from '@parfocal/core';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { exampleResult } from '../../../core/src/export/testing/example.ts';
import { assessmentSchema } from './assessment-schema.ts';

const { assessment } = exampleResult();

/** A deep copy to break. */
function copy(): Record<string, unknown> & Assessment {
	return structuredClone(assessment) as Record<string, unknown> & Assessment;
}

/** Every path to a value in it: `['slide', 'mpp', 'x']`. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
	if (typeof value !== 'object' || value === null) return [path];
	const inner = Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]));
	return path.length === 0 ? inner : [path, ...inner];
}

function set(root: object, path: readonly string[], value: unknown): void {
	let at = root as Record<string, unknown>;
	for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
	at[path.at(-1)!] = value;
}

describe('assessmentSchema', () => {
	test.each([
		['of a slide to rescan', exampleResult()],
		['of a sharp slide', exampleResult({ outcome: 'pass', worst: 0 })],
		['without a pixel size', exampleResult({ mpp: false })],
	])('knows every field of an assessment %s', (_, { assessment: given }) => {
		const parsed = v.parse(assessmentSchema, given);
		// Unknown fields would have been dropped.
		expect(parsed).toEqual(given);
	});

	test('knows the calibration, and wants its identity', () => {
		const calibration = { name: 'scanner 3', sha256: '12'.repeat(32) };
		const calibrated = { ...copy(), provenance: { ...assessment.provenance, calibration } };
		expect(v.parse(assessmentSchema, calibrated)).toEqual(calibrated);
		for (const broken of [{ name: 'scanner 3' }, { ...calibration, sha256: 'abc' }, 'scanner 3', null]) {
			const provenance = { ...assessment.provenance, calibration: broken };
			expect(v.is(assessmentSchema, { ...copy(), provenance })).toBe(false);
		}
	});

	test('takes an assessment without what may be absent', () => {
		const bare = copy();
		for (const path of [
			['focus'],
			['timings'],
			['slide', 'objectivePower'],
			['slide', 'mpp'],
			['map', 'note'],
			['map', 'thresholds'],
		]) {
			let at = bare as Record<string, unknown>;
			for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
			delete at[path.at(-1)!];
		}
		expect(v.is(assessmentSchema, bare)).toBe(true);
		expect(v.parse(assessmentSchema, bare)).toEqual(bare);
	});

	test('drops fields of later versions', () => {
		expect(v.parse(assessmentSchema, { ...copy(), invented: 1 })).toEqual(assessment);
	});

	test('refuses other versions', () => {
		expect(v.is(assessmentSchema, { ...copy(), schema: 'parfocal-assessment-2' })).toBe(false);
	});

	test.each([
		[['outcome'], 'fine'],
		[['tissue', 'fraction'], 1.2],
		[['tissue', 'areaMm2'], -1],
		[['tiles', 'unreadable'], 0.5],
		[['provenance', 'settingsSha256'], 'abc'],
		[['provenance', 'mode'], 'slow'],
		[['map', 'unit'], 'furlongs'],
		[['worstRegions', '0', 'strength'], 'sharp'],
		[['reasons', '0', 'leadsTo'], 'nothing'],
	])('refuses %s = %s', (path, value) => {
		const broken = copy();
		set(broken, path, value);
		expect(v.is(assessmentSchema, broken)).toBe(false);
	});

	test('a value of another kind anywhere is refused', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...pathsOf(assessment)),
				fc.constantFrom(null, 'text', -1, true, [1], {}),
				(path, value) => {
					const broken = copy();
					let before: unknown = broken;
					for (const key of path) before = (before as Record<string, unknown>)[key];
					const kind = (of: unknown): string => (of === null ? 'null' : Array.isArray(of) ? 'list' : typeof of);
					// A list is a record of numbers to valibot.
					if (kind(before) === kind(value) || (path[0] === 'timings' && Array.isArray(value))) return;
					set(broken, path, value);
					expect(v.is(assessmentSchema, broken), path.join('.')).toBe(false);
				},
			),
			{ numRuns: 400 },
		);
	});

	test('anything at all gives an answer', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				expect(v.is(assessmentSchema, value)).toBe(false);
			}),
		);
	});
});
