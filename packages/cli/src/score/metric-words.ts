/**
 * A knowledge-based metric in words, for `models list` and `models show`.
 * @module
 */
import { METRIC_STRIDE_PX, METRIC_WINDOW_PX, type Metric } from '@parfocal/core';
import { formatTable } from '../table.ts';

/** The facts of a metric, as JSON has them. */
export function metricFacts({ name, title, higherMeans, looksAt, source }: Metric): Record<string, unknown> {
	const windows = { windowPx: METRIC_WINDOW_PX, stridePx: METRIC_STRIDE_PX };
	return {
		name,
		source: 'shipped',
		kind: 'metric',
		title,
		unit: 'score',
		higherMeans,
		looksAt,
		paper: source,
		...windows,
	};
}

/** The facts of a metric in two columns. */
export function metricInWords({ name, title, higherMeans, looksAt, source }: Metric, sha256: string): string {
	return formatTable([
		['name', `${name}: ${title}, a formula without training`],
		['looks at', looksAt],
		['unit', `score, higher means ${higherMeans}; no verdict, pictures of one size only can be compared`],
		['in a scan', `windows of ${METRIC_WINDOW_PX} px every ${METRIC_STRIDE_PX} px`],
		['paper', source],
		['sha256', sha256],
	]);
}
