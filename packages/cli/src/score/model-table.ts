/**
 * Scores of pictures by a model, in words and as JSON lines.
 * @module
 */
import { applyCalibration, type Calibration, type FocusModel, formatNumber, type PictureScore } from '@parfocal/core';
import { count, formatTable } from '../table.ts';

/** A picture and its score. */
export interface ScoredPicture extends PictureScore {
	readonly file: string;
}

/** What scored. */
export interface ScoredBy {
	readonly method: string;
	readonly model: FocusModel;
	readonly calibration: Calibration | undefined;
}

/** One JSON line a picture; with a calibration, what it says of the score and its identity. */
export function scoreLine({ file, score, crops }: ScoredPicture, { method, model, calibration }: ScoredBy): string {
	const { name, higherMeans, unit } = model;
	const line = {
		...{ file, method, model: name, score, higherMeans, unit },
		...(crops && { crops: [...crops] }),
		...(calibration && {
			calibrated: { ...applyCalibration(calibration, score), unit: calibration.unit },
			calibration: { name: calibration.name, sha256: calibration.sha256 },
		}),
	};
	return `${JSON.stringify(line)}\n`;
}

/** A table, blurriest first, and what the numbers are. */
export function formatScores(scored: readonly ScoredPicture[], { model, calibration }: ScoredBy): string {
	const { name, unit, higherMeans } = model;
	const sign = higherMeans === 'blurrier' ? -1 : 1;
	const sorted = scored.toSorted((a, b) => sign * (a.score - b.score));
	const withCrops = sorted.some(({ crops }) => crops);
	const rows = sorted.map(({ file, score, crops }) => [
		formatNumber(score, 4),
		...(calibration ? calibratedCells(calibration, score) : []),
		...(withCrops ? [count(crops?.length ?? 0, 'crop')] : []),
		file,
	]);
	const by =
		calibration && ` calibration ${calibration.name} ${calibration.sha256.slice(0, 12)}, unit ${calibration.unit}`;
	return [
		formatTable(rows, calibration ? [0, 1] : [0]),
		`model ${name}, unit ${unit}, higher means ${higherMeans}\n`,
		...(by ? [`second column by${by}, higher means blurrier\n`] : []),
	].join('');
}

function calibratedCells(calibration: Calibration, score: number): string[] {
	const { value, outOfFocus, uncertain } = applyCalibration(calibration, score);
	return [formatNumber(value, 3), `${outOfFocus ? 'out of focus' : 'in focus'}${uncertain ? '?' : ''}`];
}
