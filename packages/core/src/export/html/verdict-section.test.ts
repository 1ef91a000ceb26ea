import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../assessment.ts';
import { focusColour } from '../../map/colour.ts';
import { exampleResult } from '../testing/example.ts';
import { focusSection, verdictBanner } from './verdict-section.ts';

const { assessment, map } = exampleResult();

describe('verdictBanner', () => {
	test('says the outcome once, then the sentence without repeating it', () => {
		const { html } = verdictBanner(assessment);
		expect(html).toContain('Rescan</span>');
		expect(html).toContain('<p>18 % of the tissue is clearly out of focus, mostly on the right.</p>');
	});

	test('a sentence that starts otherwise is kept whole', () => {
		const { html } = verdictBanner({ ...assessment, sentence: 'rescan it.' });
		expect(html).toContain('<p>rescan it.</p>');
	});

	test('a sentence after the outcome starts with a capital', () => {
		const { html } = verdictBanner({ ...assessment, outcome: 'pass', sentence: 'Pass: the tissue is in focus.' });
		expect(html).toContain('<p>The tissue is in focus.</p>');
	});

	test('lists every reason with what it leads to, in words', () => {
		const { html } = verdictBanner(assessment);
		const items = [
			...html.matchAll(/<li><span class="chip" data-outcome="([^"]*)">([^<]*)<\/span><span>([^<]*)<\/span>/g),
		];
		expect(items.map(([, outcome, word]) => [outcome, word])).toEqual([
			['rescan', 'Rescan'],
			['note', 'Note'],
		]);
		expect(items[1]![3]).toBe('1 of 120 tiles could not be read.');
	});

	test('each outcome has a sign of its own', () => {
		const signs = (['pass', 'review', 'rescan', 'not-assessable'] as const).map((outcome) => {
			const { html } = verdictBanner({ ...assessment, outcome });
			return /<path d="([^"]+)"/.exec(html)![1];
		});
		expect(new Set(signs).size).toBe(4);
	});

	test('no reasons, no crash', () => {
		expect(verdictBanner({ ...assessment, reasons: [] }).html).toContain('<ul class="reasons"');
	});
});

interface Bar {
	readonly x: number;
	readonly width: number;
	readonly fill: string;
}

function barsOf(html: string): Bar[] {
	const pattern = /<rect x="([\d.]+)" y="0" width="([\d.]+)" height="4" fill="([^"]+)"/g;
	return [...html.matchAll(pattern)].map(([, x, width, fill]) => ({ x: Number(x), width: Number(width), fill: fill! }));
}

describe('focusSection', () => {
	test('bars stand side by side and fill the whole', () => {
		const bars = barsOf(focusSection(assessment, map, 1).html);
		expect(bars).toHaveLength(4);
		let left = 0;
		for (const { x, width } of bars) {
			expect(x).toBeCloseTo(left, 2);
			left += width;
		}
		expect(left).toBeCloseTo(100, 2);
	});

	test('bars are as wide as the fractions, coloured as on the map', () => {
		const bars = barsOf(focusSection(assessment, map, 1).html);
		const { inFocusFraction, slightFraction, clearFraction, strongFraction } = assessment.focus!;
		expect(bars.map(({ width }) => width / 100)).toEqual(
			[inFocusFraction, slightFraction, clearFraction, strongFraction].map((fraction) => expect.closeTo(fraction, 4)),
		);
		expect(bars[0]!.fill).toBe(`rgb(${focusColour(0).join(' ')})`);
		expect(bars[3]!.fill).toBe(`rgb(${focusColour(1).join(' ')})`);
		expect(new Set(bars.map(({ fill }) => fill)).size).toBe(4);
	});

	test('names classes with their thresholds, percent and area', () => {
		const { html } = focusSection(assessment, map, 2);
		expect(html).toContain('<dt>Slightly out of focus from 1 µm</dt>');
		expect(html).toContain('<dt>Strongly out of focus from 4 µm</dt>');
		const { strongFraction } = assessment.focus!;
		expect(html).toContain(`${(strongFraction * 100).toFixed(1)} % <small>0.1`);
		expect(html).toContain('mm²');
	});

	test('has no areas when they are unknown', () => {
		expect(focusSection(assessment, map, undefined).html).not.toContain('mm²');
	});

	test('is empty when there is nothing to say', () => {
		const { focus, ...unjudged } = assessment;
		expect(focus).toBeDefined();
		expect(focusSection(unjudged, map, 1).html).toBe('');
		const { thresholds, ...without } = assessment.map;
		expect(thresholds).toBeDefined();
		const uncalibrated: Assessment = { ...assessment, map: without };
		expect(focusSection(uncalibrated, map, 1).html).toBe('');
	});
});
