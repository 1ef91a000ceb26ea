/**
 * A calibration as a picture: tiles, curve and threshold.
 * @module
 */
import type { CalibratedUnit, Calibration } from '@parfocal/core';
import { plotSvg } from '../figures/plot.ts';
import type { CalibrationSample } from './fit-calibration.ts';

const LABELS: Readonly<Record<CalibratedUnit, string>> = {
	defocusUm: 'defocus, µm',
	zLevel: 'steps from focus',
	score: 'share labelled out of focus',
};

/** Labels over scores, with the curve and the threshold's interval, as SVG. */
export function calibrationPlot(
	{ name, model, unit, curve, threshold }: Calibration,
	samples: readonly CalibrationSample[],
): string {
	const scores = samples.map(({ score }) => score);
	const labels = samples.map(({ label }) => label);
	const top = Math.max(...labels);
	const upright = (at: number) => [[at, 0] as const, [at, top] as const];
	const [raw, value] = [curve.raw, curve.value];
	const ends = [Math.min(...scores, raw[0]!), Math.max(...scores, raw.at(-1)!)] as const;
	const line = [
		[ends[0], value[0]!] as const,
		...raw.map((score, i) => [score, value[i]!] as const),
		[ends[1], value.at(-1)!] as const,
	];
	const interval = [...upright(threshold.low), [Number.NaN, Number.NaN] as const, ...upright(threshold.high)];
	return plotSvg({
		title: `Calibration ${name}`,
		description: `Labels of ${samples.length} tiles over the scores of ${model.name}, the fitted curve, and the threshold with its interval.`,
		panels: [
			{
				xLabel: `score of ${model.name}`,
				yLabel: LABELS[unit],
				yIncludes: [0],
				series: [
					{ name: 'tiles', kind: 'points', points: samples.map(({ score, label }) => [score, label] as const) },
					{ name: 'curve', kind: 'line', points: line },
					{ name: 'threshold', kind: 'line', points: upright(threshold.score) },
					{ name: '95 % interval', kind: 'line', points: interval },
				],
			},
		],
	});
}
