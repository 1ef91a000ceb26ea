/**
 * What an operator would be told about tissue in focus, and about pen, glass and folds: pictures assessed as slides are.
 * @module
 */
import { basename, join } from 'node:path';
import {
	type AssessmentResult,
	assess,
	type BlurThresholds,
	type FocusModel,
	policyNamed,
	VALIDITY,
} from '@parfocal/core';
import { openSlideFile } from '@parfocal/node';
import { type ManifestEntry, mppOfMagnification } from '../../data/manifest.ts';

/** Places of a picture's map by what became of them. */
export interface AssessedPicture {
	readonly entry: ManifestEntry;
	readonly assessable: number;
	readonly littleTexture: number;
	readonly penMark: number;
	readonly background: number;
	/** Assessable places at or beyond the policy's "slight" and "clear". */
	readonly slight: number;
	readonly alarms: number;
	/** Values of assessable places, µm. */
	readonly valuesUm: Float32Array;
}

/** The pixel size that is assumed where a collection says none, µm: between a 20x and a 40x scan. */
const ASSUMED_MPP = 0.35;

/**
 * Assesses pictures by the preset `routine`.
 * @throws {ReadError | FormatError} when a picture cannot be read
 */
export async function assessPictures(
	model: FocusModel,
	folder: string,
	entries: readonly ManifestEntry[],
): Promise<AssessedPicture[]> {
	const policy = policyNamed('routine');
	const thresholds = policy.thresholds.defocusUm!;
	const assessed: AssessedPicture[] = [];
	for (const entry of entries) {
		const mpp = mppOfMagnification(entry.magnification) ?? ASSUMED_MPP;
		const slide = await openSlideFile(join(folder, entry.file), { mpp });
		try {
			assessed.push(countPlaces(entry, await assess(slide, { model, policy }), thresholds));
		} finally {
			await slide.close();
		}
	}
	return assessed;
}

function countPlaces(
	entry: ManifestEntry,
	{ map }: AssessmentResult,
	{ slight, clear }: BlurThresholds,
): AssessedPicture {
	const count = (code: number): number => map.validity.reduce((sum, own) => sum + Number(own === code), 0);
	const values = map.values.filter((value) => !Number.isNaN(value));
	return {
		entry,
		assessable: count(VALIDITY.assessable),
		littleTexture: count(VALIDITY.littleTexture),
		penMark: count(VALIDITY.penMark),
		background: count(VALIDITY.background),
		slight: values.filter((value) => value >= slight).length,
		alarms: values.filter((value) => value >= clear).length,
		valuesUm: values,
	};
}

/** Pictures by the collection, stain and organ that they are of. */
export function byTissue(assessed: readonly AssessedPicture[]): Map<string, AssessedPicture[]> {
	return Map.groupBy(assessed, ({ entry }) => {
		const collection = basename(entry.sourceRepo);
		return `${collection}: ${entry.stain}, ${entry.organ}`;
	});
}
