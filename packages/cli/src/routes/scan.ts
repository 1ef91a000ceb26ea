/**
 * `parfocal scan`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { ScanFlags } from '../commands/scan.ts';
import type { Context } from '../context.ts';
import { CALIBRATION_FLAG, DICTIONARY_FLAG, integerBetween, MODEL_FLAG, MPP_FLAG, text } from '../flags.ts';

/** The route of `parfocal scan`. */
export const scanRoute: Command<Context> = buildCommand<ScanFlags, string[], Context>({
	loader: () => import('../commands/scan.ts'),
	parameters: {
		flags: {
			out: {
				kind: 'parsed',
				parse: text,
				brief: 'Folder for the results',
				placeholder: 'DIR',
				default: 'parfocal-out',
			},
			model: MODEL_FLAG,
			calibration: CALIBRATION_FLAG,
			dictionary: DICTIONARY_FLAG,
			policy: {
				kind: 'parsed',
				parse: text,
				brief: 'strict, routine, research, or a policy file',
				placeholder: 'NAME|FILE',
				default: 'routine',
			},
			mpp: MPP_FLAG,
			roi: {
				kind: 'parsed',
				parse: text,
				brief: 'Where to look: GeoJSON regions or a PNG mask, instead of the tissue found',
				placeholder: 'FILE',
				optional: true,
			},
			workers: {
				kind: 'parsed',
				parse: integerBetween(1, 256),
				brief: 'Worker threads; as many as cores when not given',
				placeholder: 'N',
				optional: true,
			},
			exact: {
				kind: 'boolean',
				brief: 'The published procedure window by window: slower, for comparisons',
				optional: true,
				withNegated: false,
			},
			json: {
				kind: 'boolean',
				brief: 'Assessments as JSON lines on standard output',
				optional: true,
				withNegated: false,
			},
			quiet: { kind: 'boolean', brief: 'Only errors', optional: true, withNegated: false },
		},
		aliases: { o: 'out', m: 'model', p: 'policy', q: 'quiet' },
		positional: {
			kind: 'array',
			minimum: 1,
			parameter: {
				parse: text,
				brief: 'Slide files, folders of them, or quoted patterns such as "slides/*.svs"',
				placeholder: 'SLIDE',
			},
		},
	},
	docs: {
		brief: 'Scan slides: focus map, verdict, worst regions, report',
		fullDescription: [
			'Writes for each slide DIR/<slide name>/ with report.html, assessment.json, map.png, map.tif, regions.geojson,',
			'cells.tsv and cells.parquet. A slide that cannot be read never stops the others.',
			'',
			'  parfocal scan slide.svs',
			'  parfocal scan slides/ --out qc --policy strict',
			'  parfocal scan slide.tif --mpp 0.25 --json > assessments.jsonl',
			'',
			'Exit codes: 0 all pass, 3 some need review or rescan or cannot be assessed, 4 some could not be read,',
			'5 results could not be written, 130 interrupted.',
		].join('\n'),
	},
});
