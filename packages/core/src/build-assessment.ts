/**
 * Writing down an assessment: the verdict, what it rests on and where it comes from, with sensibly rounded numbers.
 * @module
 */
import type { Mapped, SettledOptions } from './assess.ts';
import type { Assessment, FocusSummary, Reason, WorstRegion } from './assessment.ts';
import { canonicalJson, sha256 } from './fingerprint.ts';
import type { UnitConversion } from './map/units.ts';
import type { Slide } from './slide/slide.ts';
import type { TissueMask } from './tissue/tissue-mask.ts';
import { thresholdsFor, type Verdict } from './verdict/judge.ts';
import type { Policy } from './verdict/policy.ts';
import { VERSION } from './version.ts';

/** What an assessment is written from. */
export interface Findings extends Mapped {
	readonly slide: Slide;
	readonly options: SettledOptions;
	readonly policy: Policy;
	readonly mode: 'fast' | 'exact';
	readonly mask: TissueMask;
	readonly conversion: UnitConversion;
	readonly verdict: Verdict;
	/** Tiles of the smaller level that tissue was looked for in and that could not be read. */
	readonly overviewHoles: number;
}

/** Tiles named in an assessment. */
const MOST_EXAMPLES = 10;

/** The assessment of one slide. Holds no date and no time, so a rerun gives the same bytes. */
export async function buildAssessment(findings: Findings): Promise<Assessment> {
	const { slide, mask, conversion, verdict, map, asked, unreadable, policy } = findings;
	const { focus, tissue } = verdict;
	const level = slide.levels[0]!;
	const thresholds = thresholdsFor(map, policy);
	const mm2PerPx = slide.mpp && (slide.mpp.x * slide.mpp.y) / 1e6;
	return {
		schema: 'parfocal-assessment-1',
		slide: describe(slide),
		outcome: verdict.outcome,
		sentence: verdict.sentence,
		reasons: verdict.reasons.map(roundReason),
		...(focus && { focus: roundFocus(focus) }),
		tissue: {
			source: mask.source,
			...(mm2PerPx !== undefined && { areaMm2: significant(tissue.tissueAreaPx * mm2PerPx) }),
			fraction: decimals(tissue.fraction, 4),
			assessableFraction: decimals(tissue.assessableFraction, 4),
			littleTextureFraction: decimals(tissue.littleTextureFraction, 4),
			penMarkFraction: decimals(tissue.penMarkFraction, 4),
		},
		tiles: {
			total: level.columns * level.rows,
			measured: asked - unreadable.length,
			unreadable: unreadable.length,
			examples: examplesOf(unreadable, slide),
		},
		worstRegions: verdict.worstRegions.map(roundRegion),
		map: {
			stepPx: map.stepPx,
			windowPx: map.windowPx,
			columns: map.columns,
			rows: map.rows,
			unit: map.unit,
			higherMeans: map.higherMeans,
			...(thresholds && {
				thresholds: { slight: thresholds.slight, clear: thresholds.clear, strong: thresholds.strong },
			}),
			...(conversion.note !== undefined && { note: conversion.note }),
		},
		provenance: await provenanceOf(findings),
	};
}

async function provenanceOf(findings: Findings): Promise<Assessment['provenance']> {
	const { slide, options, policy, mode } = findings;
	const { model, calibration, reader = 'parfocal', roi } = options;
	const policySha256 = await sha256(canonicalJson(policy));
	const software = `parfocal ${VERSION}`;
	const settings = {
		software,
		model: model.sha256,
		...(calibration && { calibration: calibration.sha256 }),
		policy: policySha256,
		mode,
		reader,
		mpp: slide.mpp ?? null,
		roi: roi ? await maskSha256(roi) : null,
	};
	return {
		software,
		model: { name: model.name, sha256: model.sha256, licence: model.licence, origin: model.definition.origin },
		...(calibration && { calibration: { name: calibration.name, sha256: calibration.sha256 } }),
		policy: { name: policy.name, sha256: policySha256 },
		settingsSha256: await sha256(canonicalJson(settings)),
		reader,
		mode,
		warnings: [...slide.warnings.map((warning) => withoutFolders(warning, slide)), ...warningsOf(findings)],
	};
}

/** The first unreadable tiles in reading order, whichever thread met them first. */
function examplesOf(unreadable: Findings['unreadable'], slide: Slide): string[] {
	return unreadable
		.toSorted((a, b) => a.row - b.row || a.column - b.column)
		.slice(0, MOST_EXAMPLES)
		.map(({ message }) => withoutFolders(message, slide));
}

/** A sentence about the slide that names its file only: where it lay is no part of what it is. */
function withoutFolders(sentence: string, { name }: Slide): string {
	return sentence.replaceAll(name, fileName(name));
}

function warningsOf({ options, mode, mask, overviewHoles }: Findings): string[] {
	const warnings: string[] = [];
	if (mode === 'exact' && options.mode !== 'exact') {
		warnings.push(`The model ${options.model.name} has no fast path: exact mode was used.`);
	}
	if (mask.source === 'roi') warnings.push('Only the region of interest was assessed.');
	if (overviewHoles > 0) {
		const tiles = overviewHoles === 1 ? 'One tile' : `${overviewHoles} tiles`;
		warnings.push(
			`${tiles} of the level in which tissue is looked for could not be read: tissue there was not assessed.`,
		);
	}
	return warnings;
}

async function maskSha256({ classes, widthPx, heightPx, downsampleX, downsampleY }: TissueMask): Promise<string> {
	const grid = canonicalJson({ widthPx, heightPx, downsampleX, downsampleY });
	return sha256(grid + (await sha256(classes.slice())));
}

function describe(slide: Slide): Assessment['slide'] {
	const { widthPx, heightPx } = slide.levels[0]!;
	return {
		name: fileName(slide.name),
		format: slide.format,
		vendor: slide.vendor,
		widthPx,
		heightPx,
		...(slide.mpp && { mpp: { x: slide.mpp.x, y: slide.mpp.y, source: slide.mpp.source } }),
		...(slide.objectivePower !== undefined && { objectivePower: slide.objectivePower }),
	};
}

/** The last part of a path or address. An address loses its query, which can hold an access token. */
function fileName(source: string): string {
	const path = /^https?:/i.test(source) ? source.replace(/[?#].*$/s, '') : source;
	return path.split(/[\\/]/).findLast((part) => part !== '') ?? source;
}

function roundReason(reason: Reason): Reason {
	return {
		...reason,
		...(reason.fraction !== undefined && { fraction: decimals(reason.fraction, 4) }),
		...(reason.areaMm2 !== undefined && { areaMm2: significant(reason.areaMm2) }),
	};
}

function roundRegion(region: WorstRegion): WorstRegion {
	return {
		...region,
		value: decimals(region.value, 3),
		...(region.areaMm2 !== undefined && { areaMm2: significant(region.areaMm2) }),
	};
}

/** Fractions still add to 1 after rounding: the largest part of them, what is in focus, takes the difference. */
function roundFocus(focus: FocusSummary): FocusSummary {
	const slightFraction = decimals(focus.slightFraction, 4);
	const clearFraction = decimals(focus.clearFraction, 4);
	const strongFraction = decimals(focus.strongFraction, 4);
	return {
		inFocusFraction: Math.max(0, decimals(1 - slightFraction - clearFraction - strongFraction, 4)),
		slightFraction,
		clearFraction,
		strongFraction,
		median: decimals(focus.median, 3),
		percentile95: decimals(focus.percentile95, 3),
	};
}

const decimals = (value: number, digits: number) => Number(value.toFixed(digits));
const significant = (value: number) => Number(value.toPrecision(4));
