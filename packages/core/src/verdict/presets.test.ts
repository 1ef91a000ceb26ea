import { expect, test } from 'vitest';
import { PolicyError } from '../errors.ts';
import { blurFromDefocus } from '../focus/optics.ts';
import { parsePolicy } from './parse-policy.ts';
import { DEFAULT_POLICY, POLICIES, policyNamed } from './presets.ts';

const names = ['strict', 'routine', 'research'] as const;

test.each(names)("%s passes the check that users' files pass, and says why for every number", (name) => {
	const policy = POLICIES[name];
	expect(policy.name).toBe(name);
	expect(parsePolicy(JSON.stringify(policy), name)).toEqual(policy);
	const whys = [
		...Object.values(policy.thresholds).map(({ why }) => why),
		...policy.limits.map(({ why }) => why),
		policy.minimumAssessableMm2.why,
		policy.maximumUnreadableFraction.why,
	];
	for (const why of whys) expect(why).toMatch(/^.{10,}\.$/s);
});

test('strict is stricter than routine, research more lenient, in every number', () => {
	const { strict, routine, research } = POLICIES;
	for (const strength of ['slight', 'clear', 'strong'] as const) {
		expect(strict.thresholds.defocusUm![strength]).toBeLessThan(routine.thresholds.defocusUm![strength]);
		expect(strict.thresholds.zLevel![strength]).toBeLessThan(routine.thresholds.zLevel![strength]);
		expect(research.thresholds.defocusUm![strength]).toBe(routine.thresholds.defocusUm![strength]);
	}
	const limit = (policy: typeof strict, outcome: string) =>
		policy.limits.find((l) => l.outcome === outcome && l.atLeast === 'clear' && l.fraction !== undefined)!.fraction!;
	for (const outcome of ['review', 'rescan']) {
		expect(limit(strict, outcome)).toBeLessThan(limit(routine, outcome));
		expect(limit(routine, outcome)).toBeLessThan(limit(research, outcome));
	}
});

test('the numbers of the reasoning are those of the optics', () => {
	// routine: 1.5 µm make a circle of 1.7 µm radius, 7 px of 0.25 µm.
	expect(blurFromDefocus(1.5, 1)).toBeCloseTo(1.7, 1);
	expect(blurFromDefocus(1.5, 0.25)).toBeCloseTo(6.8, 1);
	expect(blurFromDefocus(2.5, 1)).toBeCloseTo(2.8, 1);
	expect(blurFromDefocus(4, 1)).toBeCloseTo(4.5, 1);
});

test('presets are found by name, others are refused with the list', () => {
	expect(policyNamed('strict')).toBe(POLICIES.strict);
	expect(DEFAULT_POLICY).toBe(POLICIES.routine);
	expect(() => policyNamed('relaxed')).toThrow(PolicyError);
	expect(() => policyNamed('relaxed')).toThrow(/"relaxed".*strict, routine, research/);
	expect(() => policyNamed('toString')).toThrow(PolicyError);
});
