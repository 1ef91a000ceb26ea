/**
 * The reasons of a verdict, each as data and as a sentence in an operator's words.
 * @module
 */
import type { Reason } from '../assessment.ts';
import type { BlurExtent, BrokenLimit } from './broken-limits.ts';
import type { BlurThresholds, Outcome } from './policy.ts';
import { area, capitalised, percent, placePhrase } from './words.ts';

const OUT_OF_FOCUS: Readonly<Record<keyof BlurThresholds, string>> = {
	slight: 'out of focus',
	clear: 'clearly out of focus',
	strong: 'strongly out of focus',
};

/** Worse outcomes first. */
const SEVERITY: readonly (Outcome | 'note')[] = ['not-assessable', 'rescan', 'review', 'pass', 'note'];

/** The order reasons are read in: what decides first, stronger blur before weaker, the larger before the smaller. */
export function inOrder(reasons: readonly Reason[]): Reason[] {
	const strength = (reason: Reason) => ['strong', 'clear', 'slight', undefined].indexOf(reason.strength);
	return reasons
		.map((reason, i) => ({ reason, i }))
		.sort(
			(a, b) =>
				SEVERITY.indexOf(a.reason.leadsTo) - SEVERITY.indexOf(b.reason.leadsTo) ||
				strength(a.reason) - strength(b.reason) ||
				a.i - b.i,
		)
		.map(({ reason }) => reason);
}

/** The outcome that reasons lead to: the worst of theirs, `pass` when none leads anywhere. */
export function outcomeOf(reasons: readonly Reason[]): Outcome {
	const worst = inOrder(reasons)[0]?.leadsTo ?? 'pass';
	return worst === 'note' ? 'pass' : worst;
}

/**
 * Blur beyond a limit. One reason a strength and kind: of two limits on the same tissue the one with the worse outcome
 * speaks.
 * @param mm2PerPlace Undefined when the pixel size is unknown: areas are left out.
 */
export function blurReasons(broken: readonly BrokenLimit[], mm2PerPlace: number | undefined): Reason[] {
	const worst = new Map<string, BrokenLimit>();
	for (const candidate of broken) {
		const key = `${candidate.by} ${candidate.limit.atLeast}`;
		const known = worst.get(key);
		if (known === undefined || (known.limit.outcome === 'review' && candidate.limit.outcome === 'rescan')) {
			worst.set(key, candidate);
		}
	}
	return [...worst.values()].map(({ limit, by, extent }) =>
		by === 'fraction'
			? tissueReason(extent, limit.outcome, mm2PerPlace)
			: regionReason(extent, limit.outcome, mm2PerPlace),
	);
}

/** Blur within the limits, where there is enough of it to mention: the strongest kind only. */
export function toleratedBlur(
	extents: readonly BlurExtent[],
	broken: readonly BrokenLimit[],
	mm2PerPlace: number | undefined,
): Reason[] {
	const worthMentioning = extents.findLast(({ fraction }) => fraction >= LEAST_MENTIONED);
	if (worthMentioning === undefined) return [];
	if (broken.some(({ extent }) => extent.atLeast === worthMentioning.atLeast)) return [];
	return [tissueReason(worthMentioning, 'note', mm2PerPlace)];
}

const LEAST_MENTIONED = 0.001;

function tissueReason(extent: BlurExtent, leadsTo: Reason['leadsTo'], mm2PerPlace: number | undefined): Reason {
	const { fraction, places, place, atLeast } = extent;
	return {
		code: 'out-of-focus',
		leadsTo,
		sentence: `${capitalised(percent(fraction))} of the tissue${sized(places, mm2PerPlace)} is ${OUT_OF_FOCUS[atLeast]}${where(place)}.`,
		fraction,
		...areaOf(places, mm2PerPlace),
		...(place !== undefined && { place }),
		strength: atLeast,
	};
}

function regionReason(extent: BlurExtent, leadsTo: Reason['leadsTo'], mm2PerPlace: number | undefined): Reason {
	const { largest, atLeast } = extent;
	const size = mm2PerPlace === undefined ? percent(largest.fraction) : area(largest.places * mm2PerPlace);
	const of = mm2PerPlace === undefined ? `${size} of the tissue` : size;
	return {
		code: 'out-of-focus-region',
		leadsTo,
		sentence: `One region of ${of} is ${OUT_OF_FOCUS[atLeast]}${where(largest.place)}.`,
		fraction: largest.fraction,
		...areaOf(largest.places, mm2PerPlace),
		...(largest.place !== undefined && { place: largest.place }),
		strength: atLeast,
	};
}

/** The good news. */
export function inFocusReason(fraction: number, areaMm2: number | undefined): Reason {
	return {
		code: 'in-focus',
		leadsTo: 'note',
		sentence: `${capitalised(percent(fraction))} of the tissue is in focus.`,
		fraction,
		...(areaMm2 !== undefined && { areaMm2 }),
	};
}

function sized(places: number, mm2PerPlace: number | undefined): string {
	return mm2PerPlace === undefined ? '' : `, ${area(places * mm2PerPlace)},`;
}

function areaOf(places: number, mm2PerPlace: number | undefined): { areaMm2?: number } {
	return mm2PerPlace === undefined ? {} : { areaMm2: places * mm2PerPlace };
}

function where(place: string | undefined): string {
	return place === undefined ? '' : `, ${placePhrase(place)}`;
}
