/**
 * `parfocal info`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { InfoFlags } from '../commands/info.ts';
import type { Context } from '../context.ts';
import { numberBetween, text } from '../flags.ts';

/** The route of `parfocal info`. */
export const infoRoute: Command<Context> = buildCommand<InfoFlags, [string], Context>({
	loader: () => import('../commands/info.ts'),
	parameters: {
		flags: {
			mpp: {
				kind: 'parsed',
				parse: numberBetween(0.05, 20, ' µm per pixel'),
				brief: 'Micrometres per pixel, instead of what the slide says',
				placeholder: 'N',
				optional: true,
			},
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
