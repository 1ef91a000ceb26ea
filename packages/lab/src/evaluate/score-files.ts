/**
 * Scoring picture files with a model, exact windows, mean over them.
 * @module
 */
import { type ImmediateModel, scoreImage } from '@parfocal/core';
import { readRgb } from '../data/source-image.ts';

/** The score of a picture file in the model's unit; NaN when it is smaller than a window. */
export async function scoreFile(model: ImmediateModel, path: string): Promise<number> {
	const { widthPx, heightPx, data } = await readRgb(path);
	if (Math.min(widthPx, heightPx) < model.windowPx) return Number.NaN;
	return scoreImage(model, { layout: 'rgb', widthPx, heightPx, data }).score;
}
