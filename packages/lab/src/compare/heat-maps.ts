/**
 * Heat maps of a picture by several methods: windows scored one by one, once on each map's own scale, and once on a scale that
 * holds for all pictures where the method has one.
 * Source: Wang et al., "FocusLiteNN", MICCAI 2020, heat maps; windows of 235 px, closer together than published.
 * @module
 */
import { ArgumentError, cropRgb, type RgbImage } from '@parfocal/core';
import { type Matrix, matrixSvg } from '../figures/matrix.ts';
import { blurrinessOf, type Scorer } from './scorer.ts';

const WINDOW_PX = 235;
const STEP_PX = 64;
/** The paper's scale of heat maps in z-levels; in pixels of blur radius, where maps of our models end. */
const ABSOLUTE_END = 12;

/**
 * Scores of windows of a picture, row by row.
 * @throws {ArgumentError} when the picture is smaller than a window
 */
export async function windowScores(image: RgbImage, scorer: Scorer): Promise<number[][]> {
	const columns = Math.floor((image.widthPx - WINDOW_PX) / STEP_PX) + 1;
	const rows = Math.floor((image.heightPx - WINDOW_PX) / STEP_PX) + 1;
	if (columns < 1 || rows < 1) {
		throw new ArgumentError('picture', `A heat map needs a picture of ${WINDOW_PX} px a side at least.`);
	}
	const scores: number[][] = [];
	for (let row = 0; row < rows; row++) {
		const line: number[] = [];
		for (let column = 0; column < columns; column++) {
			const rect = { x: column * STEP_PX, y: row * STEP_PX, widthPx: WINDOW_PX, heightPx: WINDOW_PX };
			line.push(blurrinessOf(await scorer.score(cropRgb(image, rect)), scorer));
		}
		scores.push(line);
	}
	return scores;
}

/** The picture of heat maps: relative for all, absolute for models that answer on a scale. */
export async function heatMapPicture(image: RgbImage, scorers: readonly Scorer[], title: string): Promise<string> {
	const matrices: Matrix[] = [];
	for (const scorer of scorers) {
		const values = await windowScores(image, scorer);
		const all = values.flat().filter(Number.isFinite);
		matrices.push({ title: `${scorer.name}, relative`, values, range: [Math.min(...all), Math.max(...all)] });
		if (scorer.family !== 'knowledge-based' && scorer.family !== 'baseline') {
			matrices.push({ title: `${scorer.name}, 0 to ${ABSOLUTE_END}`, values, range: [0, ABSOLUTE_END] });
		}
	}
	const description = `Darker is blurrier. Windows of ${WINDOW_PX} px every ${STEP_PX} px; relative: from the least to the largest score of the map.`;
	return matrixSvg({ title, description, matrices, cellPx: 18, perRow: 2 });
}
