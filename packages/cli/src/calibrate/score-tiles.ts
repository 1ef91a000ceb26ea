/**
 * Scores of the pictures that a calibration is learnt from.
 * @module
 */
import { type FocusModel, type PictureScore, scorePicture } from '@parfocal/core';
import { openSlideFile } from '@parfocal/node';
import type { Context } from '../context.ts';
import { createProgress } from '../progress.ts';

/** How to score. */
export interface TileScoring {
	readonly context: Pick<Context, 'process' | 'signal'>;
	readonly model: FocusModel;
	readonly mode: 'fast' | 'exact';
	readonly silent: boolean;
}

/**
 * A score a picture, in the order given.
 * @throws what is wrong with the first picture that cannot be scored: a calibration from fewer tiles is another one
 */
export async function scoreTiles(
	paths: readonly string[],
	{ context, model, mode, silent }: TileScoring,
): Promise<PictureScore['score'][]> {
	const progress = createProgress(context.process.stderr, !silent);
	progress.start('scoring');
	const scores: number[] = [];
	try {
		for (const path of paths) {
			context.signal.throwIfAborted();
			const slide = await openSlideFile(path, { signal: context.signal });
			try {
				scores.push((await scorePicture(slide, model, { mode, signal: context.signal })).score);
			} finally {
				await slide.close();
			}
			progress.update(scores.length, paths.length);
		}
	} finally {
		progress.clear();
	}
	return scores;
}
