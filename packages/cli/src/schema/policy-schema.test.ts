import { isParfocalError, POLICIES, type Policy, parsePolicy } from '@parfocal/core';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { policySchema } from './policy-schema.ts';

const presets: readonly Policy[] = Object.values(POLICIES);

/** True when the core takes it. */
function parses(value: unknown): boolean {
	try {
		parsePolicy(value);
		return true;
	} catch (error) {
		if (isParfocalError(error, 'policy')) return false;
		throw error;
	}
}

/** Every path to a value in it. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
	if (typeof value !== 'object' || value === null) return [path];
	return Object.entries(value).flatMap(([key, child]) => [[...path, key], ...pathsOf(child, [...path, key])]);
}

describe('policySchema', () => {
	test.each(presets.map((preset) => [preset.name, preset] as const))('takes the preset %s as it is', (_, preset) => {
		expect(v.parse(policySchema, structuredClone(preset))).toEqual(preset);
	});

	test('what the core takes fits the schema, and what does not fit the core refuses', () => {
		const values = fc.constantFrom(null, '', 'review', 'clear', -1, 0, 0.5, 2, 1e9, true, [], {}, undefined);
		fc.assert(
			fc.property(
				fc
					.constantFrom(...presets)
					.chain((preset) => fc.tuple(fc.constant(preset), fc.constantFrom(...pathsOf(preset)))),
				values,
				fc.boolean(),
				([preset, path], value, misspell) => {
					const changed = structuredClone(preset) as unknown as Record<string, unknown>;
					let at = changed;
					for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
					const last = path.at(-1)!;
					if (misspell && !Array.isArray(at)) at[`${last}s`] = at[last];
					else if (value === undefined && !Array.isArray(at)) delete at[last];
					else at[last] = value ?? null;
					// The core checks more, e.g. that thresholds rise; the schema never checks more than the core.
					if (parses(changed)) expect(v.is(policySchema, changed), JSON.stringify(changed)).toBe(true);
					if (!v.is(policySchema, changed)) expect(parses(changed)).toBe(false);
				},
			),
			{ numRuns: 500 },
		);
	});

	test('a misspelt limit is refused', () => {
		const policy = structuredClone(POLICIES.routine) as unknown as { limits: Record<string, unknown>[] };
		policy.limits[0]!['fractoin'] = 0.1;
		expect(v.is(policySchema, policy)).toBe(false);
	});

	test.each([
		['name', ''],
		['worstRegions', 2.5],
		['worstRegions', 1001],
		['maximumUnreadableFraction', { value: 1.5, why: 'x' }],
		['minimumAssessableMm2', { value: 1 }],
	])('refuses %s = %j', (key, value) => {
		expect(v.is(policySchema, { ...structuredClone(POLICIES.routine), [key]: value })).toBe(false);
	});
});
