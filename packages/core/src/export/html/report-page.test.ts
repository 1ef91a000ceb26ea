/** The report in a real browser: sliders, keyboard, colour schemes, silence on the console and on the network. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VALIDITY } from '../../map/focus-map.ts';
import { encodePng } from '../png/png.ts';
import { type Example, exampleResult } from '../testing/example.ts';
import { reportHtml } from './report.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const hasChromium = existsSync(executablePath);
if (!hasChromium) console.warn(`skipped: the report in a browser, because ${executablePath} is missing (set CHROMIUM)`);

let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'parfocal-report-'));
beforeAll(async () => {
	if (!hasChromium) return;
	browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
});
afterAll(async () => {
	await browser?.close();
	rmSync(folder, { recursive: true, force: true });
});

/** What the page did that it should not. */
const trouble: string[] = [];

async function open(example: Example, options: { colorScheme?: 'dark' | 'light' } = {}): Promise<Page> {
	const picture = await encodePng(example.thumbnail);
	const regions = example.assessment.worstRegions.map(({ rank }) => ({
		rank,
		blurryJpeg: picture,
		sharpJpeg: picture,
	}));
	const path = join(folder, 'report.html');
	writeFileSync(path, await reportHtml({ ...example, thumbnailJpeg: picture, regions }));
	const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, ...options });
	trouble.length = 0;
	// These tests read the canvas back, which the page itself never does.
	page.on('console', (message) => message.text().startsWith('Canvas2D:') || trouble.push(message.text()));
	page.on('pageerror', (error) => trouble.push(String(error)));
	page.on('request', (request) => {
		if (!/^(data:|file:.*report\.html)/.test(request.url())) trouble.push(request.url());
	});
	await page.goto(pathToFileURL(path).href);
	return page;
}

/** Places of the drawn map that have a colour, read from the canvas. */
function colouredPixels(page: Page): Promise<number> {
	return page.evaluate(() => {
		const canvas = document.querySelector('canvas')!;
		const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
		let found = 0;
		for (let at = 0; at < data.length; at += 4) {
			const hatch = data[at] === 70 && data[at + 1] === 74 && data[at + 2] === 82;
			if (data[at + 3]! === 255 && !hatch) found++;
		}
		return found;
	});
}

function share(page: Page): Promise<string | null> {
	return page.locator('#share').textContent();
}

describe.skipIf(!hasChromium)('report page', () => {
	test('opens from a disk without a word on the console or a request', async () => {
		const page = await open(exampleResult());
		await page.waitForLoadState('networkidle');
		expect(trouble).toEqual([]);
		expect(await page.locator('#controls').isVisible()).toBe(true);
		// All pictures are there at once, also for printing and for those that nobody scrolls to.
		const pictures = await page
			.locator('img')
			.evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth > 0));
		expect(pictures).toEqual([true, true, true, true, true]);
		expect(await page.locator('h1').textContent()).toContain('example-slide.svs');
		await page.close();
	});

	test('starts at the slight threshold with the share of the assessment', async () => {
		const { assessment, map } = exampleResult();
		const page = await open(exampleResult());
		const { slightFraction, clearFraction, strongFraction } = assessment.focus!;
		const blurry = slightFraction + clearFraction + strongFraction;
		expect(await share(page)).toBe(`${(blurry * 100).toFixed(0)} %`);
		expect(await page.locator('#threshold-value').textContent()).toBe('1 µm');
		expect(await page.locator('#area').textContent()).toMatch(/^0\.0\d+ mm²$/);
		// Each place is drawn as a square of equal pixels.
		const places = map.values.reduce((sum, value) => sum + (value >= 1 ? 1 : 0), 0);
		const zoom = Math.floor(1024 / 60);
		expect(await colouredPixels(page)).toBe(places * zoom * zoom);
		await page.close();
	});

	test('the keyboard moves the threshold; canvas and numbers follow', async () => {
		const page = await open(exampleResult());
		const before = { share: await share(page), coloured: await colouredPixels(page) };
		await page.locator('#threshold').focus();
		for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
		expect(Number.parseFloat((await share(page))!)).toBeLessThan(Number.parseFloat(before.share!));
		expect(await colouredPixels(page)).toBeLessThan(before.coloured);
		expect(await page.locator('#threshold').getAttribute('aria-valuetext')).toBe('2 µm');
		await page.keyboard.press('Home');
		expect(await share(page)).toBe('100 %');
		expect(await page.locator('#live').textContent()).toMatch(/^100 % of the tissue .*, is at or beyond 0 µm\.$/);
		await page.keyboard.press('End');
		expect(await page.locator('#threshold-value').textContent()).toBe('6 µm');
		expect(trouble).toEqual([]);
		await page.close();
	});

	test('the keyboard moves the opacity', async () => {
		const page = await open(exampleResult());
		const opacity = (): Promise<string> =>
			page.locator('canvas').evaluate((canvas) => getComputedStyle(canvas).opacity);
		expect(await opacity()).toBe('0.8');
		await page.locator('#opacity').focus();
		await page.keyboard.press('ArrowLeft');
		expect(await opacity()).toBe('0.75');
		expect(await page.locator('#opacity-value').textContent()).toBe('75 %');
		await page.keyboard.press('Home');
		expect(await opacity()).toBe('0');
		await page.close();
	});

	test('buttons jump to the thresholds of the policy and say which is chosen', async () => {
		const page = await open(exampleResult());
		const pressed = (): Promise<string[]> => page.locator('[aria-pressed="true"]').allTextContents();
		expect(await pressed()).toEqual(['Slight 1']);
		await page.getByRole('button', { name: 'Strong 4' }).press('Enter');
		expect(await pressed()).toEqual(['Strong 4']);
		const { strongFraction } = exampleResult().assessment.focus!;
		expect(await share(page)).toBe(`${(strongFraction * 100).toFixed(1)} %`);
		await page.getByRole('button', { name: 'All' }).click();
		expect(await share(page)).toBe('100 %');
		expect(await page.locator('.below').count()).toBe(0);
		await page.close();
	});

	test('the map lies exactly over the slide', async () => {
		const page = await open(exampleResult());
		const [image, canvas] = await Promise.all([
			page.locator('.stage img').boundingBox(),
			page.locator('canvas').boundingBox(),
		]);
		// The map reaches 20 of 3840 px beyond the slide.
		expect(canvas!.x).toBeCloseTo(image!.x, 0);
		expect(canvas!.width / image!.width).toBeCloseTo(3840 / 3820, 3);
		expect(canvas!.height / image!.height).toBeCloseTo(2560 / 2549, 2);
		await page.close();
	});

	test('every control can be reached by the keyboard, in reading order, with a visible focus', async () => {
		const page = await open(exampleResult());
		const reached: string[] = [];
		for (let i = 0; i < 20; i++) {
			await page.keyboard.press('Tab');
			const name = await page.evaluate(() => {
				const element = document.activeElement!;
				const { outlineStyle } = getComputedStyle(element);
				return outlineStyle === 'none'
					? `no focus ring: ${element.outerHTML}`
					: element.id || element.getAttribute('href') || element.textContent!;
			});
			reached.push(name);
			if (name === 'cells.parquet') break;
		}
		expect(reached.slice(0, 9)).toEqual([
			'#main',
			'#region-1',
			'#region-2',
			'threshold',
			'All',
			'Slight 1',
			'Clear 2',
			'Strong 4',
			'opacity',
		]);
		expect(reached.at(-1)).toBe('cells.parquet');
		await page.close();
	});

	test('text has enough contrast in both colour schemes', async () => {
		for (const colorScheme of ['light', 'dark'] as const) {
			const page = await open(exampleResult(), { colorScheme });
			const poor = await page.evaluate(() => {
				const parse = (text: string): number[] => (text.match(/[\d.]+/g) ?? []).map(Number);
				const luminance = (colour: number[]): number => {
					const [red, green, blue] = colour.slice(0, 3).map((channel) => {
						const value = channel / 255;
						return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
					});
					return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
				};
				const background = (element: Element | null): number[] => {
					for (let at = element; at; at = at.parentElement) {
						const colour = parse(getComputedStyle(at).backgroundColor);
						if (colour[3] === undefined || colour[3] > 0) return colour;
					}
					return [255, 255, 255];
				};
				const found: string[] = [];
				for (const element of document.querySelectorAll('body *:not(script, svg, svg *, noscript)')) {
					const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim() !== '');
					if (!own || element.classList.contains('skip')) continue;
					const [light, dark] = [
						luminance(parse(getComputedStyle(element).color)),
						luminance(background(element)),
					].sort((a, b) => b - a);
					const contrast = (light! + 0.05) / (dark! + 0.05);
					if (contrast < 4.5) found.push(`${contrast.toFixed(2)} ${element.outerHTML.slice(0, 80)}`);
				}
				return found;
			});
			expect(poor, colorScheme).toEqual([]);
			await page.close();
		}
	});

	test('hostile names run nothing', async () => {
		const name = `"><script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">.svs`;
		const page = await open(exampleResult({ name }));
		expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
		expect(await page.title()).toBe(`Rescan: ${name}`);
		expect(trouble).toEqual([]);
		await page.close();
	});

	test('a slide without any value opens quietly', async () => {
		const example = exampleResult({ outcome: 'not-assessable' });
		const validity = example.map.validity.slice().fill(VALIDITY.littleTexture);
		const page = await open({
			...example,
			map: { ...example.map, validity },
			assessment: { ...example.assessment, worstRegions: [] },
		});
		expect(trouble).toEqual([]);
		expect(await page.locator('text=there is nothing to colour').count()).toBe(1);
		// What could not be judged is hatched all the same.
		const drawn = await page.evaluate(() => {
			const canvas = document.querySelector('canvas')!;
			return canvas
				.getContext('2d')!
				.getImageData(0, 0, canvas.width, canvas.height)
				.data.some((value) => value > 0);
		});
		expect(drawn).toBe(true);
		await page.close();
	});

	test('a narrow window scrolls only downwards', async () => {
		const page = await open(exampleResult({ name: `${'long-name-without-spaces'.repeat(8)}.svs` }));
		for (const width of [320, 600, 900]) {
			await page.setViewportSize({ width, height: 800 });
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
		}
		await page.close();
	});

	test('prints without its controls', async () => {
		const page = await open(exampleResult());
		await page.emulateMedia({ media: 'print' });
		expect(await page.locator('#threshold').isVisible()).toBe(false);
		expect(await page.locator('canvas').isVisible()).toBe(true);
		expect(await page.locator('.files').isVisible()).toBe(false);
		await page.close();
	});
});
