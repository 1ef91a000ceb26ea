/**
 * `parfocal simulate focuspath`.
 * @module
 */
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { WriteError } from '@parfocal/core';
import type { Context } from '../context.ts';
import { createProgress } from '../progress.ts';

/** Flags of `parfocal simulate focuspath`. */
export interface SimulateFocusPathFlags {
	readonly out: string;
	readonly slides: number;
	readonly positions: number;
	readonly slices: number;
	readonly size: number;
	readonly stepUm: number;
	readonly mpp: number;
	readonly seed: number;
	readonly json?: boolean;
	readonly quiet?: boolean;
}

/** Writes simulated focal stacks in the layout of FocusPath. */
export default async function simulateFocusPath(this: Context, flags: SimulateFocusPathFlags): Promise<void> {
	const { writeSimulatedFocusPath } = await import('@parfocal/lab');
	const { out, size, json = false, quiet = false, ...sizes } = flags;
	const folder = resolve(this.cwd, out);
	const there = await readdir(folder).catch(() => []);
	if (there.length > 0) {
		throw new WriteError(folder, 'exists', `${out} is not empty. Choose another folder with --out, or empty it.`);
	}
	const progress = createProgress(this.process.stderr, !quiet && !json);
	progress.start(out);
	const made = await writeSimulatedFocusPath(folder, {
		...sizes,
		sidePx: size,
		signal: this.signal,
		onProgress: (done, total) => progress.update(done, total),
	}).finally(() => progress.clear());
	const { stdout } = this.process;
	if (json) stdout.write(`${JSON.stringify({ out, ...made, simulated: true })}\n`);
	else if (!quiet) stdout.write(`${out}: ${made.patches} simulated patches and ${made.list}, split by slide\n`);
}
