/**
 * A calibration as `parfocal calibrate` says it.
 * @module
 */
import { type CalibratedUnit, type Calibration, calibrate, formatNumber, formatPercent } from '@parfocal/core';
import { count, formatTable } from '../table.ts';

/** Scores at which the curve is shown. */
const SHOWN_SCORES = 7;

const VALUES: Readonly<Record<CalibratedUnit, string>> = {
	defocusUm: 'defocus, µm',
	zLevel: 'steps from focus',
	score: 'share out of focus',
};

/**
 * Identity, what was found before fitting, agreement, threshold with its interval, and the mapping at a few scores; then what to beware of.
 * @param found Rows of two cells.
 */
export function calibrationWords(calibration: Calibration, found: readonly (readonly [string, string])[] = []): string {
	const { name, sha256, model, samples, agreement, warnings } = calibration;
	const facts: (readonly [string, string])[] = [
		['calibration', `${name} ${sha256.slice(0, 12)}`],
		['model', `${model.name}, ${model.mode} mode`],
		[
			'tiles',
			samples.drawn < samples.count ? `${samples.count} in ${count(samples.drawn, 'group')}` : `${samples.count}`,
		],
		...found,
		['Spearman', `${two(agreement.spearman)} (${two(agreement.low)} to ${two(agreement.high)})`],
		['out of focus', thresholdWords(calibration)],
		['on these tiles', tilesWords(calibration)],
	];
	return [
		formatTable(facts),
		'\n',
		formatTable(mappingRows(calibration), [1, 2, 3, 4, 5, 6, 7]),
		...(warnings.length > 0 ? ['\n'] : []),
		...warnings.map((warning) => `beware: ${warning}\n`),
	].join('');
}

/** `score 2.1 or more (1.9 to 2.4): defocus, µm 1.5 (1.3 to 1.8)`. */
function thresholdWords({ threshold, unit, curve, model }: Calibration): string {
	const { score, low, high, value } = threshold;
	const side = model.higherMeans === 'blurrier' ? 'or more' : 'or less';
	const ends = [low, high].map((end) => calibrate(curve, end)).sort((a, b) => a - b);
	const range = `${three(ends[0]!)} to ${three(ends[1]!)}`;
	return `score ${three(score)} ${side} (${three(low)} to ${three(high)}): ${VALUES[unit]} ${three(value)} (${range})`;
}

function tilesWords({ threshold: { sensitivity, specificity } }: Calibration): string {
	return `finds ${formatPercent(sensitivity)} of those out of focus, passes ${formatPercent(specificity)} of the others`;
}

function mappingRows({ curve, unit }: Calibration): string[][] {
	const { raw } = curve;
	const step = (raw.at(-1)! - raw[0]!) / (SHOWN_SCORES - 1);
	const scores = Array.from({ length: SHOWN_SCORES }, (_, i) => raw[0]! + i * step);
	return [
		['score', ...scores.map(three)],
		[VALUES[unit], ...scores.map((score) => three(calibrate(curve, score)))],
	];
}

const two = (value: number): string => value.toFixed(2);
const three = (value: number): string => formatNumber(value, 3);
