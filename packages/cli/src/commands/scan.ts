/**
 * `parfocal scan`.
 * @module
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ArgumentError, assess, isParfocalError } from '@parfocal/core';
import { createWorkerPool, openSlideFile, toWriteError, type WorkerPool, writeAssessmentFiles } from '@parfocal/node';
import type { Context } from '../context.ts';
import { EXIT, worstExitCode } from '../exit-codes.ts';
import { expandSlides, isAddress, type SlideInput } from '../expand-slides.ts';
import { createProgress, type Progress } from '../progress.ts';
import { createReporter, exitCodeOf, type SlideResult } from '../scan/report.ts';
import { loadSettings, type ScanSettings } from '../scan/settings.ts';

/** Flags of `parfocal scan`. */
export interface ScanFlags {
	readonly out: string;
	readonly model?: string;
	readonly policy: string;
	readonly mpp?: number;
	readonly roi?: string;
	readonly workers?: number;
	readonly exact?: boolean;
	readonly json?: boolean;
	readonly quiet?: boolean;
}

/** What all slides of a run share. */
interface Run {
	readonly context: Context;
	readonly flags: ScanFlags;
	readonly settings: ScanSettings;
	readonly pool: WorkerPool;
	readonly progress: Progress;
}

/** Scans the slides one after another; each gets all workers. */
export default async function scan(this: Context, flags: ScanFlags, ...args: string[]): Promise<void> {
	const settings = await loadSettings(flags, this);
	const inputs = await expandSlides(args, this.cwd);
	if (flags.roi !== undefined && inputs.length > 1) {
		throw new ArgumentError('roi', '--roi belongs to one slide. Scan the slides one at a time.');
	}
	const out = resolve(this.cwd, flags.out);
	await mkdir(out, { recursive: true }).catch((error: unknown) => {
		throw toWriteError(flags.out, error);
	});
	await using pool = createWorkerPool(flags.workers === undefined ? {} : { workers: flags.workers });
	const progress = createProgress(this.process.stderr, !flags.quiet);
	const report = createReporter(this, flags);
	const run: Run = { context: this, flags, settings, pool, progress };
	const results: SlideResult[] = [];
	for (const [index, input] of inputs.entries()) {
		const label = inputs.length > 1 ? `[${index + 1}/${inputs.length}] ${input.folder}` : input.folder;
		progress.start(label);
		const result = await scanOne(run, input, out);
		progress.clear();
		if (this.signal.aborted) break;
		results.push(result);
		report.slide(result);
		// Nothing after a full disk can be written either.
		if (result.state === 'unwritten' && result.final) break;
	}
	if (this.signal.aborted) report.interrupted(results.length, inputs.length);
	report.end(results);
	this.process.exitCode = this.signal.aborted ? EXIT.interrupted : worstExitCode(results.map(exitCodeOf));
}

async function scanOne(run: Run, input: SlideInput, out: string): Promise<SlideResult> {
	const { context, flags, settings, pool, progress } = run;
	const { cwd, signal } = context;
	const started = performance.now();
	const path = isAddress(input.path) ? input.path : resolve(cwd, input.path);
	const mpp = flags.mpp === undefined ? {} : { mpp: flags.mpp };
	try {
		const slide = await openSlideFile(path, mpp);
		try {
			const { model, policy, mode } = settings;
			const roi = settings.roiOn(slide.levels[0]!);
			const result = await assess(slide, {
				model,
				policy,
				mode,
				...(roi && { roi }),
				measurer: pool.measurer(path, mpp),
				signal,
				onProgress: (phase, done, total) => phase === 'measure' && progress.update(done, total),
			});
			const folder = resolve(out, input.folder);
			await writeAssessmentFiles(folder, slide, result, { signal });
			const ms = performance.now() - started;
			return { state: 'done', input, assessment: result.assessment, folder: `${flags.out}/${input.folder}`, ms };
		} finally {
			await slide.close();
		}
	} catch (error) {
		if (signal.aborted) return { state: 'unread', input, error: signal.reason as Error };
		if (isParfocalError(error, 'read', 'format')) return { state: 'unread', input, error };
		if (isParfocalError(error, 'write')) {
			return { state: 'unwritten', input, error, final: 'reason' in error && error.reason === 'disk-full' };
		}
		throw error;
	}
}
