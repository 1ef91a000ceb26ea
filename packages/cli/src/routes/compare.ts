/**
 * `parfocal compare`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { CompareFlags } from '../commands/compare.ts';
import type { Context } from '../context.ts';
import { integerBetween, numberBetween, text } from '../flags.ts';

const NUMBER = { kind: 'parsed', placeholder: 'N', optional: true } as const;
const PATH = { kind: 'parsed', parse: text, placeholder: 'PATH', optional: true } as const;

/** The route of `parfocal compare`. */
export const compareRoute: Command<Context> = buildCommand<CompareFlags, [], Context>({
	loader: () => import('../commands/compare.ts'),
	parameters: {
		flags: {
			data: {
				kind: 'parsed',
				parse: text,
				placeholder: 'PATH',
				brief:
					'Data set: its folder, or a list path,label,group; methods are trained on one side of it and judged by another',
			},
			transfer: { ...PATH, brief: 'Another set, judged whole by methods that never saw it' },
			methods: {
				kind: 'parsed',
				parse: namesFlag,
				placeholder: 'A,B,…',
				brief:
					'all, untrained, trained, knowledge-based, shipped, regression, ordinal; names; network/loss; files of weights',
				default: 'untrained',
			},
			split: {
				kind: 'enum',
				values: ['slide', 'position', 'patch', 'listed'],
				brief: 'What stays together; the papers split by patch, which flatters',
				default: 'slide',
			},
			seeds: {
				kind: 'parsed',
				parse: integerBetween(1, 100),
				placeholder: 'N',
				brief: 'Splits and trainings',
				default: '3',
			},
			protocol: {
				kind: 'enum',
				values: ['reduced', 'papers'],
				brief: 'How much is trained: what two cores can do, or all that was published',
				default: 'reduced',
			},
			epochs: {
				...NUMBER,
				parse: integerBetween(1, 100_000),
				brief: 'Epochs for all that is trained [default = by protocol]',
			},
			weights: { ...PATH, placeholder: 'DIR', brief: "Weights to start from, such as ImageNet's, named by network" },
			device: {
				kind: 'enum',
				values: ['cpu', 'webgpu', 'wasm'],
				brief: 'Where to train [default = cpu]',
				optional: true,
			},
			sharpUpTo: {
				...NUMBER,
				parse: numberBetween(0, 1000),
				brief: 'Planes from focus that still count as sharp [default = 2, or 0 where there are none]',
			},
			reference: { ...PATH, placeholder: 'NAME', brief: 'Method that others are tested against' },
			picture: { ...PATH, placeholder: 'IMAGE', brief: 'Picture to draw heat maps of' },
			timing: { ...NUMBER, parse: integerBetween(1, 1000), brief: 'Measure CPU time over N runs; the paper: 100' },
			draws: { ...NUMBER, parse: integerBetween(100, 100_000), brief: 'Draws of the bootstrap [default = 1000]' },
			threads: { ...NUMBER, parse: integerBetween(1, 256), brief: 'Threads that decode and score [default = cores]' },
			out: { kind: 'parsed', parse: text, placeholder: 'DIR', brief: 'Folder to write to, and to go on in' },
			json: { kind: 'boolean', brief: 'One JSON object at the end', optional: true, withNegated: false },
			quiet: { kind: 'boolean', brief: 'Only errors', optional: true, withNegated: false },
		},
		aliases: { o: 'out' },
	},
	docs: {
		brief: 'Compare methods on a data set: tables, figures and a page',
		fullDescription: [
			'Scores a data set by every method, trains those that are trained, and writes results.parquet, tables as CSV,',
			'results.md, figures and index.html. Run again on the same folder, it goes on where it stopped.',
			'',
			'  parfocal compare --data FocusPath/ --out comparison',
			'  parfocal compare --data FocusPath/ --transfer TCGA@Focus/ --methods all --split slide --out comparison',
			'  parfocal compare --data list.csv --methods knowledge-based,eonss,squeezenet1_0/oe --weights imagenet/ --out c',
			'',
			'Exit codes: 0 compared, 2 cannot be compared so (flags, names, split), 4 data cannot be read, 5 results cannot be',
			'written, 130 interrupted: what was done is kept.',
		].join('\n'),
	},
});

function namesFlag(input: string): readonly string[] {
	const names = input.split(',').map((name) => name.trim());
	if (names.some((name) => name === '')) throw new RangeError('give names with commas between, and none empty');
	return names;
}
