/**
 * `parfocal filter`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { FilterFlags } from '../commands/filter.ts';
import type { Context } from '../context.ts';
import { integerBetween, MODEL_FLAG, MPP_FLAG, numberBetween, text } from '../flags.ts';

const PATH = { kind: 'parsed', parse: text, placeholder: 'FILE' } as const;

/** The route of `parfocal filter`. */
export const filterRoute: Command<Context> = buildCommand<FilterFlags, [], Context>({
	loader: () => import('../commands/filter.ts'),
	parameters: {
		flags: {
			coords: { ...PATH, brief: 'Tiles: .h5 of CLAM or TRIDENT, .csv, .tsv, .parquet, .geojson' },
			slide: { ...PATH, placeholder: 'SLIDE', brief: 'The slide that they are of' },
			out: { ...PATH, brief: 'File to write, of the same kind as --coords' },
			maxBlurriness: {
				kind: 'parsed',
				parse: numberBetween(0, 1e6),
				placeholder: 'N',
				brief: "Keep tiles up to this, in µm or the model's unit [default = what the policy calls clear]",
				optional: true,
			},
			unassessable: {
				kind: 'enum',
				values: ['keep', 'drop'],
				brief: 'Tiles of which nothing can be said: glass, fat, pen',
				default: 'keep',
			},
			patchSize: {
				kind: 'parsed',
				parse: integerBetween(1, 100_000),
				placeholder: 'PX',
				brief: 'Side of tiles in level-0 pixels, where the file has none',
				optional: true,
			},
			scores: { ...PATH, placeholder: 'FILE.csv', brief: 'Also write every tile with its blurriness', optional: true },
			model: MODEL_FLAG,
			policy: {
				...PATH,
				placeholder: 'NAME|FILE',
				brief: 'strict, routine, research, or a policy file',
				default: 'routine',
			},
			mpp: MPP_FLAG,
			json: { kind: 'boolean', brief: 'One JSON object', optional: true, withNegated: false },
			quiet: { kind: 'boolean', brief: 'Only errors', optional: true, withNegated: false },
		},
		aliases: { o: 'out', m: 'model' },
	},
	docs: {
		brief: 'Keep the sharp tiles of a coordinate file',
		fullDescription: [
			'Measures the slide once and keeps the tiles that are sharp enough. All else in the file stays: other columns,',
			'features of the same tiles, attributes.',
			'',
			'  parfocal filter --coords patches/a.h5 --slide a.svs --out sharp/a.h5',
			'  parfocal filter --coords tiles.csv --slide a.svs --patch-size 512 --max-blurriness 1.5 --out sharp.csv',
			'',
			'A tile has the mean of the focus map over its area.',
		].join('\n'),
	},
});
