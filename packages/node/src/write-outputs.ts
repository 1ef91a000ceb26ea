/**
 * Everything written for one slide.
 * @module
 */
import * as nodeFs from 'node:fs/promises';
import { join } from 'node:path';
import {
	type AssessmentResult,
	assessmentJson,
	OUTPUT_FILES,
	type OutputFile,
	type RectPx,
	type ReportRegion,
	type RgbImage,
	reportHtml,
	type Slide,
} from '@parfocal/core';
import { type FolderFs, replaceFolder } from './atomic-write.ts';
import { type DerivedFileRequest, type DeriveFile, deriveFile } from './derived-files.ts';
import { encodeJpeg } from './jpeg-encode.ts';

/** Options of `writeAssessmentFiles`. */
export interface WriteAssessmentOptions {
	readonly signal?: AbortSignal;
	/** Makes the files that need no slide; a worker pool's makes them at the same time as this thread reads pixels. */
	readonly deriveFile?: DeriveFile;
	/** Tests replace it. */
	readonly fs?: FolderFs;
}

/** Worst regions shown in the report, and the longer side of a crop: more would make a file nobody can mail. */
const REPORT_REGIONS = 8;
const CROP_PX = 512;
const THUMBNAIL_PX = 1600;

/**
 * Writes the files named in `OUTPUT_FILES` to `folder`, all of them or none: an existing folder is replaced when the new
 * one is complete (see `replaceFolder`; files of other names in it are kept). The same assessment gives the same bytes.
 * @throws {WriteError} when something cannot be written: full disk, no permission, a file in the way
 * @throws {ReadError} when the slide can no longer be read
 */
export async function writeAssessmentFiles(
	folder: string,
	slide: Slide,
	result: Pick<AssessmentResult, 'assessment' | 'map' | 'thumbnail'>,
	options: WriteAssessmentOptions = {},
): Promise<void> {
	const { signal, fs = nodeFs, deriveFile: derive = deriveFile } = options;
	const owned = Object.keys(OUTPUT_FILES);
	await replaceFolder(
		folder,
		async (temporary) => {
			const save = (name: OutputFile, content: string | Uint8Array | Iterable<Uint8Array>): Promise<void> =>
				fs.writeFile(join(temporary, name), content);
			await writeAll(slide, result, save, derive, signal);
		},
		{ owned, fs, ...(signal && { signal }) },
	);
}

type Save = (name: OutputFile, content: string | Uint8Array | Iterable<Uint8Array>) => Promise<void>;

async function writeAll(
	slide: Slide,
	{ assessment, map, thumbnail }: Pick<AssessmentResult, 'assessment' | 'map' | 'thumbnail'>,
	save: Save,
	derive: DeriveFile,
	signal: AbortSignal | undefined,
): Promise<void> {
	// What other threads do is started first: compressing pictures, and the map's files, slowest ahead.
	const thumbnailJpeg = encodeJpeg(thumbnail, { maximumSidePx: THUMBNAIL_PX });
	const requests: DerivedFileRequest[] = [
		{ file: 'cells.parquet', assessment, map },
		{ file: 'map.png', assessment, map, thumbnail },
		{ file: 'cells.tsv', assessment, map },
		{ file: 'regions.geojson', assessment, map },
		{ file: 'map.tif', assessment, map },
	];
	const derived = requests.map(async (request) => save(request.file, await derive(request, signal)));
	const regions = reportRegions(slide, assessment.worstRegions.slice(0, REPORT_REGIONS), signal);
	const report = Promise.all([thumbnailJpeg, regions])
		.then(([thumbnailJpeg, regions]) => reportHtml({ assessment, map, thumbnailJpeg, regions }))
		.then((html) => save('report.html', html));
	const json = save('assessment.json', assessmentJson(assessment));
	// All settle before the folder is removed after a failure: no write may come late and bring it back.
	const outcomes = await Promise.allSettled([json, report, ...derived]);
	const failure = outcomes.find((outcome) => outcome.status === 'rejected');
	if (failure) throw failure.reason;
}

async function reportRegions(
	slide: Slide,
	worst: AssessmentResult['assessment']['worstRegions'],
	signal: AbortSignal | undefined,
): Promise<ReportRegion[]> {
	const crops: { rank: number; blurry: RgbImage; sharp: RgbImage | undefined }[] = [];
	for (const { rank, rect, sharpNeighbour } of worst) {
		// One after another: a slide may reuse its memory from read to read.
		const blurry = await readCrop(slide, rect, signal);
		crops.push({ rank, blurry, sharp: sharpNeighbour && (await readCrop(slide, sharpNeighbour, signal)) });
	}
	return Promise.all(
		crops.map(async ({ rank, blurry, sharp }) => {
			const [blurryJpeg, sharpJpeg] = await Promise.all([encodeJpeg(blurry), sharp && encodeJpeg(sharp)]);
			return { rank, blurryJpeg, ...(sharpJpeg && { sharpJpeg }) };
		}),
	);
}

/** The middle of a region at full resolution; parts that cannot be read are white. */
function readCrop(slide: Slide, rect: RectPx, signal: AbortSignal | undefined): Promise<RgbImage> {
	const widthPx = Math.min(rect.widthPx, CROP_PX);
	const heightPx = Math.min(rect.heightPx, CROP_PX);
	const x = Math.round(rect.x + (rect.widthPx - widthPx) / 2);
	const y = Math.round(rect.y + (rect.heightPx - heightPx) / 2);
	const onUnreadable = (): void => undefined;
	return slide.readRegion(0, { x, y, widthPx, heightPx }, { onUnreadable, ...(signal && { signal }) });
}
