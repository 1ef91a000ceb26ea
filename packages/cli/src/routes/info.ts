/**
 * `parfocal info`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { InfoFlags } from '../commands/info.ts';
import type { Context } from '../context.ts';
import { MPP_FLAG, text } from '../flags.ts';

/** The route of `parfocal info`. */
export const infoRoute: Command<Context> = buildCommand<InfoFlags, [string], Context>({
	loader: () => import('../commands/info.ts'),
	parameters: {
		flags: {
			mpp: MPP_FLAG,
			json: { kind: 'boolean', brief: 'As JSON', optional: true, withNegated: false },
		},
		positional: {
			kind: 'tuple',
			parameters: [{ parse: text, brief: 'A slide file', placeholder: 'SLIDE' }],
		},
	},
	docs: {
		brief: 'What a slide file says: levels, tiles, compression, pixel size, vendor',
		fullDescription: ['  parfocal info slide.svs', '  parfocal info slide.svs --json'].join('\n'),
	},
});
