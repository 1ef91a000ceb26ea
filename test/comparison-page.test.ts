/** The page of a comparison in a real browser: tables sort by mouse and keyboard, pictures have names, nothing is loaded. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultsPage, type Table } from '@parfocal/lab';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, launch } from './helpers/chromium.ts';
import { scratchFolder } from './helpers/scratch.ts';

const folder = scratchFolder('comparison-page');
const table: Table = {
	id: 'scores',
	title: 'Scores',
	notes: ['Simulated data.'],
	columns: ['method', 'SRCC'],
	rows: [
		[{ text: 'b' }, { text: '0.5', value: 0.5 }],
		[{ text: 'a' }, { text: '–' }],
		[{ text: 'c' }, { text: '-0.9', value: -0.9 }],
		[{ text: 'd' }, { text: '0.10', value: 0.1 }],
	],
};
const svg =
	'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title description" width="9" height="9"><title id="title">T</title><desc id="description">D</desc></svg>';

describe.skipIf(!hasChromium)('the page of a comparison', () => {
	let browser: Browser;
	let page: Page;
	const asked: string[] = [];
	const problems: string[] = [];
	beforeAll(async () => {
		const path = join(folder, 'index.html');
		const figures = ['one', 'two'].map((id) => ({ id, title: `Picture ${id}`, svg }));
		writeFileSync(path, resultsPage({ title: 'Page', lead: ['Lead.'], tables: [table], figures }));
		browser = await launch();
		page = await browser.newPage();
		page.on('request', (request) => asked.push(request.url()));
		page.on('pageerror', (error) => problems.push(error.message));
		page.on('console', (message) => problems.push(message.text()));
		await page.goto(`file://${path}`);
	}, 60_000);
	afterAll(() => browser?.close());

	const methods = (): Promise<string[]> => page.locator('tbody th').allTextContents();

	test('sorts by number, largest first, then smallest; what has none stays last', async () => {
		const button = page.getByRole('button', { name: 'SRCC' });
		await button.click();
		expect(await methods()).toEqual(['b', 'd', 'c', 'a']);
		await button.click();
		expect(await methods()).toEqual(['c', 'd', 'b', 'a']);
		expect(await page.locator('th[aria-sort="ascending"]').textContent()).toContain('SRCC');
	});

	test('sorts by name with the keyboard alone', async () => {
		await page.getByRole('button', { name: 'method' }).focus();
		await page.keyboard.press('Enter');
		expect(await methods()).toEqual(['d', 'c', 'b', 'a']);
		await page.keyboard.press('Space');
		expect(await methods()).toEqual(['a', 'b', 'c', 'd']);
	});

	test('pictures have names of their own, contents lead to them, and nothing is loaded or complained of', async () => {
		expect(
			await page
				.getByRole('img', { name: 'T D' })
				.or(page.getByRole('img', { name: 'T' }))
				.count(),
		).toBe(2);
		await page.getByRole('link', { name: 'Picture two' }).click();
		expect(page.url()).toMatch(/#two$/);
		expect(asked).toHaveLength(1);
		expect(problems).toEqual([]);
	});
});
