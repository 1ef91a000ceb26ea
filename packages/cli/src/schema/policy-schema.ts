/**
 * What a policy file holds: the source of the published JSON Schema, for editors. `parsePolicy` of the core does the
 * checking when a slide is judged, with better sentences; a test keeps the two in step.
 * @module
 */
import type { Policy } from '@parfocal/core';
import * as v from 'valibot';
import { describing } from './same-type.ts';

const why = v.pipe(v.string(), v.nonEmpty(), v.description('Why this number.'));

const thresholds = v.strictObject({
	slight: v.pipe(v.number(), v.description('From here on tissue is slightly out of focus.')),
	clear: v.pipe(v.number(), v.description('From here on tissue is clearly out of focus.')),
	strong: v.pipe(v.number(), v.description('From here on tissue is strongly out of focus.')),
	why,
});

const limit = v.strictObject({
	outcome: v.pipe(v.picklist(['review', 'rescan']), v.description('What a broken limit leads to.')),
	atLeast: v.pipe(v.picklist(['slight', 'clear', 'strong']), v.description('Counts tissue at least this blurry.')),
	fraction: v.exactOptional(
		v.pipe(v.number(), v.minValue(0), v.maxValue(1), v.description('Largest part of the assessable tissue.')),
	),
	regionAreaMm2: v.exactOptional(
		v.pipe(v.number(), v.minValue(0), v.maxValue(1e6), v.description('Largest connected region, mm².')),
	),
	why,
});

const bounded = (most: number, what: string) =>
	v.strictObject({ value: v.pipe(v.number(), v.minValue(0), v.maxValue(most), v.description(what)), why });

/** Schema of a policy file. Unknown fields are refused: a misspelt limit must never be silently ignored. */
export const policySchema: v.GenericSchema<Policy> = describing<Policy>()(
	v.strictObject({
		name: v.pipe(v.string(), v.nonEmpty(), v.description('Name that results carry.')),
		description: v.pipe(v.string(), v.nonEmpty(), v.description('What the policy is for.')),
		thresholds: v.pipe(
			v.strictObject({
				defocusUm: v.exactOptional(v.pipe(thresholds, v.description('In micrometres out of focus.'))),
				blurRadiusPx: v.exactOptional(v.pipe(thresholds, v.description('In pixels of blur radius.'))),
				zLevel: v.exactOptional(v.pipe(thresholds, v.description('In steps of a focal series.'))),
				score: v.exactOptional(v.pipe(thresholds, v.description("In the model's own score."))),
			}),
			v.description('From which value tissue counts as blurry, by unit. A unit left out gets a map but no verdict.'),
		),
		limits: v.pipe(
			v.array(limit),
			v.maxLength(100),
			v.description('What is too much. Each needs fraction or regionAreaMm2; whichever is passed first breaks it.'),
		),
		minimumAssessableMm2: v.pipe(
			bounded(1e6, 'Least assessable tissue, mm².'),
			v.description('Less assessable tissue than this gives not-assessable.'),
		),
		maximumUnreadableFraction: v.pipe(
			bounded(1, 'Largest part of the tiles asked for.'),
			v.description('A larger part of unreadable tiles than this gives review.'),
		),
		worstRegions: v.pipe(
			v.number(),
			v.integer(),
			v.minValue(0),
			v.maxValue(1000),
			v.description('How many worst regions to report.'),
		),
	}),
);
