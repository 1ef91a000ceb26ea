/**
 * `parfocal scan`.
 * @module
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ArgumentError } from '@parfocal/core';
import { createWorkerPool, toWriteError } from '@parfocal/node';
import type { Context } from '../context.ts';
import { worstExitCode } from '../exit-codes.ts';
import { expandSlides } from '../expand-slides.ts';
import { createProgress } from '../progress.ts';
import { createReporter, exitCodeOf, isDiskFull, type SlideResult } from '../scan/report.ts';
import { type ScanRun, scanSlide } from '../scan/scan-slide.ts';
import { loadSettings } from '../scan/settings.ts';

/** Flags of `parfocal scan`. */
export interface ScanFlags {
	readonly out: string;
	readonly model?: string;
	readonly dictionary?: string;
	readonly calibration?: string;
	readonly policy: string;
	readonly mpp?: number;
	readonly roi?: string;
	readonly workers?: number;
	readonly exact?: boolean;
	readonly json?: boolean;
	readonly quiet?: boolean;
}

/** Scans the slides one after another; each gets all workers. */
export default async function scan(this: Context, flags: ScanFlags, ...args: string[]): Promise<void> {
	const settings = await loadSettings(flags, this);
	const inputs = await expandSlides(args, this.cwd);
	if (flags.roi !== undefined && inputs.length > 1) {
		throw new ArgumentError('roi', '--roi belongs to one slide. Scan the slides one at a time.');
	}
	await makeFolder(flags.out, this.cwd);
	await using pool = createWorkerPool(flags.workers === undefined ? {} : { workers: flags.workers });
	const progress = createProgress(this.process.stderr, !flags.quiet);
	const report = createReporter(this, flags);
	const run: ScanRun = { context: this, settings, pool, progress, out: flags.out, mpp: flags.mpp };
	const results: SlideResult[] = [];
	for (const [index, input] of inputs.entries()) {
		progress.start(inputs.length > 1 ? `[${index + 1}/${inputs.length}] ${input.folder}` : input.folder);
		const result = await scanSlide(run, input);
		progress.clear();
		results.push(result);
		report.slide(result);
		// After a full disk, nothing else can be written either.
		if (result.state === 'stopped' || isDiskFull(result)) break;
	}
	report.end(results, inputs.length);
	this.process.exitCode = worstExitCode(results.map(exitCodeOf));
}

async function makeFolder(out: string, cwd: string): Promise<void> {
	try {
		await mkdir(resolve(cwd, out), { recursive: true });
	} catch (error) {
		throw toWriteError(out, error);
	}
}
