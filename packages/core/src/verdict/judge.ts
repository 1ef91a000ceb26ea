/**
 * The verdict: a map held against a policy.
 * @module
 */
import type { FocusSummary, Reason, WorstRegion } from '../assessment.ts';
import type { Calibration } from '../calibration/calibration.ts';
import type { FocusModel } from '../focus/focus-model.ts';
import { ASSUMED_MPP } from '../focus/optics.ts';
import type { FocusMap } from '../map/focus-map.ts';
import { pixelSizeUm } from '../map/units.ts';
import type { Slide } from '../slide/slide.ts';
import type { TissueMask } from '../tissue/tissue-mask.ts';
import { blurExtents, brokenLimits } from './broken-limits.ts';
import { calibrationNotes } from './calibration-notes.ts';
import { summariseFocus } from './focus-summary.ts';
import type { BlurThresholds, Outcome, Policy } from './policy.ts';
import { blurReasons, inFocusReason, inOrder, outcomeOf, toleratedBlur } from './reasons.ts';
import { summariseTissue, type TissueSummary } from './tissue-summary.ts';
import { area, capitalised, percent } from './words.ts';
import { findWorstRegions } from './worst-regions.ts';

/** Everything a verdict rests on. */
export interface Evidence {
	readonly map: FocusMap;
	readonly mask: TissueMask;
	readonly slide: Pick<Slide, 'levels' | 'mpp'>;
	readonly model: Pick<FocusModel, 'name' | 'definition'>;
	/** What the map's unit comes from, when not from the model. */
	readonly calibration?: Pick<Calibration, 'name' | 'mpp' | 'curve'>;
	/** Tiles asked for, and those of them that could not be read. */
	readonly tiles: { readonly total: number; readonly unreadable: number };
}

/** See the fields of the same name in `Assessment`. */
export interface Verdict {
	readonly outcome: Outcome;
	readonly sentence: string;
	readonly reasons: readonly Reason[];
	readonly focus: FocusSummary | undefined;
	readonly tissue: TissueSummary;
	readonly worstRegions: readonly WorstRegion[];
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
	pass: 'Pass',
	review: 'Review',
	rescan: 'Rescan',
	'not-assessable': 'Not assessable',
};

/** More of these than a fifth of the slide's tissue is worth a note. */
const MANY = 0.2;

/**
 * Judges a map. The worst reason decides; notes change nothing. The same evidence gives the same verdict.
 * @example
 * ```ts
 * const { outcome, sentence } = judge({ map, mask, slide, model, tiles }, policyNamed('routine'));
 * ```
 */
export function judge(evidence: Evidence, policy: Policy): Verdict {
	const { map, mask, slide } = evidence;
	const level = slide.levels[0]!;
	const tissue = summariseTissue(mask, map, level);
	const thresholds = thresholdsFor(map, policy);
	const mm2PerPx = slide.mpp && (slide.mpp.x * slide.mpp.y) / 1e6;
	const mm2PerPlace = mm2PerPx && mm2PerPx * map.stepPx ** 2;
	const tooLittle = tissueReasons(tissue, policy, mm2PerPx);
	const notes = [
		...unreadableReasons(evidence, policy),
		...tissueNotes(tissue),
		...pixelSizeNotes(evidence),
		...(evidence.calibration ? calibrationNotes(evidence.calibration, pixelSizeUm(slide.mpp), thresholds) : []),
	];

	if (tooLittle.length > 0 || thresholds === undefined) {
		const reasons = tooLittle.length > 0 ? tooLittle : [notCalibrated(evidence, policy)];
		return { ...verdictOf([...reasons, ...notes]), focus: undefined, tissue, worstRegions: [] };
	}
	const focus = summariseFocus(map, thresholds)!;
	const extents = blurExtents(map, thresholds);
	const assumedMm2PerPlace = mm2PerPlace ?? (ASSUMED_MPP * map.stepPx) ** 2 / 1e6;
	const broken = brokenLimits(policy.limits, extents, assumedMm2PerPlace);
	const blur = [...blurReasons(broken, mm2PerPlace), ...toleratedBlur(extents, broken, mm2PerPlace)];
	const inFocusMm2 = mm2PerPx && focus.inFocusFraction * tissue.assessableAreaPx * mm2PerPx;
	const reasons = [...blur, inFocusReason(focus.inFocusFraction, inFocusMm2), ...notes];
	const worstRegions = findWorstRegions(map, thresholds, policy.worstRegions, level, mm2PerPlace);
	return { ...verdictOf(reasons), focus, tissue, worstRegions };
}

/** The policy's thresholds for a map's unit, where they point in the map's direction. */
export function thresholdsFor(map: Pick<FocusMap, 'unit' | 'higherMeans'>, policy: Policy): BlurThresholds | undefined {
	const found = policy.thresholds[map.unit];
	if (found === undefined) return undefined;
	return found.slight < found.strong === (map.higherMeans === 'blurrier') ? found : undefined;
}

function verdictOf(unordered: readonly Reason[]): Pick<Verdict, 'outcome' | 'sentence' | 'reasons'> {
	const reasons = inOrder(unordered);
	const outcome = outcomeOf(reasons);
	const deciding = outcome === 'pass' ? reasons.find(({ code }) => code === 'in-focus') : reasons[0];
	const because = deciding!.sentence;
	return { outcome, sentence: `${OUTCOMES[outcome]}: ${because.charAt(0).toLowerCase()}${because.slice(1)}`, reasons };
}

function tissueReasons(tissue: TissueSummary, policy: Policy, mm2PerPx: number | undefined): Reason[] {
	const leadsTo = 'not-assessable';
	if (tissue.tissueAreaPx === 0) {
		const sentence =
			tissue.penMarkFraction > 0
				? 'No tissue was found on this slide, only pen marks or dirt.'
				: 'No tissue was found on this slide.';
		return [{ code: 'no-tissue', leadsTo, sentence, fraction: 0 }];
	}
	const mm2 = tissue.assessableAreaPx * (mm2PerPx ?? ASSUMED_MPP ** 2 / 1e6);
	if (tissue.assessableAreaPx > 0 && mm2 >= policy.minimumAssessableMm2.value) return [];
	const fraction = tissue.assessableFraction;
	if (tissue.assessableAreaPx === 0) {
		return [{ code: 'little-tissue', leadsTo, sentence: 'None of the tissue on this slide can be judged.', fraction }];
	}
	const size = mm2PerPx === undefined ? '' : `, ${area(mm2)},`;
	const sentence = `Too little tissue can be judged${size} for a verdict.`;
	return [{ code: 'little-tissue', leadsTo, sentence, fraction, ...(mm2PerPx !== undefined && { areaMm2: mm2 }) }];
}

function notCalibrated({ model, map }: Evidence, policy: Policy): Reason {
	const sentence =
		`The policy ${policy.name} has no thresholds for the scores of ${model.name} (unit ${map.unit}), ` +
		'so there is a map but no verdict.';
	return { code: 'not-calibrated', leadsTo: 'not-assessable', sentence };
}

function unreadableReasons({ tiles }: Evidence, policy: Policy): Reason[] {
	if (tiles.unreadable === 0) return [];
	const fraction = tiles.unreadable / tiles.total;
	const many = fraction > policy.maximumUnreadableFraction.value;
	const some = tiles.unreadable === 1 ? 'One tile' : `${tiles.unreadable} tiles`;
	const sentence = `${some}, ${percent(fraction)} of those with tissue, could not be read.`;
	return [{ code: 'unreadable-tiles', leadsTo: many ? 'review' : 'note', sentence, fraction }];
}

function tissueNotes({ littleTextureFraction, penMarkFraction }: TissueSummary): Reason[] {
	const notes: Reason[] = [];
	const note = (code: string, fraction: number, rest: string) => {
		if (fraction < MANY) return;
		notes.push({ code, leadsTo: 'note', sentence: `${capitalised(percent(fraction))} ${rest}`, fraction });
	};
	note('little-texture', littleTextureFraction, 'of the tissue has too little texture to judge.');
	note('pen-marks', penMarkFraction, 'of what lies on the glass is under pen marks or dirt and was not judged.');
	return notes;
}

function pixelSizeNotes({ slide, model, map, calibration }: Evidence): Reason[] {
	const pixelUm = pixelSizeUm(slide.mpp);
	const { mppRange } = model.definition;
	if (pixelUm === undefined) {
		const assumed = map.unit === 'defocusUm' && !calibration ? ` Micrometres of defocus assume ${ASSUMED_MPP} µm.` : '';
		const sentence = `The pixel size of this slide is unknown, so areas are given in percent only.${assumed}`;
		return [{ code: 'mpp-unknown', leadsTo: 'note', sentence }];
	}
	// A calibration made at a known pixel size says itself whether that is this one.
	if (mppRange === undefined || calibration?.mpp !== undefined) return [];
	if (pixelUm >= mppRange[0] * 0.9 && pixelUm <= mppRange[1] * 1.1) return [];
	const sentence =
		`The pixels of this slide, ${Number(pixelUm.toPrecision(3))} µm, are outside what ${model.name} was made for ` +
		`(${mppRange[0]} to ${mppRange[1]} µm): take its values with care.`;
	return [{ code: 'mpp-outside-model', leadsTo: 'note', sentence }];
}
