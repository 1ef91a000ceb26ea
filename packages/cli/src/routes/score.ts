/**
 * `parfocal score`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { ScoreFlags } from '../commands/score.ts';
import type { Context } from '../context.ts';
import { CALIBRATION_FLAG, DICTIONARY_FLAG, MODEL_FLAG, text } from '../flags.ts';
import { METHODS } from '../score/methods.ts';

/** The route of `parfocal score`. */
export const scoreRoute: Command<Context> = buildCommand<ScoreFlags, string[], Context>({
	loader: () => import('../commands/score.ts'),
	parameters: {
		flags: {
			model: MODEL_FLAG,
			calibration: CALIBRATION_FLAG,
			method: {
				kind: 'enum',
				values: METHODS,
				brief: 'focuslitenn: a model; a metric by name, on the whole picture; or all metrics',
				default: 'focuslitenn',
			},
			dictionary: DICTIONARY_FLAG,
			exact: {
				kind: 'boolean',
				brief: 'The published procedure, with the score of each crop',
				optional: true,
				withNegated: false,
			},
			json: { kind: 'boolean', brief: 'One JSON line a picture and method', optional: true, withNegated: false },
		},
		aliases: { m: 'model' },
		positional: {
			kind: 'array',
			minimum: 1,
			parameter: { parse: text, brief: 'Pictures (PNG, JPEG, TIFF), or folders of them', placeholder: 'IMAGE' },
		},
	},
	docs: {
		brief: 'Score pictures',
		fullDescription: [
			'One score a picture, blurriest first in the table, in the order given with --json.',
			'',
			'  parfocal score field.png',
			'  parfocal score --exact --json crops/*.png',
			'  parfocal score --method all fields/',
			'',
			'Metrics need no training and look at the whole picture: their scores mean more or less sharp among pictures of',
			'one size, not micrometres, and cannot be compared across sizes. docs/metrics.md says what each looks at.',
		].join('\n'),
	},
});
