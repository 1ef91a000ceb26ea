/** A system Chromium through Playwright, where there is one. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** True when there is a browser to test with; says once why tests skip when there is none. */
export const hasChromium: boolean = existsSync(executablePath);
if (!hasChromium) console.warn(`skipped: tests in a browser, because there is no ${executablePath} (set CHROMIUM)`);

/** Starts it without sandbox, as containers need, and without calls home. */
export function launch(): Promise<Browser> {
	const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
	return chromium.launch({ executablePath, args });
}
