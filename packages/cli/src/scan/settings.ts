/**
 * What `parfocal scan` is told once for all slides.
 * @module
 */
import { parsePolicy, type Policy, policyNamed } from '@parfocal/core';
import type { Context } from '../context.ts';
import { readFlagFile } from '../read-file.ts';

const MAXIMUM_POLICY_BYTES = 200_000;

/** A preset by its name, or the policy in a JSON file. */
export async function loadPolicy(nameOrFile: string, { cwd }: Pick<Context, 'cwd'>): Promise<Policy> {
	if (!/[./\\]/.test(nameOrFile)) return policyNamed(nameOrFile);
	const bytes = await readFlagFile('policy', nameOrFile, cwd, MAXIMUM_POLICY_BYTES);
	return parsePolicy(new TextDecoder().decode(bytes), nameOrFile);
}
