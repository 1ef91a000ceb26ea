/**
 * `parfocal doctor`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { DoctorFlags } from '../commands/doctor.ts';
import type { Context } from '../context.ts';

/** The route of `parfocal doctor`. */
export const doctorRoute: Command<Context> = buildCommand<DoctorFlags, [], Context>({
	loader: () => import('../commands/doctor.ts'),
	parameters: {
		flags: { json: { kind: 'boolean', brief: 'As JSON', optional: true, withNegated: false } },
	},
	docs: {
		brief: 'What is installed, what is missing, and what that costs',
		fullDescription: 'Exit codes: 0 nothing needed is missing, 3 something needed is missing.',
	},
});
