/**
 * What a calibration file holds: the source of the published JSON Schema and of the table of fields. `parseCalibration` of
 * the core does the checking when one is used, with better sentences, the identity included; a test keeps the two in step.
 * @module
 */
import type { Calibration } from '@parfocal/core';
import * as v from 'valibot';
import { describing } from './same-type.ts';

const LARGEST = 1e12;

const text = (what: string) => v.pipe(v.string(), v.nonEmpty(), v.description(what));
const number = (what: string, least = -LARGEST, most = LARGEST) =>
	v.pipe(v.number(), v.minValue(least), v.maxValue(most), v.description(what));
const whole = (what: string) =>
	v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LARGEST), v.description(what));
const numbers = (what: string) =>
	v.pipe(
		v.array(v.pipe(v.number(), v.minValue(-LARGEST), v.maxValue(LARGEST))),
		v.minLength(2),
		v.maxLength(1000),
		v.description(what),
	);

const model = v.strictObject({
	name: text('Name of the model.'),
	sha256: text("SHA-256 of the model's weights, or of its definition."),
	mode: v.pipe(v.picklist(['fast', 'exact']), v.description('Which scores these are; the two modes differ a little.')),
	higherMeans: v.pipe(v.picklist(['blurrier', 'sharper']), v.description("Which way the model's scores point.")),
});

const threshold = v.strictObject({
	limit: number('Label, in the unit, from which a tile counts as out of focus.'),
	target: v.pipe(
		v.picklist(['youden', 'sensitivity']),
		v.description('youden: the best balance of sensitivity and specificity; sensitivity: the one asked for.'),
	),
	targetSensitivity: v.exactOptional(number('Sensitivity asked for. Absent with youden.', 0, 1)),
	score: number('From this score on (towards blur) a tile counts as out of focus.'),
	low: number('Lower end of the interval of score.'),
	high: number('Upper end of the interval of score.'),
	value: number('The curve at score, in the unit.'),
	confidence: number('Part of the draws inside the interval.', 0, 1),
	draws: whole('Draws of the bootstrap that gave a threshold.'),
	sensitivity: number('Part of the tiles out of focus that it finds, of those it was chosen on.', 0, 1),
	specificity: number('Part of the other tiles that it passes, of those it was chosen on.', 0, 1),
});

const agreement = v.strictObject({
	spearman: number('Rank correlation of blur with labels.', -1, 1),
	low: number('Lower end of its interval.', -1, 1),
	high: number('Upper end of its interval.', -1, 1),
});

/** Schema of a calibration file. Unknown fields are refused: they would not be part of its identity. */
export const calibrationSchema: v.GenericSchema<Calibration> = describing<Calibration>()(
	v.strictObject({
		schema: v.pipe(v.literal('parfocal-calibration-1'), v.description('Version of this shape.')),
		name: text('Name that results carry.'),
		sha256: v.pipe(
			v.string(),
			v.regex(/^[0-9a-f]{64}$/),
			v.description('Identity: SHA-256 of the other fields as JSON with sorted keys and no spaces.'),
		),
		model: v.pipe(model, v.description('The model whose scores these are.')),
		mpp: v.exactOptional(number('Micrometres per pixel of the tiles. Absent when it was not said.', 0.001, 1000)),
		source: v.pipe(v.picklist(['labels', 'z-stack']), v.description('What it was learnt from.')),
		unit: v.pipe(
			v.picklist(['defocusUm', 'zLevel', 'score']),
			v.description(
				'defocusUm: micrometres out of focus; zLevel: steps of a focal series; score: share of tiles labelled out of focus.',
			),
		),
		curve: v.pipe(
			v.strictObject({
				raw: numbers('Scores, rising.'),
				value: numbers('Values at these scores, in the unit; they never turn back.'),
			}),
			v.description('From scores to the unit: straight lines between points, flat beyond the ends.'),
		),
		threshold: v.pipe(threshold, v.description('From which score a tile counts as out of focus.')),
		samples: v.pipe(
			v.strictObject({
				count: whole('Tiles.'),
				drawn: whole('What the bootstrap drew: groups, or single tiles.'),
			}),
			v.description('What it was learnt from, counted.'),
		),
		agreement: v.pipe(agreement, v.description('How well scores go with labels.')),
		method: text('How the curve was fitted.'),
		warnings: v.pipe(
			v.array(v.pipe(v.string(), v.nonEmpty())),
			v.maxLength(100),
			v.description('What to know before trusting it, as sentences.'),
		),
	}),
);
