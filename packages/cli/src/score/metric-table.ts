/**
 * Scores of pictures by metrics, in words.
 * @module
 */
import { formatNumber, type Metric } from '@parfocal/core';
import { formatTable } from '../table.ts';

/** A picture's scores, one a metric. */
export interface MetricScores {
	readonly file: string;
	readonly scores: readonly number[];
}

/** One row a picture, one column a metric; with a single metric the blurriest comes first. */
export function formatMetrics(pictures: readonly MetricScores[], metrics: readonly Metric[]): string {
	const [only] = metrics;
	const sign = only?.higherMeans === 'blurrier' ? -1 : 1;
	const sorted =
		metrics.length === 1 ? pictures.toSorted((a, b) => compare(a.scores[0]!, b.scores[0]!, sign)) : pictures;
	const head = metrics.map(({ name, higherMeans }) => `${name} ${ARROWS[higherMeans]}`);
	const rows = sorted.map(({ file, scores }) => [...scores.map((score) => formatNumber(score, 5)), file]);
	const directions = [
		...(metrics.some(({ higherMeans }) => higherMeans === 'sharper') ? ['↑ higher means sharper'] : []),
		...(metrics.some(({ higherMeans }) => higherMeans === 'blurrier') ? ['↓ higher means blurrier'] : []),
	];
	const right = metrics.map((_, i) => i);
	return `${formatTable([[...head, 'picture'], ...rows], right)}${directions.join(', ')}; scores of whole pictures\n`;
}

const ARROWS: Readonly<Record<Metric['higherMeans'], string>> = { sharper: '↑', blurrier: '↓' };

/** Pictures without a score last. */
function compare(a: number, b: number, sign: number): number {
	return Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || sign * (a - b);
}

/** The same for programs: one JSON line a picture and metric; `score` is null where the method is undefined. */
export function metricLines({ file, scores }: MetricScores, metrics: readonly Metric[]): string {
	return metrics
		.map(
			({ name, higherMeans }, i) =>
				`${JSON.stringify({ file, method: name, score: scores[i], higherMeans, unit: 'score' })}\n`,
		)
		.join('');
}
