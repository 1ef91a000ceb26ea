/**
 * Real defocus: series of the same field at several stage positions, which no training has seen.
 * @module
 */
import { join } from 'node:path';
import type { ImmediateModel } from '@parfocal/core';
import { type ManifestEntry, readManifest } from '../data/manifest.ts';
import { spearman } from './metrics.ts';
import { scoreFile } from './score-files.ts';

/** How a series of the data folder gives the distance from focus of each picture. */
export interface SeriesRule {
	readonly name: string;
	readonly folder: string;
	/** Distance from the plane in focus in steps of the stage, from the file's name; undefined leaves a picture out. */
	distance(file: string): number | undefined;
}

/** The series at hand and what is known about them. */
export const SERIES: readonly SeriesRule[] = [
	{
		name: 'vaginal smear, 19 planes, sharpest stated at 0',
		folder: 'defocus/smear_zstack/',
		distance: (file) => Math.abs(planeOf(file)),
	},
	{
		// The collection calls plane 49 the sharpest, fine detail peaks at 52 to 54; beyond 63 hardly anything changes.
		name: 'onion, planes 54 to 63, one side of focus',
		folder: 'defocus/onion_openflexure/',
		distance: (file) => (planeOf(file) >= 54 && planeOf(file) <= 63 ? planeOf(file) - 54 : undefined),
	},
	{
		// No plane is named the sharpest; detail falls from 60 to 160.
		name: 'diatom, 3 planes, order by plane',
		folder: 'defocus/diatom_multifocus/',
		distance: (file) => planeOf(file) - 60,
	},
];

/** What a model makes of one series. */
export interface SeriesResult {
	readonly name: string;
	/** Distance from focus, ascending, and score of each picture. */
	readonly distance: readonly number[];
	readonly score: readonly number[];
	/** Between distance and score. */
	readonly spearman: number;
}

/** A picture known to be out of focus as a whole. */
export interface BlurryResult {
	readonly file: string;
	readonly score: number;
}

/** Results on real defocus. */
export interface RealDefocus {
	readonly series: readonly SeriesResult[];
	readonly outOfFocus: readonly BlurryResult[];
	/** Quartiles of the scores of the sharp pictures of the held-out collections: 25, 50, 75 %. */
	readonly sharpQuartiles: readonly [number, number, number];
}

/** Scores every real series and the single pictures out of focus under `folder`, beside `sharp` pictures in focus. */
export async function scoreRealDefocus(
	model: ImmediateModel,
	folder: string,
	sharp: readonly ManifestEntry[],
): Promise<RealDefocus> {
	const entries = (await readManifest(folder)).filter((entry) => entry.role === 'defocus');
	const series: SeriesResult[] = [];
	for (const rule of SERIES) {
		const planes: { distance: number; score: number }[] = [];
		for (const { file } of entries.filter((entry) => entry.file.startsWith(rule.folder))) {
			const distance = rule.distance(file);
			if (distance === undefined) continue;
			planes.push({ distance, score: await scoreFile(model, join(folder, file)) });
		}
		planes.sort((a, b) => a.distance - b.distance);
		const distance = planes.map((plane) => plane.distance);
		const score = planes.map((plane) => plane.score);
		series.push({ name: rule.name, distance, score, spearman: spearman(distance, score) });
	}
	const outOfFocus: BlurryResult[] = [];
	for (const { file } of entries.filter(({ file }) => /tcga_at_focus|leishmania_oof/.test(file))) {
		outOfFocus.push({ file, score: await scoreFile(model, join(folder, file)) });
	}
	const scores: number[] = [];
	for (const { file } of sharp) scores.push(await scoreFile(model, join(folder, file)));
	const sorted = scores.filter((score) => !Number.isNaN(score)).sort((a, b) => a - b);
	const quartile = (q: number): number => sorted[Math.round(q * (sorted.length - 1))] ?? Number.NaN;
	return { series, outOfFocus, sharpQuartiles: [quartile(0.25), quartile(0.5), quartile(0.75)] };
}

function planeOf(file: string): number {
	return Number(/([+-]?\d+)\.\w+$/.exec(file)?.[1]);
}
