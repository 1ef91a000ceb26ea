/**
 * `parfocal score`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { ScoreFlags } from '../commands/score.ts';
import type { Context } from '../context.ts';
import { text } from '../flags.ts';

/** The route of `parfocal score`. */
export const scoreRoute: Command<Context> = buildCommand<ScoreFlags, string[], Context>({
	loader: () => import('../commands/score.ts'),
	parameters: {
		flags: {
			model: {
				kind: 'parsed',
				parse: text,
				brief: 'Model by name, or a weights file',
				placeholder: 'NAME|FILE',
				optional: true,
			},
			method: { kind: 'enum', values: ['focuslitenn'], brief: 'Scoring method', default: 'focuslitenn' },
			exact: {
				kind: 'boolean',
				brief: 'The published procedure, with the score of each crop',
				optional: true,
				withNegated: false,
			},
			json: { kind: 'boolean', brief: 'One JSON line a picture', optional: true, withNegated: false },
		},
		aliases: { m: 'model' },
		positional: {
			kind: 'array',
			minimum: 1,
			parameter: { parse: text, brief: 'Pictures: PNG, JPEG, TIFF', placeholder: 'IMAGE' },
		},
	},
	docs: {
		brief: 'Score pictures',
		fullDescription: [
			'One score a picture, blurriest first in the table, in the order given with --json.',
			'',
			'  parfocal score field.png',
			'  parfocal score --exact --json crops/*.png',
		].join('\n'),
	},
});
