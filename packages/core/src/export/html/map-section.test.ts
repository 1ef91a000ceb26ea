import { describe, expect, test } from 'vitest';
import type { Assessment, WorstRegion } from '../../assessment.ts';
import { VALIDITY } from '../../map/focus-map.ts';
import { exampleResult } from '../testing/example.ts';
import { mapSection } from './map-section.ts';
import { reportData } from './report-data.ts';

const example = exampleResult();
const { assessment, map } = example;
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

function sectionOf(given: Assessment = assessment, focusMap = map): string {
	return mapSection(given, focusMap, reportData(given, focusMap, 'µm'), JPEG).html;
}

describe('the stage', () => {
	test('keeps the shape of the slide while the picture loads', () => {
		const [, width, height] = /<img [^>]*width="(\d+)" height="(\d+)"/.exec(sectionOf())!;
		expect(Number(width) / Number(height)).toBeCloseTo(3820 / 2549, 2);
	});

	test('draws over the slide in its own pixels', () => {
		expect(sectionOf()).toContain('viewBox="0 0 3820 2549"');
	});

	test('links each worst region to its card and says how blurry it is', () => {
		const html = sectionOf();
		expect(html).toContain('<a href="#region-1" aria-label="Worst region 1, 5.4 µm">');
		const { x, y, widthPx, heightPx } = assessment.worstRegions[0]!.rect;
		expect(html).toContain(`<rect class="box" x="${x}" y="${y}" width="${widthPx}" height="${heightPx}"/>`);
	});

	test('puts the rank above a region, and below one at the upper edge', () => {
		const at = (y: number): number => {
			const region: WorstRegion = { ...assessment.worstRegions[0]!, rect: { x: 10, y, widthPx: 300, heightPx: 200 } };
			const html = sectionOf({ ...assessment, worstRegions: [region] });
			return Number(/<rect class="rank" x="[^"]*" y="([^"]*)"/.exec(html)![1]);
		};
		expect(at(1000)).toBeLessThan(1000);
		expect(at(1000)).toBeGreaterThan(800);
		expect(at(0)).toBe(200);
	});

	test('ranks of two digits get a wider label', () => {
		const width = (rank: number): number => {
			const html = sectionOf({ ...assessment, worstRegions: [{ ...assessment.worstRegions[0]!, rank }] });
			return Number(/<rect class="rank" [^>]*width="([^"]*)"/.exec(html)![1]);
		};
		expect(width(12)).toBeGreaterThan(width(2) * 1.4);
	});

	test('has a scale bar of a round length', () => {
		expect(sectionOf()).toContain('>100 µm</text>');
		const unknown = exampleResult({ mpp: false });
		expect(sectionOf(unknown.assessment, unknown.map)).toContain('>500 px</text>');
	});

	test('says what lies behind the values', () => {
		expect(sectionOf()).toContain(
			'A value every 64 px, each from a window of 192 px. Assumes an objective of NA 0.75 in air.',
		);
		const { note, ...without } = assessment.map;
		expect(note).toBeDefined();
		expect(sectionOf({ ...assessment, map: without })).toContain('from a window of 192 px.</figcaption>');
	});

	test('without scripts there is the picture beside the report', () => {
		expect(sectionOf()).toMatch(/<noscript>.*href="map\.png".*<\/noscript>/s);
	});

	test('a tall slide gets a narrower stage', () => {
		const tall = exampleResult({ columns: 20, rows: 60 });
		expect(sectionOf(tall.assessment, tall.map)).toContain('<div class="map tall">');
		expect(sectionOf()).toContain('<div class="map">');
	});
});

describe('the controls', () => {
	test('the slider has a step for every stop and starts at slight', () => {
		const { stops } = reportData(assessment, map, 'µm');
		const [, max, value] = /id="threshold" min="0" max="(\d+)" step="1" value="(\d+)"/.exec(sectionOf())!;
		expect(Number(max)).toBe(stops.length - 1);
		expect(stops[Number(value)]).toBe(1);
	});

	test('buttons stand for the thresholds of the policy', () => {
		const { stops } = reportData(assessment, map, 'µm');
		const buttons = [...sectionOf().matchAll(/data-stop="(\d+)" aria-pressed="false">([^<]*)</g)];
		expect(buttons.map(([, stop, label]) => [stops[Number(stop)], label])).toEqual([
			[0, 'All'],
			[1, 'Slight 1'],
			[2, 'Clear 2'],
			[4, 'Strong 4'],
		]);
	});

	test('without thresholds the slider starts at the sharp end and there is one button', () => {
		const { thresholds, ...without } = assessment.map;
		expect(thresholds).toBeDefined();
		const html = sectionOf({ ...assessment, map: without });
		expect(html).toContain('step="1" value="0"');
		expect(html.match(/data-stop=/g)).toHaveLength(1);
	});

	test('are hidden until the script runs, so that nothing is dead', () => {
		expect(sectionOf()).toContain('<div id="controls" hidden>');
	});

	test('are absent when there is nothing to colour', () => {
		const validity = map.validity.slice().fill(VALIDITY.background);
		const html = sectionOf({ ...assessment, worstRegions: [] }, { ...map, validity });
		expect(html).not.toContain('id="threshold"');
		expect(html).toContain('there is nothing to colour');
	});
});

describe('the legend', () => {
	test('explains the hatches that are on the map, and no others', () => {
		const html = sectionOf();
		for (const label of ['Too little texture to judge', 'Pen mark', 'Could not be read']) expect(html).toContain(label);
		const validity = map.validity.map((code) => (code === VALIDITY.penMark ? VALIDITY.assessable : code));
		const values = map.values.map((value) => (Number.isNaN(value) ? 1 : value));
		expect(sectionOf(assessment, { ...map, validity, values })).not.toContain('Pen mark');
	});

	test('names the unit', () => {
		expect(sectionOf()).toContain('Tissue by µm out of focus');
		const scored = { ...map, unit: 'zLevel' as const };
		expect(sectionOf(assessment, scored)).toContain('Tissue by z-levels out of focus');
	});
});
