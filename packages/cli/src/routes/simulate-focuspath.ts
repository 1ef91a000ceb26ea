/**
 * `parfocal simulate focuspath`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { SimulateFocusPathFlags } from '../commands/simulate-focuspath.ts';
import type { Context } from '../context.ts';
import { integerBetween, numberBetween, text } from '../flags.ts';

/** The route of `parfocal simulate focuspath`. */
export const focusPathRoute: Command<Context> = buildCommand<SimulateFocusPathFlags, [], Context>({
	loader: () => import('../commands/simulate-focuspath.ts'),
	parameters: {
		flags: {
			out: { kind: 'parsed', parse: text, brief: 'Folder to write to, empty or new', placeholder: 'DIR' },
			images: {
				kind: 'parsed',
				parse: text,
				placeholder: 'IMAGE|DIR',
				optional: true,
				variadic: true,
				brief: 'Sharp pictures instead of drawn tissue: files, folders, or folders with a manifest.json',
			},
			slides: {
				kind: 'parsed',
				parse: integerBetween(3, 9999),
				brief: 'Slides [default = 9 drawn ones, or all that the pictures come from]',
				placeholder: 'N',
				optional: true,
			},
			positions: {
				kind: 'parsed',
				parse: integerBetween(1, 99),
				brief: 'Stacks a slide; of pictures at most',
				placeholder: 'N',
				default: '10',
			},
			slices: {
				kind: 'parsed',
				parse: integerBetween(2, 99),
				brief: 'Planes a stack',
				placeholder: 'N',
				default: '16',
			},
			size: {
				kind: 'parsed',
				parse: integerBetween(64, 1024),
				brief: 'Side of a patch, px',
				placeholder: 'N',
				default: '256',
			},
			stepUm: {
				kind: 'parsed',
				parse: numberBetween(0.05, 10, ' µm'),
				brief: 'Distance of neighbouring planes, µm',
				placeholder: 'N',
				default: '0.5',
			},
			mpp: {
				kind: 'parsed',
				parse: numberBetween(0.1, 2, ' µm per pixel'),
				brief: 'Micrometres per pixel [default = 0.25, with --images 0.5]',
				placeholder: 'N',
				optional: true,
			},
			seed: {
				kind: 'parsed',
				parse: integerBetween(0, 1e6),
				brief: 'The same seed, the same pictures',
				placeholder: 'N',
				default: '1',
			},
			json: { kind: 'boolean', brief: 'One JSON object at the end', optional: true, withNegated: false },
			quiet: { kind: 'boolean', brief: 'Only errors', optional: true, withNegated: false },
		},
		aliases: { o: 'out' },
	},
	docs: {
		brief: 'Focal stacks of drawn tissue or sharp pictures, in the layout and with the names of the FocusPath data set',
		fullDescription: [
			'Everything it writes is simulated, and says so.\n',
			'  parfocal simulate focuspath --out stacks --slides 5 --positions 6 --slices 12',
			'  parfocal simulate focuspath --out stacks --images pictures/ --mpp 0.5',
			'  parfocal train --network squeezenet1_0 --loss oe --data stacks',
		].join('\n'),
	},
});
