import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Assessment } from '../../assessment.ts';
import { VALIDITY } from '../../map/focus-map.ts';
import { OUTPUT_FILES } from '../output-files.ts';
import { exampleResult } from '../testing/example.ts';
import { type ReportInput, reportHtml } from './report.ts';

const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);
const example = exampleResult();

function input(changes: Partial<Assessment> = {}): ReportInput {
	return {
		assessment: { ...example.assessment, ...changes },
		map: example.map,
		thumbnailJpeg: JPEG,
		regions: [{ rank: 1, blurryJpeg: JPEG, sharpJpeg: JPEG }],
	};
}

function hash(text: string): string {
	return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

describe('reportHtml', () => {
	test('says verdict, reasons and name', async () => {
		const page = await reportHtml(input());
		expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
		expect(page).toContain('<title>Rescan: example-slide.svs</title>');
		expect(page).toContain('18 % of the tissue, 0.05 mm², is clearly out of focus, mostly on the right.');
		expect(page).toContain('1 of 120 tiles could not be read.');
		expect(page).toContain('Tile 7, 9: the JPEG ends early.');
	});

	test.each([
		['pass', 'Pass'],
		['review', 'Review'],
		['rescan', 'Rescan'],
		['not-assessable', 'Not assessable'],
	] as const)('%s is a word and a sign, not only a colour', async (outcome, word) => {
		const page = await reportHtml(input({ outcome, sentence: `${word}: so it is.` }));
		const badge = /<span class="badge" data-outcome="([a-z-]+)">(<svg.*?<\/svg>)([^<]*)<\/span>\n<p>([^<]*)<\/p>/s.exec(
			page,
		);
		expect(badge?.slice(1)).toEqual([outcome, expect.stringContaining('<path'), word, 'So it is.']);
	});

	test('needs nothing from outside', async () => {
		const page = await reportHtml(input());
		const links = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, target]) => target!);
		expect(links.length).toBeGreaterThan(8);
		const siblings = Object.keys(OUTPUT_FILES);
		for (const link of links) {
			expect(link.startsWith('data:image/') || link.startsWith('#') || siblings.includes(link), link).toBe(true);
		}
		expect(page).not.toMatch(/@import|url\(|https?:\/\//);
	});

	test('allows its own style and script, and nothing else', async () => {
		const page = await reportHtml(input());
		const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll('&#39;', "'");
		const [, style] = /<style>(.*?)<\/style>/s.exec(page)!;
		const [, script] = /<script>(.*?)<\/script>/s.exec(page)!;
		expect(policy.split('; ')).toEqual([
			"default-src 'none'",
			'img-src data:',
			`style-src ${hash(style!)}`,
			`script-src ${hash(script!)}`,
			"base-uri 'none'",
			"form-action 'none'",
		]);
		expect(page.match(/<script>/g)).toHaveLength(1);
		expect(page).not.toMatch(/ style="| on[a-z]+="/);
	});

	test('the script uses nothing from outside itself', async () => {
		const page = await reportHtml(input());
		const script = /<script>(.*?)<\/script>/s.exec(page)![1]!;
		expect(script).not.toMatch(/\bimport\b|\brequire\b|__vite|__name|fetch|XMLHttpRequest|eval|innerHTML/);
		expect(() => new Function(script)).not.toThrow();
	});

	test('shows hostile names and sentences as text', async () => {
		const name = `</title><script>alert("1")</script> & 'größe' \u202e病理.svs`;
		const bad = '<img src=x onerror=alert(1)>';
		const page = await reportHtml(
			input({
				slide: { ...example.assessment.slide, name, vendor: bad, format: bad },
				sentence: bad,
				reasons: [{ code: 'out-of-focus', leadsTo: 'rescan', sentence: bad }],
				tiles: { ...example.assessment.tiles, examples: [bad] },
				worstRegions: example.assessment.worstRegions.map((region) => ({ ...region, place: bad })),
				map: { ...example.assessment.map, note: bad },
				provenance: {
					...example.assessment.provenance,
					warnings: [bad],
					reader: bad,
					software: bad,
					model: { name: bad, sha256: bad, licence: bad, origin: bad },
				},
			}),
		);
		expect(page).not.toContain('<img src=x');
		expect(page).not.toContain('<script>alert');
		expect(page).toContain(
			'&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;größe&#39; \ufffd病理.svs',
		);
		expect(page.match(/<script/g)).toHaveLength(2);
	});

	test('shows each region beside its neighbour, and says when there is none', async () => {
		const page = await reportHtml(input());
		expect(page).toContain('id="region-1"');
		expect(page).toContain('5.4 µm: strongly out of focus, right, 0.0164\u00a0mm²');
		expect(page).toContain('href="#region-2"');
		expect(page.match(/<div class="pair">/g)).toHaveLength(1);
		const lonely = await reportHtml({ ...input(), regions: [{ rank: 2, blurryJpeg: JPEG }] });
		expect(lonely).toContain('No sharp tissue nearby to compare with');
	});

	test('says that nothing is out of focus', async () => {
		const sharp = exampleResult({ outcome: 'pass', worst: 0 });
		const page = await reportHtml({ ...sharp, thumbnailJpeg: JPEG, regions: [] });
		expect(page).toContain('No region is out of focus.');
	});

	test('says that nothing could be judged', async () => {
		const { focus, ...rest } = example.assessment;
		expect(focus).toBeDefined();
		const page = await reportHtml({
			assessment: { ...rest, outcome: 'not-assessable', sentence: 'Not assessable: no tissue.', worstRegions: [] },
			map: { ...example.map, validity: example.map.validity.slice().fill(VALIDITY.background) },
			thumbnailJpeg: JPEG,
			regions: [],
		});
		expect(page).toContain('No tissue could be judged');
		expect(page).toContain('No region was looked for');
		expect(page).not.toContain('NaN');
		expect(page).not.toContain('Assessable tissue by focus');
	});

	test('leaves out areas when the pixel size is unknown', async () => {
		const unknown = exampleResult({ mpp: false });
		const page = await reportHtml({
			assessment: { ...unknown.assessment, reasons: [], worstRegions: [] },
			map: unknown.map,
			thumbnailJpeg: JPEG,
			regions: [],
		});
		expect(page).toContain('unknown: areas are left out');
		// The word is in the script, which is silent without an area.
		expect(page.replace(/<script>.*?<\/script>/s, '')).not.toContain('mm²');
	});

	test('lists the files beside it', async () => {
		const page = await reportHtml(input());
		for (const name of Object.keys(OUTPUT_FILES)) {
			if (name !== 'report.html') expect(page).toContain(`<a href="${name}">${name}</a>`);
		}
	});

	test('marks up landmarks, headings and labels', async () => {
		const page = await reportHtml(input());
		for (const element of ['<header>', '<main id="main">', '<footer>', '<h1>']) {
			expect(page.split(element).length - 1, element).toBe(1);
		}
		for (const [, id] of page.matchAll(/aria-labelledby="([^"]+)"/g)) expect(page).toContain(`<h2 id="${id}">`);
		for (const [, id] of page.matchAll(/<input type="range" id="([^"]+)"/g))
			expect(page).toContain(`<label for="${id}">`);
		for (const [tag] of page.matchAll(/<img [^>]*>/g)) expect(tag).toMatch(/ alt="[^"]+"/);
		const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
		expect(new Set(ids).size).toBe(ids.length);
	});

	test('stays small however large the slide', async () => {
		const big = exampleResult({ columns: 1030, rows: 400 });
		const page = await reportHtml({ ...big, thumbnailJpeg: JPEG, regions: [] });
		expect(page.length).toBeLessThan(500_000);
	});

	test('the same input gives the same bytes', async () => {
		expect(await reportHtml(input())).toBe(await reportHtml(input()));
	});
});
