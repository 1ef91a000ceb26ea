import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../assessment.ts';
import { OUTPUT_FILES } from '../output-files.ts';
import { exampleResult } from '../testing/example.ts';
import { factsSection, filesSection } from './facts-section.ts';

const { assessment } = exampleResult();

/** Rows of all tables by name. */
function rowsOf(given: Assessment): Record<string, string> {
	const rows = factsSection(given).html.matchAll(/<th scope="row">([^<]*)<\/th><td>(.*?)<\/td>/g);
	return Object.fromEntries([...rows].map(([, name, value]) => [name!, value!]));
}

describe('factsSection', () => {
	test('tells the slide', () => {
		expect(rowsOf(assessment)).toMatchObject({
			Name: 'example-slide.svs',
			Size: '3820 × 2549 px',
			'Pixel size': '0.25 × 0.25 µm, from the slide&#39;s header',
			Objective: '40×',
			Format: 'aperio-svs',
			Vendor: 'aperio',
			Tiles: '120, 119 measured, 1 unreadable',
		});
	});

	test('tells the tissue', () => {
		expect(rowsOf(assessment)).toMatchObject({
			'Found by': 'Parfocal',
			'Of the slide': '42 %',
			Assessable: '95 % of the tissue',
			'Too little texture': '4 % of the tissue',
			'Pen marks': '1 % of the tissue',
		});
		expect(rowsOf(assessment)['Area']).toMatch(/^0\.\d+ mm²$/);
	});

	test('tells where the numbers come from', () => {
		expect(rowsOf(assessment)).toMatchObject({
			Software: 'parfocal 0.1.0',
			Model: 'example-model <code>abababababab</code>',
			'Model origin': 'shipped, licence Apache-2.0',
			Policy: 'routine <code>cdcdcdcdcdcd</code>',
			Mode: 'fast',
			Settings: '<code>efefefefefef</code>',
		});
	});

	test('tells the calibration where there is one', () => {
		const calibration = { name: 'a < b', sha256: '12'.repeat(32) };
		const calibrated = { ...assessment, provenance: { ...assessment.provenance, calibration } };
		expect(rowsOf(calibrated)['Calibration']).toBe('a &lt; b <code>121212121212</code>');
		expect(rowsOf(assessment)).not.toHaveProperty('Calibration');
	});

	test.each([
		['user', 'given by the user'],
		['estimated', 'estimated from the objective'],
		['oracle', 'oracle'],
	])('a pixel size from %s says so', (source, words) => {
		const slide = { ...assessment.slide, mpp: { x: 0.2523, y: 0.2521, source } };
		expect(rowsOf({ ...assessment, slide })['Pixel size']).toBe(`0.2523 × 0.2521 µm, ${words}`);
	});

	test('what is unknown is said to be', () => {
		const { mpp, objectivePower, ...slide } = assessment.slide;
		expect([mpp, objectivePower]).not.toContain(undefined);
		const { areaMm2, ...tissue } = assessment.tissue;
		expect(areaMm2).toBeDefined();
		const rows = rowsOf({ ...assessment, slide, tissue });
		expect(rows['Pixel size']).toBe('unknown: areas are left out');
		expect(rows['Objective']).toBe('unknown');
		expect(rows).not.toHaveProperty('Area');
	});

	test('a region of interest is named as the source of the tissue', () => {
		const tissue = { ...assessment.tissue, source: 'roi' as const };
		expect(rowsOf({ ...assessment, tissue })['Found by']).toBe('region of interest given by the user');
	});

	test('lists unreadable tiles and warnings, and no empty lists', () => {
		const { html } = factsSection(assessment);
		expect(html).toContain('<h3>Tiles that could not be read</h3>');
		expect(html).not.toContain('<h3>Warnings</h3>');
		const warned = factsSection({
			...assessment,
			tiles: { ...assessment.tiles, examples: [] },
			provenance: { ...assessment.provenance, warnings: ['The header lies.', 'Twice.'] },
		}).html;
		expect(warned).not.toContain('<h3>Tiles that could not be read</h3>');
		expect(warned).toContain('<li>The header lies.</li><li>Twice.</li>');
	});
});

describe('filesSection', () => {
	test('links every file beside the report, relative to it', () => {
		const links = [...filesSection().html.matchAll(/<a href="([^"]*)">([^<]*)<\/a><span>([^<]*)</g)];
		expect(links.map(([, target]) => target)).toEqual(
			Object.keys(OUTPUT_FILES).filter((name) => name !== 'report.html'),
		);
		for (const [, target, label, what] of links) {
			expect(label).toBe(target);
			expect(what!.length).toBeGreaterThan(10);
			expect(target).not.toMatch(/[/:]/);
		}
	});
});
