/**
 * The epochs of a training as a table and as a curve.
 * @module
 */
import { type Panel, plotSvg, type Series } from '../figures/plot.ts';
import type { EpochRow } from './fit-network.ts';
import type { Figures } from './judge.ts';

/** Columns of the table. */
const COLUMNS: readonly (readonly [string, (row: EpochRow) => number | null | undefined])[] = [
	['epoch', ({ epoch }) => epoch],
	['learning_rate', ({ learningRate }) => learningRate],
	['training_loss', ({ trainingLoss }) => trainingLoss],
	['validation_srcc', ({ validation }) => validation?.srcc],
	['validation_plcc', ({ validation }) => validation?.plcc],
	['validation_mae', ({ validation }) => validation?.mae],
	['validation_accuracy', ({ validation }) => validation?.accuracy],
	['validation_balanced_accuracy', ({ validation }) => validation?.balancedAccuracy],
	['validation_within_one', ({ validation }) => validation?.withinOne],
	['validation_tau_b', ({ validation }) => validation?.tauB],
	['ms_per_step', ({ msPerStep }) => Math.round(100 * msPerStep) / 100],
];

/** The table as CSV, a line an epoch; what does not apply or is undefined is empty. Numbers are whole: no digit is lost. */
export function trainingLog(history: readonly EpochRow[]): string {
	const lines = history.map((row) => COLUMNS.map(([, of]) => of(row) ?? '').join(','));
	return `${[COLUMNS.map(([name]) => name).join(','), ...lines].join('\n')}\n`;
}

/** The curve as SVG: the training loss, and below it the figures of the validation side. */
export function trainingCurve(title: string, history: readonly EpochRow[], lossName: string): string {
	const line = (name: string, of: (row: EpochRow) => number | null | undefined): Series => ({
		name,
		kind: 'line',
		points: history.map((row) => [row.epoch, of(row) ?? Number.NaN]),
	});
	const ofFigure = (name: string, key: keyof Figures): Series => line(name, ({ validation }) => validation?.[key]);
	const figures = [
		ofFigure('SRCC', 'srcc'),
		ofFigure('PLCC', 'plcc'),
		ofFigure('accuracy', 'accuracy'),
		ofFigure('at most one class off', 'withinOne'),
		ofFigure('tau-b', 'tauB'),
	].filter(({ points }) => points.some(([, y]) => Number.isFinite(y)));
	const panels: Panel[] = [
		{
			title,
			xLabel: 'epoch',
			yLabel: `training loss (${lossName})`,
			series: [line('training loss', (r) => r.trainingLoss)],
		},
		...(figures.length > 0 ? [{ xLabel: 'epoch', yLabel: 'validation', series: figures, yIncludes: [1] }] : []),
	];
	const last = history.at(-1);
	const description = last
		? `Training loss by epoch, from ${history[0]!.trainingLoss.toPrecision(3)} to ${last.trainingLoss.toPrecision(3)} in ${history.length} epochs, and figures of the validation side.`
		: 'No epoch is over yet.';
	return plotSvg({ title, description, panels });
}
