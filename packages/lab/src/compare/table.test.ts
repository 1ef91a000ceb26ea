import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDelimited } from '../data/sets/delimited-text.ts';
import { resultsPage } from './results-page.ts';
import { type Table, tableCsv, tableHtml, tableMarkdown } from './table.ts';

const table: Table = {
	id: 't',
	title: 'A & B',
	notes: ['Simulated data.'],
	columns: ['method', 'SRCC'],
	rows: [
		[{ text: 'x|y' }, { text: '0.91 [0.90, 0.92]', value: 0.9123, best: true }],
		[{ text: '<b>' }, { text: '–', value: Number.NaN }],
	],
};

test('CSV has numbers in full, and nothing where there is none', () => {
	expect(tableCsv(table)).toBe('method,SRCC\r\nx|y,0.9123\r\n<b>,\r\n');
});

test('Markdown keeps its columns, whatever is in a cell; the best is bold', () => {
	const lines = tableMarkdown(table).split('\n');
	expect(lines).toContain('| x\\|y | **0.91 [0.90, 0.92]** |');
	expect(lines).toContain('| --- | --: |');
	expect(lines).toContain('Simulated data.');
});

test('HTML escapes, names rows, and can be sorted', () => {
	const html = tableHtml(table);
	expect(html).toContain('<h2 id="t">A &amp; B</h2>');
	expect(html).toContain('<th scope="row">&lt;b&gt;</th>');
	expect(html).toContain('<td data-value="0.9123"><strong>');
	expect(html).not.toContain('NaN');
	expect(html.match(/<th scope="col"/g)).toHaveLength(2);
});

test('any text survives CSV', () => {
	fc.assert(
		fc.property(
			fc.string().filter((text) => text.trim() === text && text !== '' && !text.includes('\r')),
			(text) => {
				const csv = tableCsv({ ...table, columns: ['a', 'b'], rows: [[{ text }, { text: 'end' }]] });
				expect(parseDelimited(csv, 'csv')).toEqual([
					['a', 'b'],
					[text, 'end'],
				]);
			},
		),
	);
});

test('a page holds several pictures without sharing their ids, and loads nothing from elsewhere', () => {
	const svg =
		'<svg aria-labelledby="title description"><title id="title">T</title><desc id="description">D</desc></svg>';
	const figures = ['one', 'two'].map((id) => ({ id, title: id, svg }));
	const page = resultsPage({ title: 'P', lead: ['Simulated.'], tables: [table], figures });
	const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]);
	expect(new Set(ids).size).toBe(ids.length);
	expect(page).toContain('aria-labelledby="two-title two-description"');
	expect(page).toContain("default-src 'none'");
	expect(page).not.toMatch(/src=|https?:\/\/(?!www\.w3\.org)/);
});
