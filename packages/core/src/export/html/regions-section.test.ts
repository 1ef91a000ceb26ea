import { describe, expect, test } from 'vitest';
import { exampleResult } from '../testing/example.ts';
import { type ReportRegion, regionsSection } from './regions-section.ts';

const { assessment } = exampleResult();
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff);
const PNG = Uint8Array.of(0x89, 0x50, 0x4e);

function cards(html: string): string[] {
	return html.split('<li id=').slice(1);
}

describe('regionsSection', () => {
	test('a card a region, in order of rank', () => {
		const all = cards(regionsSection(assessment, []).html);
		expect(all).toHaveLength(2);
		expect(all[0]).toMatch(/^"region-1">/);
		expect(all[1]).toMatch(/^"region-2">/);
	});

	test('says how blurry, where, how large, and at which pixels', () => {
		const [first] = cards(regionsSection(assessment, []).html);
		expect(first).toContain('5.4 µm: strongly out of focus, right, 0.0164\u00a0mm²');
		expect(first).toContain('At x 2368, y 832; 512 × 512 px of the full resolution.');
	});

	test('leaves out an unknown area', () => {
		const worstRegions = assessment.worstRegions.map(({ areaMm2, ...rest }) => {
			expect(areaMm2).toBeDefined();
			return rest;
		});
		expect(regionsSection({ ...assessment, worstRegions }, []).html).not.toContain('mm²');
	});

	test('puts pictures with the region of their rank, whatever their order', () => {
		const pictures: ReportRegion[] = [
			{ rank: 2, blurryJpeg: PNG },
			{ rank: 1, blurryJpeg: JPEG, sharpJpeg: JPEG },
		];
		const [first, second] = cards(regionsSection(assessment, pictures).html);
		expect(first!.match(/data:image\/jpeg/g)).toHaveLength(2);
		expect(second!.match(/data:image\/png/g)).toHaveLength(1);
		expect(second).toContain('No sharp tissue nearby to compare with');
	});

	test('every picture says what it shows', () => {
		const { html } = regionsSection(assessment, [{ rank: 1, blurryJpeg: JPEG, sharpJpeg: JPEG }]);
		expect(html).toContain('alt="Worst region 1: 5.4 µm out of focus"');
		expect(html).toContain('alt="Sharp neighbour of region 1"');
	});

	test('pictures of no region are not shown', () => {
		const { html } = regionsSection(assessment, [{ rank: 99, blurryJpeg: JPEG }]);
		expect(html).not.toContain('<img');
	});

	test('pictures are not put off: printing and archiving show them all', () => {
		const { html } = regionsSection(assessment, [{ rank: 1, blurryJpeg: JPEG }]);
		expect(html).not.toContain('lazy');
	});

	test('says in words that there is none, and why', () => {
		expect(regionsSection({ ...assessment, worstRegions: [], outcome: 'pass' }, []).html).toContain(
			'No region is out of focus.',
		);
		expect(regionsSection({ ...assessment, worstRegions: [], outcome: 'not-assessable' }, []).html).toContain(
			'could not be judged',
		);
	});
});
