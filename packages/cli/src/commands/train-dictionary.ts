/**
 * `parfocal train-dictionary`.
 * @module
 */
import { resolve } from 'node:path';
import { type RgbImage, readWhole, saveDictionary, trainDictionary } from '@parfocal/core';
import { openSlideFile, writeWholeFile } from '@parfocal/node';
import type { Context } from '../context.ts';
import { isAddress } from '../expand-paths.ts';
import { createProgress, formatDuration } from '../progress.ts';
import { count } from '../table.ts';

/** Flags of `parfocal train-dictionary`. */
export interface TrainDictionaryFlags {
	readonly out: string;
	readonly iterations: number;
	readonly atoms: number;
	readonly blocks: number;
	readonly seed: number;
}

/** Learns a dictionary for SPARISH from sharp pictures. A picture that cannot be read stops it: it would be another one. */
export default async function trainDictionaryCommand(
	this: Context,
	{ out, ...options }: TrainDictionaryFlags,
	...files: string[]
): Promise<void> {
	const { cwd, signal } = this;
	const started = performance.now();
	const progress = createProgress(this.process.stderr, true);
	progress.start(out);
	try {
		const { dictionary, errors, blocks } = await trainDictionary(pictures(files, cwd, signal), {
			...options,
			signal,
			onProgress: (done, total) => progress.update(done, total),
		});
		const metadata = { method: 'K-SVD', blocks: String(blocks), ...texts(options) };
		await writeWholeFile(resolve(cwd, out), saveDictionary(dictionary, metadata));
		progress.clear();
		const [first, last] = [errors[0]!, errors.at(-1)!].map((error) => error.toFixed(2));
		const learned = `${dictionary.atoms} patterns from ${blocks} blocks of ${count(files.length, 'picture')}`;
		const better = `error ${first} with cosines, ${last} learned, in grey levels`;
		this.process.stdout.write(`${out}: ${learned}, ${better}, ${formatDuration(performance.now() - started)}\n`);
	} catch (error) {
		progress.clear();
		throw error;
	}
}

async function* pictures(files: readonly string[], cwd: string, signal: AbortSignal): AsyncGenerator<RgbImage> {
	for (const file of files) {
		const slide = await openSlideFile(isAddress(file) ? file : resolve(cwd, file), { signal });
		try {
			yield await readWhole(slide, { signal });
		} finally {
			await slide.close();
		}
	}
}

function texts(options: Readonly<Record<string, number>>): Record<string, string> {
	return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)]));
}
