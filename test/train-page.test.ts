/** The training page in a real browser: a folder in, a model out, nothing over the network. */

import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { readSafetensors } from '@parfocal/core';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, launch } from './helpers/chromium.ts';
import { root } from './helpers/repository.ts';

const SIDE = 240;
const PATCHES = 10;
/** Growing blur of three classes, in pixels. */
const BLURS = [0, 1.5, 4];
const TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.wasm': 'application/wasm',
};

/** Seeded noise with some shape: texture that blur takes away. */
function texture(seed: number): Buffer {
	const data = Buffer.alloc(3 * SIDE * SIDE);
	let state = seed;
	for (let i = 0; i < data.length; i++) {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		const pixel = Math.floor(i / 3);
		data[i] = 110 + 40 * Math.sin((pixel % SIDE) / (3 + seed)) + 80 * (state / 2 ** 32);
	}
	return data;
}

describe.skipIf(!hasChromium)('the training page', () => {
	let folder: string;
	let server: Server;
	let browser: Browser;
	let page: Page;
	const asked: string[] = [];
	const problems: string[] = [];

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'parfocal-train-page-'));
		for (const [label, blur] of BLURS.entries()) {
			await mkdir(join(folder, 'patches', `${label}`), { recursive: true });
			for (let i = 0; i < PATCHES; i++) {
				const picture = sharp(texture(10 * label + i + 1), { raw: { width: SIDE, height: SIDE, channels: 3 } });
				const blurred = blur > 0 ? picture.blur(blur) : picture;
				await blurred.png().toFile(join(folder, 'patches', `${label}`, `${i}.png`));
			}
		}
		const outDir = join(folder, 'page');
		await build({ configFile: join(root, 'packages/web/vite.config.ts'), logLevel: 'error', build: { outDir } });
		server = createServer(async (request, response) => {
			const name = new URL(request.url!, 'http://local').pathname;
			try {
				const bytes = await readFile(join(outDir, name));
				response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream');
				response.end(bytes);
			} catch {
				response.statusCode = 404;
				response.end();
			}
		}).listen(0, '127.0.0.1');
		browser = await launch();
		page = await browser.newPage();
		page.on('request', (request) => asked.push(request.url()));
		page.on('pageerror', (error) => problems.push(error.message));
		page.on('console', (message) => {
			if (message.type() === 'error') problems.push(message.text());
		});
		await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/train.html`);
	}, 120_000);

	afterAll(async () => {
		await browser?.close();
		server?.close();
		await rm(folder, { recursive: true, force: true });
	});

	test('says what is wrong with a folder that has one class', async () => {
		await page.getByLabel('Folder of patches').setInputFiles(join(folder, 'patches', '0'));
		await expect.poll(() => page.getByRole('status').textContent()).toMatch(/folder of its own/);
		expect(await page.getByRole('button', { name: 'Train' }).isDisabled()).toBe(true);
	});

	test('learns to tell sharp from blurred, and hands out the model', async () => {
		await page.getByLabel('Folder of patches').setInputFiles(join(folder, 'patches'));
		await page.getByText('30 patches in 3 classes').waitFor();
		await page.getByRole('spinbutton', { name: 'Passes' }).fill('25');
		await page.getByRole('button', { name: 'Train' }).click();
		await page.getByRole('heading', { name: '3. The model' }).waitFor({ timeout: 100_000 });
		const said = await page.getByText(/of the patches it did not learn from/i).textContent();
		const percent = Number(/answers (\d+) %/.exec(said!)![1]);
		// Chance is 33 %; six patches are held out.
		expect(percent).toBeGreaterThanOrEqual(66);
		expect(await page.locator('table.confusion tbody tr').count()).toBe(3);

		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('link', { name: 'Save the model' }).click(),
		]);
		const { tensors, metadata } = readSafetensors(await readFile(await download.path()));
		expect(tensors.get('conv.weight')!.shape).toEqual([4, 1, 7, 7]);
		expect(tensors.get('head.6.weight')!.shape).toEqual([2, 256]);
		const description = JSON.parse(metadata['parfocal.network']!);
		expect(description).toMatchObject({ network: 'focuslitenn_energy', loss: 'oe', classes: 3, outputs: 2 });
		if (process.env['SCREENSHOT']) await page.screenshot({ path: process.env['SCREENSHOT'], fullPage: true });
	}, 120_000);

	test('asks nobody but its own address, and has no errors', () => {
		const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
		expect(asked.filter((url) => !url.startsWith(own) && !/^(data|blob):/.test(url))).toEqual([]);
		expect(problems).toEqual([]);
	});

	test('can be stopped with the keyboard, and used again', async () => {
		await page.getByRole('spinbutton', { name: 'Passes' }).fill('500');
		await page.getByRole('button', { name: 'Train' }).focus();
		await page.keyboard.press('Enter');
		await page.getByText(/Pass \d+ of 500/).waitFor();
		await page.getByRole('button', { name: 'Stop' }).focus();
		await page.keyboard.press('Enter');
		await expect.poll(() => page.getByRole('status').textContent()).toBe('Stopped.');
		expect(await page.getByRole('button', { name: 'Train' }).isEnabled()).toBe(true);
	}, 60_000);
});
