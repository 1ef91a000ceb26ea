// Makes the pictures in docs/images: scans a phantom and photographs its report in a system Chromium.
// usage, after `npm run build`: node --conditions=source scripts/make-screenshots.ts
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { runCli } from '../packages/cli/src/run-cli.ts';

const images = join(import.meta.dirname, '..', 'docs', 'images');
const scratch = mkdtempSync(join(tmpdir(), 'parfocal-screenshots-'));

async function parfocal(...args: string[]): Promise<void> {
	const context = { process: { stdout: process.stdout, stderr: process.stderr, env: process.env }, cwd: scratch };
	const code = await runCli(args, { ...context, signal: new AbortController().signal });
	if (code !== 0 && code !== 3) throw new Error(`parfocal ${args.join(' ')} ended with ${code}`);
}

try {
	await parfocal('demo', '--out', '.');
	mkdirSync(images, { recursive: true });
	const browser = await chromium.launch({
		executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu'],
	});
	const page = await browser.newPage({ viewport: { width: 1280, height: 1392 } });
	await page.goto(pathToFileURL(join(scratch, 'results', 'phantom.tif', 'report.html')).href);
	await page.waitForTimeout(1000);
	const picture = await page.screenshot();
	// Few colours are enough here, and the repository stays small.
	await sharp(picture).png({ palette: true, quality: 90, effort: 10 }).toFile(join(images, 'report.png'));
	await browser.close();
} finally {
	rmSync(scratch, { recursive: true, force: true });
}
