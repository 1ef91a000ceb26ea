/**
 * `parfocal version`: help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { Context } from '../context.ts';

/** The route of `parfocal version`. */
export const versionRoute: Command<Context> = buildCommand<Record<never, never>, [], Context>({
	loader: () => import('../commands/version.ts'),
	parameters: {},
	docs: { brief: 'The version of Parfocal' },
});
