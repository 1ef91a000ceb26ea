import { metricNamed } from '@parfocal/core';
import { expect, test } from 'vitest';
import { formatMetrics, metricLines } from './metric-table.ts';

const mlv = metricNamed('mlv');
const fqPath = metricNamed('fqpath');

test('one row a picture in the order given, one column a metric, directions below', () => {
	const pictures = [
		{ file: 'b.png', scores: [0.05, 7.5] },
		{ file: 'a.png', scores: [0.0123456, Number.NaN] },
	];
	expect(formatMetrics(pictures, [mlv, fqPath])).toBe(
		[
			'   mlv ↑  fqpath ↓  picture',
			'    0.05       7.5  b.png',
			'0.012346         –  a.png',
			'↑ higher means sharper, ↓ higher means blurrier; scores of whole pictures',
			'',
		].join('\n'),
	);
});

test.each([
	[mlv, ['low.png', 'mid.png', 'high.png', 'none.png']],
	[fqPath, ['high.png', 'mid.png', 'low.png', 'none.png']],
])('with one metric the blurriest comes first, pictures without a score last', (metric, order) => {
	const pictures = [
		{ file: 'none.png', scores: [Number.NaN] },
		{ file: 'mid.png', scores: [2] },
		{ file: 'high.png', scores: [3] },
		{ file: 'low.png', scores: [1] },
	];
	const files = formatMetrics(pictures, [metric]).match(/\w+\.png/g);
	expect(files).toEqual(order);
});

test('a line a metric for programs; no score is null', () => {
	const lines = metricLines({ file: 'a.png', scores: [0.5, Number.NaN] }, [mlv, fqPath])
		.trim()
		.split('\n');
	expect(lines.map((line) => JSON.parse(line))).toEqual([
		{ file: 'a.png', method: 'mlv', score: 0.5, higherMeans: 'sharper', unit: 'score' },
		{ file: 'a.png', method: 'fqpath', score: null, higherMeans: 'blurrier', unit: 'score' },
	]);
});
