/**
 * `parfocal calibrate`: flags and help.
 * @module
 */
import { buildCommand, type Command } from '@stricli/core';
import type { CalibrateFlags } from '../commands/calibrate.ts';
import type { Context } from '../context.ts';
import { DICTIONARY_FLAG, integerBetween, MODEL_FLAG, MPP_FLAG, numberBetween, text } from '../flags.ts';

const NUMBER = { kind: 'parsed', placeholder: 'N', optional: true } as const;
const FILE = { kind: 'parsed', parse: text, placeholder: 'FILE', optional: true } as const;

/** The route of `parfocal calibrate`. */
export const calibrateRoute: Command<Context> = buildCommand<CalibrateFlags, [], Context>({
	loader: () => import('../commands/calibrate.ts'),
	parameters: {
		flags: {
			labels: { ...FILE, brief: 'Table of tiles: path,label and, if known, group (their slide)' },
			zstack: {
				kind: 'parsed',
				parse: text,
				placeholder: 'DIR',
				optional: true,
				variadic: true,
				brief: 'Focal stack, instead of labels: a folder of pictures of one field (z-03.png, …, or series.csv)',
			},
			out: { kind: 'parsed', parse: text, placeholder: 'FILE', brief: 'Calibration to write, JSON' },
			name: { ...FILE, placeholder: 'NAME', brief: 'Name that results carry [default = that of the file]' },
			model: MODEL_FLAG,
			dictionary: DICTIONARY_FLAG,
			unit: { kind: 'enum', values: ['um', 'z-level'], brief: 'What labels are, unless 0 and 1', optional: true },
			limit: {
				...NUMBER,
				parse: numberBetween(0, 1000),
				brief: 'Label from which a tile is out of focus [default = 1.5 µm, 3 steps, or 1 of two classes]',
			},
			sensitivity: {
				...NUMBER,
				parse: numberBetween(0.5, 1),
				brief: 'Part of the tiles out of focus that must be found [default = best balance]',
			},
			stepUm: { ...NUMBER, parse: numberBetween(0.01, 100, ' µm'), brief: 'Distance of neighbouring planes, µm' },
			bestPlane: {
				...NUMBER,
				parse: numberBetween(-1e6, 1e6),
				brief: 'Height of best focus, in µm (or steps) as the planes [default = least blur]',
			},
			mpp: { ...MPP_FLAG, brief: 'Micrometres per pixel of the tiles, so that other slides are noticed' },
			exact: { kind: 'boolean', brief: 'For scans with --exact', optional: true, withNegated: false },
			seed: {
				kind: 'parsed',
				parse: integerBetween(0, 1e6),
				placeholder: 'N',
				brief: 'The same seed, the same intervals',
				default: '1',
			},
			plot: { ...FILE, brief: 'Also draw tiles, curve and threshold as SVG' },
			json: { kind: 'boolean', brief: 'The calibration as a JSON line', optional: true, withNegated: false },
			quiet: { kind: 'boolean', brief: 'Only errors', optional: true, withNegated: false },
		},
		aliases: { o: 'out', m: 'model', q: 'quiet' },
	},
	docs: {
		brief: 'Learn from a few labelled tiles what scores mean on your scanner',
		fullDescription: [
			'Fits a curve from scores to µm or z-levels and a threshold with its 95 % interval, for scan and score.',
			'Some 50 tiles of several slides are good, 10 the least. docs/calibration.md says how to label.',
			'',
			'  parfocal calibrate --labels tiles.csv --unit um --mpp 0.25 --out scanner.json',
			'  parfocal calibrate --zstack stack/ --step-um 0.5 --mpp 0.25 --out scanner.json',
			'  parfocal scan slide.svs --calibration scanner.json',
			'',
			'Planes within one slide file are not read: export them as pictures.',
			'Exit codes: 0 calibrated, 2 cannot be calibrated so (flags, too few tiles, labels that do not fit the scores),',
			'4 table or tiles cannot be read, 5 the calibration cannot be written.',
		].join('\n'),
	},
});
