/**
 * `parfocal score`.
 * @module
 */
import { resolve } from 'node:path';
import { type FocusModel, formatNumber, isParfocalError, type PictureScore, scorePicture } from '@parfocal/core';
import { openSlideFile } from '@parfocal/node';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { isAddress } from '../expand-slides.ts';
import { loadModel } from '../load-model.ts';
import { count, formatTable } from '../table.ts';

/** Flags of `parfocal score`. */
export interface ScoreFlags {
	readonly model?: string;
	readonly method: 'focuslitenn';
	readonly exact?: boolean;
	readonly json?: boolean;
}

interface Scored extends PictureScore {
	readonly file: string;
}

/** Scores pictures one after another; one that cannot be read never stops the others. */
export default async function score(this: Context, flags: ScoreFlags, ...files: string[]): Promise<void> {
	const { stdout, stderr } = this.process;
	const model = await loadModel(flags.model, this.cwd);
	const scored: Scored[] = [];
	for (const file of files) {
		try {
			const result = { file, ...(await scoreFile(file, model, flags, this)) };
			scored.push(result);
			if (flags.json) stdout.write(`${JSON.stringify(asJson(result, model, flags))}\n`);
		} catch (error) {
			if (this.signal.aborted || !isParfocalError(error, 'read', 'format', 'argument')) throw error;
			stderr.write(`parfocal: ${error.message}\n`);
			this.process.exitCode = EXIT.notRead;
		}
	}
	if (!flags.json && scored.length > 0) stdout.write(inWords(scored, model));
}

async function scoreFile(
	file: string,
	model: FocusModel,
	{ exact }: ScoreFlags,
	{ cwd, signal }: Context,
): Promise<PictureScore> {
	const slide = await openSlideFile(isAddress(file) ? file : resolve(cwd, file), { signal });
	try {
		return await scorePicture(slide, model, { mode: exact ? 'exact' : 'fast', signal });
	} finally {
		await slide.close();
	}
}

function asJson({ file, score, crops }: Scored, model: FocusModel, { method }: ScoreFlags): object {
	const { name, higherMeans, unit } = model;
	return { file, method, model: name, score, higherMeans, unit, ...(crops && { crops: [...crops] }) };
}

/** Blurriest first. */
function inWords(scored: readonly Scored[], { name, unit, higherMeans }: FocusModel): string {
	const sign = higherMeans === 'blurrier' ? -1 : 1;
	const sorted = scored.toSorted((a, b) => sign * (a.score - b.score));
	const withCrops = sorted.some(({ crops }) => crops);
	const rows = sorted.map(({ file, score, crops }) => [
		formatNumber(score, 4),
		...(withCrops ? [count(crops?.length ?? 0, 'crop')] : []),
		file,
	]);
	return `${formatTable(rows, [0])}model ${name}, unit ${unit}, higher means ${higherMeans}\n`;
}
