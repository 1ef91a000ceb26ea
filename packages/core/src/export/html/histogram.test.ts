import { describe, expect, test } from 'vitest';
import { VALIDITY } from '../../map/focus-map.ts';
import { exampleResult } from '../testing/example.ts';
import { histogram } from './histogram.ts';
import { reportData } from './report-data.ts';

const { assessment, map } = exampleResult();
const data = reportData(assessment, map, 'µm');

interface Bar {
	readonly stop: number;
	readonly x: number;
	readonly width: number;
	readonly height: number;
}

function barsOf(svg: string): Bar[] {
	const pattern = /data-bar="(\d+)" x="([\d.-]+)" y="[\d.-]+" width="([\d.-]+)" height="([\d.-]+)"/g;
	return [...svg.matchAll(pattern)].map(([, stop, x, width, height]) => ({
		stop: Number(stop),
		x: Number(x),
		width: Number(width),
		height: Number(height),
	}));
}

describe('histogram', () => {
	const svg = histogram(assessment, map, data).html;

	test('a bar for every stop with tissue, in order, inside the chart', () => {
		const bars = barsOf(svg);
		const filled = data.stops.filter((_, i) => data.shares[i]! - (data.shares[i + 1] ?? 0) > 0);
		expect(bars).toHaveLength(filled.length);
		for (const { x, width, height } of bars) {
			expect(x).toBeGreaterThanOrEqual(14);
			expect(x + width).toBeLessThanOrEqual(346.5);
			expect(height).toBeGreaterThan(0);
			expect(height).toBeLessThanOrEqual(125);
		}
	});

	test('heights grow with the square root of the share', () => {
		const bars = barsOf(svg);
		const share = (stop: number): number => data.shares[stop]! - (data.shares[stop + 1] ?? 0);
		const tallest = bars.reduce((a, b) => (a.height > b.height ? a : b));
		for (const { stop, height } of bars) {
			expect(height / tallest.height).toBeCloseTo(Math.sqrt(share(stop) / share(tallest.stop)), 1);
		}
	});

	test('names the axis and the thresholds', () => {
		expect(svg).toContain('µm out of focus');
		for (const name of ['slight', 'clear', 'strong']) expect(svg).toContain(`>${name}</text>`);
		expect(svg.match(/class="limit"/g)).toHaveLength(3);
		expect(svg).toContain('role="img"');
	});

	test('has no thresholds when the policy has none', () => {
		const { thresholds, ...rest } = assessment.map;
		expect(thresholds).toBeDefined();
		expect(histogram({ ...assessment, map: rest }, map, data).html).not.toContain('class="limit"');
	});

	test('a map without values has no bars', () => {
		const blank = { ...map, validity: map.validity.slice().fill(VALIDITY.background) };
		const empty = histogram(assessment, blank, reportData(assessment, blank, 'µm')).html;
		expect(barsOf(empty).filter(({ height }) => height > 0 && height < 120)).toEqual([]);
		expect(empty).not.toContain('NaN');
	});
});
