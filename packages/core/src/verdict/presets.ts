/**
 * The policies that come with Parfocal: JSON files like a user's own, the reasoning beside each number.
 *
 * What the numbers lean on: an objective of NA 0.75 in air keeps about wavelength / NA² = 0.55 / 0.5625 = 1.0 µm in
 * focus (Born & Wolf, Principles of Optics, 7th ed., §8.8.2), half of it on each side. Defocus `z` spreads a point over a
 * circle of radius 1.13 z (`focus/optics.ts`): 1.5 µm make a circle of 1.7 µm radius, 7 px of 0.25 µm.
 * @module
 */
import { PolicyError } from '../errors.ts';
import { parsePolicy } from './parse-policy.ts';
import research from './policies/research.json' with { type: 'json' };
import routine from './policies/routine.json' with { type: 'json' };
import strict from './policies/strict.json' with { type: 'json' };
import type { Policy } from './policy.ts';

/** The presets by name. */
export const POLICIES: Readonly<Record<'strict' | 'routine' | 'research', Policy>> = {
	strict: parsePolicy(strict, 'strict'),
	routine: parsePolicy(routine, 'routine'),
	research: parsePolicy(research, 'research'),
};

/** The policy used when none is named. */
export const DEFAULT_POLICY: Policy = POLICIES.routine;

/**
 * The preset of that name.
 * @throws {PolicyError} listing the presets when there is none
 */
export function policyNamed(name: string): Policy {
	if (Object.hasOwn(POLICIES, name)) return POLICIES[name as keyof typeof POLICIES];
	throw new PolicyError(
		name,
		`There is no policy called ${JSON.stringify(name)}. Use one of ${Object.keys(POLICIES).join(', ')}, or a policy file.`,
	);
}
