/**
 * What `assessment.json` holds: the one source of the check, the published JSON Schema and the dictionary of outputs.
 * @module
 */
import type { Assessment } from '@parfocal/core';
import * as v from 'valibot';
import { describing } from './same-type.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const areaMm2 = v.pipe(v.number(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const fraction = (what: string) => v.pipe(v.number(), v.minValue(0), v.maxValue(1), v.description(what));
const text = (what: string) => v.pipe(v.string(), v.description(what));
const number = (what: string) => v.pipe(v.number(), v.description(what));
const whole = (what: string) => v.pipe(count, v.description(what));

const strength = v.pipe(
	v.picklist(['slight', 'clear', 'strong']),
	v.description('How blurry, by the thresholds of the policy.'),
);
const outcome = v.picklist(['pass', 'review', 'rescan', 'not-assessable']);

const rect = (what: string) =>
	v.pipe(
		v.object({
			x: number('Left edge in full-resolution pixels.'),
			y: number('Top edge in full-resolution pixels.'),
			widthPx: number('Width in full-resolution pixels.'),
			heightPx: number('Height in full-resolution pixels.'),
		}),
		v.description(what),
	);

const slide = v.object({
	name: text('File name without folders.'),
	format: text('Container and dialect: aperio-svs, generic-tiff, ome-tiff, picture …'),
	vendor: text('Scanner vendor as the header names it, else unknown.'),
	widthPx: whole('Width at full resolution.'),
	heightPx: whole('Height at full resolution.'),
	mpp: v.exactOptional(
		v.pipe(
			v.object({
				x: number('Micrometres per pixel across.'),
				y: number('Micrometres per pixel down.'),
				source: text('tag: from the header; user: given for the run; estimated: from the objective.'),
			}),
			v.description('Pixel size at full resolution. Absent when unknown; then there are no areas in mm².'),
		),
	),
	objectivePower: v.exactOptional(number('Magnification of the objective. Absent when unknown.')),
});

const reason = v.object({
	code: text(
		'What was found: out-of-focus, out-of-focus-region, in-focus, little-tissue, no-tissue, unreadable-tiles, not-calibrated, little-texture, pen-marks, mpp-unknown, mpp-outside-model, mpp-outside-calibration, calibration-ends-early.',
	),
	leadsTo: v.pipe(
		v.picklist(['pass', 'review', 'rescan', 'not-assessable', 'note']),
		v.description('What this reason alone leads to; note changes nothing.'),
	),
	sentence: text('The reason for people.'),
	fraction: v.exactOptional(fraction('Part of what the sentence speaks of.')),
	areaMm2: v.exactOptional(v.pipe(areaMm2, v.description('Area in mm². Absent when the pixel size is unknown.'))),
	place: v.exactOptional(text('Where on the tissue: upper left, centre, left half, all over, scattered …')),
	strength: v.exactOptional(strength),
});

const worstRegion = v.object({
	rank: whole('From 1, worst first.'),
	rect: rect('The region; regions do not overlap.'),
	value: number('Mean map value over the places that could be judged.'),
	strength,
	areaMm2: v.exactOptional(v.pipe(areaMm2, v.description('Tissue in it that is out of focus, mm².'))),
	place: text('Where on the tissue.'),
	sharpNeighbour: v.exactOptional(rect('A sharp place nearby to compare with. Absent when there is none.')),
});

const focus = v.object({
	inFocusFraction: fraction('Sharper than the threshold for slight.'),
	slightFraction: fraction('From slight up to clear.'),
	clearFraction: fraction('From clear up to strong.'),
	strongFraction: fraction('Strong and beyond.'),
	median: number('Median of the map, weighted by tissue.'),
	percentile95: number('95th percentile of the map from the sharpest value, weighted by tissue.'),
});

const tissue = v.object({
	source: v.pipe(v.picklist(['detected', 'roi']), v.description('Found by Parfocal, or given by the user.')),
	areaMm2: v.exactOptional(v.pipe(areaMm2, v.description('Area in mm². Absent when the pixel size is unknown.'))),
	fraction: fraction("Of the slide's area."),
	assessableFraction: fraction('Of the tissue and pen marks: has a map value.'),
	littleTextureFraction: fraction('Of the tissue and pen marks: too little texture to tell sharp from blurry.'),
	penMarkFraction: fraction('Of the tissue and pen marks: under a pen mark or opaque dirt.'),
});

const tiles = v.object({
	total: whole('Tiles of the full resolution.'),
	measured: whole('Tiles read and measured; glass is not read.'),
	unreadable: whole('Tiles that should have been read and could not be.'),
	examples: v.pipe(v.array(v.string()), v.description('What was wrong with unreadable tiles, at most ten.')),
});

const map = v.object({
	stepPx: number('Distance between map values in full-resolution pixels.'),
	windowPx: number('Side of the square each value looked at, in full-resolution pixels.'),
	columns: whole('Map values across.'),
	rows: whole('Map values down.'),
	unit: v.pipe(
		v.picklist(['defocusUm', 'blurRadiusPx', 'zLevel', 'score']),
		v.description(
			'defocusUm: micrometres out of focus; blurRadiusPx: radius of the blur circle in pixels; zLevel: steps of a focal series; score: relative only.',
		),
	),
	higherMeans: v.pipe(v.picklist(['blurrier', 'sharper']), v.description('Which way the values point.')),
	thresholds: v.exactOptional(
		v.pipe(
			v.object({
				slight: number('From here on tissue is slightly out of focus.'),
				clear: number('From here on tissue is clearly out of focus.'),
				strong: number('From here on tissue is strongly out of focus.'),
			}),
			v.description(
				"The policy's thresholds for this unit. Absent when it has none; then there is no verdict on focus.",
			),
		),
	),
	note: v.exactOptional(text('What the unit assumes, e.g. the optics.')),
});

const provenance = v.object({
	software: text('Program and version.'),
	model: v.pipe(
		v.object({
			name: text('Name of the model.'),
			sha256: v.pipe(v.string(), v.description("SHA-256 of the model's weights, or of its definition.")),
			licence: text('Licence of the weights.'),
			origin: text('Where the weights come from.'),
		}),
		v.description('The model that scored.'),
	),
	calibration: v.exactOptional(
		v.pipe(
			v.object({
				name: text('Name of the calibration.'),
				sha256: v.pipe(sha256, v.description('SHA-256 of the calibration: its identity.')),
			}),
			v.description("What gave the map its unit. Absent when that is the model's own."),
		),
	),
	policy: v.pipe(
		v.object({
			name: text('Name of the policy.'),
			sha256: v.pipe(sha256, v.description('SHA-256 of the policy.')),
		}),
		v.description('The policy that judged.'),
	),
	settingsSha256: v.pipe(sha256, v.description('SHA-256 of everything that can change the result.')),
	reader: text('What read the slide.'),
	mode: v.pipe(v.picklist(['fast', 'exact']), v.description('exact: the published windows; fast: the global grid.')),
	warnings: v.pipe(v.array(v.string()), v.description('Oddities met, as sentences.')),
});

/** Schema of `assessment.json`. Fields it does not know are dropped, so that files of later versions stay readable. */
export const assessmentSchema: v.GenericSchema<Assessment> = describing<Assessment>()(
	v.object({
		schema: v.pipe(v.literal('parfocal-assessment-1'), v.description('Version of this shape.')),
		slide: v.pipe(slide, v.description('The slide, as its header describes it.')),
		outcome: v.pipe(outcome, v.description('What to do with the slide.')),
		sentence: text('The verdict in one sentence.'),
		reasons: v.pipe(v.array(reason), v.description('Why, the deciding reason first.')),
		focus: v.exactOptional(
			v.pipe(
				focus,
				v.description(
					'The assessable tissue by focus; fractions add to 1. Absent when nothing could be judged or the policy has no thresholds for the unit.',
				),
			),
		),
		tissue: v.pipe(tissue, v.description('The tissue that was looked at.')),
		tiles: v.pipe(tiles, v.description('What was read.')),
		worstRegions: v.pipe(
			v.array(worstRegion),
			v.description('Squares worth looking at, worst first. Empty when nothing is out of focus.'),
		),
		map: v.pipe(map, v.description('Geometry and unit of the focus map.')),
		provenance: v.pipe(provenance, v.description('What the numbers rest on.')),
		timings: v.exactOptional(
			v.pipe(v.record(v.string(), v.number()), v.description('Milliseconds a phase; all that differs between runs.')),
		),
	}),
);
