/**
 * `parfocal simulate focuspath`.
 * @module
 */
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { WriteError } from '@parfocal/core';
import type { LeftOut } from '@parfocal/lab';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { createProgress } from '../progress.ts';

/** Flags of `parfocal simulate focuspath`. */
export interface SimulateFocusPathFlags {
	readonly out: string;
	readonly images?: readonly string[];
	readonly slides?: number;
	readonly positions: number;
	readonly slices: number;
	readonly size: number;
	readonly stepUm: number;
	readonly mpp?: number;
	readonly seed: number;
	readonly json?: boolean;
	readonly quiet?: boolean;
}

/** Micrometres per pixel unless told: of a 40x scan, or of the 20x scans that most pictures come from. */
const DRAWN_MPP = 0.25;
const PICTURED_MPP = 0.5;

/** Writes simulated focal stacks in the layout of FocusPath. */
export default async function simulateFocusPath(this: Context, flags: SimulateFocusPathFlags): Promise<void> {
	const { writeSimulatedFocusPath } = await import('@parfocal/lab');
	const { stdout, stderr } = this.process;
	const { out, size, images, mpp = images ? PICTURED_MPP : DRAWN_MPP, json = false, quiet = false, ...sizes } = flags;
	const folder = resolve(this.cwd, out);
	const there = await readdir(folder).catch(() => []);
	if (there.length > 0) {
		throw new WriteError(folder, 'exists', `${out} is not empty. Choose another folder with --out, or empty it.`);
	}
	const progress = createProgress(stderr, !quiet && !json);
	progress.start(images ? 'looking at pictures' : out);
	const made = await writeSimulatedFocusPath(folder, {
		...sizes,
		mpp,
		images: images?.map((path) => resolve(this.cwd, path)),
		sidePx: size,
		signal: this.signal,
		onLooked: (done, total) => {
			progress.update(done, total);
			if (done === total) progress.start(out);
		},
		onProgress: (done, total) => progress.update(done, total),
	}).finally(() => progress.clear());
	for (const { message } of made.leftOut) {
		if (message === undefined) continue;
		stderr.write(`parfocal: ${message}\n`);
		this.process.exitCode = EXIT.notRead;
	}
	if (json) stdout.write(`${JSON.stringify({ out, ...made, simulated: true })}\n`);
	else if (!quiet) {
		stdout.write(`${out}: ${made.patches} simulated patches and ${made.list}, split by slide\n`);
		stdout.write(leftOutLines(made.leftOut));
	}
}

/** Names that stand for the others of a reason. */
const SHOWN_NAMES = 3;

/** A line a reason: how many, and the first of them. */
function leftOutLines(leftOut: readonly LeftOut[]): string {
	const byReason = Map.groupBy(leftOut, ({ reason }) => reason);
	return [...byReason]
		.map(([reason, pictures]) => {
			const names = pictures.slice(0, SHOWN_NAMES).map(({ name }) => name);
			const more = pictures.length > SHOWN_NAMES ? ', …' : '';
			return `left out: ${pictures.length} ${reason} (${names.join(', ')}${more})\n`;
		})
		.join('');
}
