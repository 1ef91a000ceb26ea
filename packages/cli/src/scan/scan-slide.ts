/**
 * Scanning one slide of a run; whatever is wrong with it becomes a result.
 * @module
 */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type AssessmentResult, assess, isParfocalError, type Slide, WriteError } from '@parfocal/core';
import { openSlideFile, type WorkerPool, writeAssessmentFiles } from '@parfocal/node';
import type { Context } from '../context.ts';
import { isAddress } from '../expand-paths.ts';
import type { SlideInput } from '../expand-slides.ts';
import type { Progress } from '../progress.ts';
import type { SlideResult } from './report.ts';
import type { ScanSettings } from './settings.ts';

/** What all slides of a run share. */
export interface ScanRun {
	readonly context: Pick<Context, 'cwd' | 'signal'>;
	readonly settings: ScanSettings;
	readonly pool: WorkerPool;
	readonly progress: Progress;
	/** Folder of all results as the user wrote it. */
	readonly out: string;
	readonly mpp: number | undefined;
}

/**
 * Opens, assesses and writes one slide.
 * @throws {ArgumentError} when the region of interest does not fit the slide: that is the command line's fault.
 */
export async function scanSlide(run: ScanRun, input: SlideInput): Promise<SlideResult> {
	const { cwd, signal } = run.context;
	const started = performance.now();
	const path = isAddress(input.path) ? input.path : resolve(cwd, input.path);
	const folder = `${run.out}/${input.folder}`;
	const mpp = run.mpp === undefined ? {} : { mpp: run.mpp };
	try {
		const slide = await openSlideFile(path, { ...mpp, signal });
		try {
			await refuseFile(folder, cwd);
			const result = await assessSlide(run, slide, path, mpp);
			await writeAssessmentFiles(resolve(cwd, folder), slide, result, { signal, deriveFile: run.pool.deriveFile });
			return { state: 'done', input, assessment: result.assessment, folder, ms: performance.now() - started };
		} finally {
			await slide.close();
		}
	} catch (error) {
		if (signal.aborted) return { state: 'stopped', input };
		if (isParfocalError(error, 'argument')) throw error;
		if (isParfocalError(error, 'read', 'format')) return { state: 'unread', input, error };
		if (isParfocalError(error, 'write')) return { state: 'unwritten', input, error };
		return { state: 'failed', input, error };
	}
}

function assessSlide(
	{ settings, pool, progress, context: { signal } }: ScanRun,
	slide: Slide,
	path: string,
	mpp: { readonly mpp?: number },
): Promise<AssessmentResult> {
	const { model, calibration, policy, mode } = settings;
	const roi = settings.roiOn(slide.levels[0]!);
	return assess(slide, {
		model,
		...(calibration && { calibration }),
		policy,
		mode,
		...(roi && { roi }),
		measurer: pool.measurer(path, mpp),
		signal,
		onProgress: (phase, done, total) => phase === 'measure' && progress.update(done, total),
	});
}

/** Said before the work, not after it: with `--out .` the results folder of a slide has the slide's own name. */
async function refuseFile(folder: string, cwd: string): Promise<void> {
	const there = await stat(resolve(cwd, folder)).catch(() => undefined);
	if (!there?.isFile()) return;
	const message = `${folder} could not be written: there is a file of that name. Choose another folder with --out.`;
	throw new WriteError(folder, 'exists', message);
}
