/**
 * The policies that come with Parfocal, the reasoning beside each number. A user's policy file is the same as JSON.
 *
 * What the numbers lean on: an objective of NA 0.75 in air keeps about wavelength / NA² = 0.55 / 0.5625 = 1.0 µm in
 * focus (Born & Wolf, Principles of Optics, 7th ed., §8.8.2), half of it on each side. Defocus `z` spreads a point over a
 * circle of radius 1.13 z (`focus/optics.ts`): 1.5 µm make a circle of 1.7 µm radius, 7 px of 0.25 µm.
 * @module
 */
import type { Policy } from './policy.ts';

const routine: Policy = {
	name: 'routine',
	description: 'Daily diagnostic scanning: people look at the slide, and a rescan costs minutes.',
	thresholds: {
		defocusUm: {
			slight: 1.5,
			clear: 2.5,
			strong: 5,
			why:
				'1.5 µm is three times the half depth of field (0.5 µm): chromatin begins to look soft. 2.5 µm: circles of 2.8 µm ' +
				'radius, nuclear detail and mitoses are lost. 5 µm: circles as large as a nucleus, only architecture is left.',
		},
		zLevel: {
			slight: 3,
			clear: 5,
			strong: 8,
			why: 'On z-stacks of the FocusPath kind people call levels 0 to 2 sharp; the others follow in the same proportion as the micrometres.',
		},
	},
	limits: [
		{
			outcome: 'rescan',
			atLeast: 'clear',
			fraction: 0.2,
			why: 'With a fifth of the tissue unreadable in detail a reader would ask for a new scan.',
		},
		{
			outcome: 'rescan',
			atLeast: 'strong',
			fraction: 0.1,
			why: 'A tenth of the tissue in which cells cannot be told apart is a failed scan.',
		},
		{
			outcome: 'review',
			atLeast: 'clear',
			fraction: 0.05,
			why: 'A twentieth can hide a small finding, or be fat at the rim: a person decides.',
		},
		{
			outcome: 'review',
			atLeast: 'slight',
			fraction: 0.3,
			why: 'Softness over a third of the tissue tells of a focus plane set wrong, even where it can still be read.',
		},
		{
			outcome: 'review',
			atLeast: 'clear',
			regionAreaMm2: 1,
			why: 'Four fields of a 40x objective (0.24 mm² each, field number 22) side by side: large enough to hide a focus of disease.',
		},
	],
	minimumAssessableMm2: {
		value: 0.05,
		why: 'A fifth of one field of a 40x objective (0.24 mm²): percentages of less mean nothing.',
	},
	maximumUnreadableFraction: {
		value: 0.01,
		why: 'One bad tile in a hundred is a damaged file, whatever the rest looks like.',
	},
	worstRegions: 8,
};

const strict: Policy = {
	name: 'strict',
	description: 'Primary diagnosis on the screen alone, or cytology and mitosis counts: nothing may be missed.',
	thresholds: {
		defocusUm: {
			slight: 1,
			clear: 2,
			strong: 4,
			why:
				'1 µm is twice the half depth of field: the first softness a trained eye sees beside a sharp field. 2 µm: fine ' +
				'chromatin is gone. 4 µm: circles of 4.5 µm radius cover a lymphocyte.',
		},
		zLevel: { slight: 2, clear: 4, strong: 7, why: 'One level below the routine numbers.' },
	},
	limits: [
		{
			outcome: 'rescan',
			atLeast: 'clear',
			fraction: 0.1,
			why: 'Half of the routine limit: nobody has the glass at hand to look again.',
		},
		{ outcome: 'rescan', atLeast: 'strong', fraction: 0.03, why: 'A third of the routine limit, for the same reason.' },
		{
			outcome: 'rescan',
			atLeast: 'strong',
			regionAreaMm2: 1,
			why: 'Four fields of a 40x objective in which cells cannot be told apart.',
		},
		{
			outcome: 'review',
			atLeast: 'clear',
			fraction: 0.02,
			why: 'The least that stands out from folds and fat at the rim.',
		},
		{ outcome: 'review', atLeast: 'slight', fraction: 0.15, why: 'Half of the routine limit.' },
		{
			outcome: 'review',
			atLeast: 'clear',
			regionAreaMm2: 0.24,
			why: 'One whole field of a 40x objective (field number 22).',
		},
	],
	minimumAssessableMm2: {
		value: 0.1,
		why: 'Less than half a field of a 40x objective is no basis for a verdict that nobody checks.',
	},
	maximumUnreadableFraction: { value: 0, why: 'Every unreadable tile may be the one that matters.' },
	worstRegions: 12,
};

const research: Policy = {
	name: 'research',
	description: 'Collections for algorithms: slides can seldom be scanned again, blurry regions are left out instead.',
	thresholds: {
		defocusUm: {
			slight: 1.5,
			clear: 2.5,
			strong: 5,
			why: 'As in routine, so that collections can be compared; regions are excluded by map value, not by these words.',
		},
		zLevel: { slight: 3, clear: 5, strong: 8, why: 'As in routine.' },
	},
	limits: [
		{
			outcome: 'rescan',
			atLeast: 'clear',
			fraction: 0.6,
			why: 'Leaving out more than half of the tissue changes what the slide stands for.',
		},
		{
			outcome: 'review',
			atLeast: 'clear',
			fraction: 0.2,
			why: 'A fifth left out can bias where samples come from: someone should know.',
		},
	],
	minimumAssessableMm2: {
		value: 0.02,
		why: 'Tissue microarray cores and small crops count: about 570 px square at 0.25 µm.',
	},
	maximumUnreadableFraction: { value: 0.05, why: 'Holes are left out like blur; many of them are worth a look.' },
	worstRegions: 20,
};

/** The presets by name. */
export const POLICIES: Readonly<Record<'strict' | 'routine' | 'research', Policy>> = { strict, routine, research };

/** The policy used when none is named. */
export const DEFAULT_POLICY: Policy = routine;
