/** Every example in the README is run as it stands there. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OUTPUT_FILES } from '@parfocal/core';
import { EXIT } from 'parfocal';
import { beforeAll, expect, test } from 'vitest';
import { createViteServer } from 'vitest/node';
import { hasChromium, launch } from './helpers/chromium.ts';
import { parfocal } from './helpers/program.ts';
import { root, textOf } from './helpers/repository.ts';
import { scratchFolder } from './helpers/scratch.ts';

const readme = textOf('README.md');
const folder = scratchFolder('readme');

/** Code blocks under a marker, in order. */
function examples(marker: string): string[] {
	const blocks = readme.matchAll(new RegExp(`<!-- run: ${marker} -->\\s+\`\`\`\\w+\\n(.*?)\`\`\``, 'gs'));
	return [...blocks].map(([, code = '']) => code);
}

beforeAll(async () => {
	const made = await parfocal(folder, 'phantom', 'slide.tif', '--size', '2048x2048', '--seed', '7');
	expect(made.code, made.err).toBe(0);
}, 120_000);

test('every command line example does what it says', async () => {
	const lines = examples('cli').flatMap((block) => block.trim().split('\n'));
	expect(lines.length).toBeGreaterThan(5);
	for (const line of lines) {
		const [program, ...args] = line.replace(/#.*/, '').trim().split(/\s+/);
		expect(program).toBe('parfocal');
		const { code, err } = await parfocal(folder, ...args);
		expect([EXIT.ok, EXIT.attention], `${line}\n${err}`).toContain(code);
	}
});

test('every library example runs', () => {
	const blocks = examples('node');
	expect(blocks.length).toBeGreaterThan(1);
	for (const [i, code] of blocks.entries()) {
		// Inside the repository, so that the packages are found.
		const place = join(root, '.cache', 'readme', `${process.pid}-${i}`);
		mkdirSync(place, { recursive: true });
		try {
			writeFileSync(join(place, 'example.ts'), code);
			const args = ['--conditions=source', join(place, 'example.ts')];
			const said = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
			expect(said.trim().length, code).toBeGreaterThan(20);
			expect(said).not.toContain('undefined');
		} finally {
			rmSync(place, { recursive: true });
		}
	}
});

test.skipIf(!hasChromium)(
	'the page example reads a file in a real browser, and nothing leaves it',
	async () => {
		const [code = ''] = examples('browser');
		const place = join(root, '.cache', 'readme', `${process.pid}-page`);
		mkdirSync(place, { recursive: true });
		writeFileSync(join(place, 'example.ts'), code);
		writeFileSync(
			join(place, 'index.html'),
			'<input type="file"><output></output><script type="module" src="example.ts"></script>',
		);
		const server = await createViteServer({
			root: place,
			configFile: false,
			logLevel: 'error',
			resolve: { conditions: ['source', 'browser', 'module', 'import', 'default'] },
			server: { port: 0, fs: { allow: [root] }, hmr: false, watch: null },
			cacheDir: join(place, 'vite'),
		});
		const browser = await launch();
		try {
			await server.listen();
			const page = await browser.newPage();
			const faults: string[] = [];
			page.on('pageerror', (error) => faults.push(error.message));
			const uploads: string[] = [];
			page.on('request', (request) => request.method() !== 'GET' && uploads.push(request.url()));
			await page.goto(server.resolvedUrls!.local[0]!, { waitUntil: 'networkidle' });
			await page.setInputFiles('input', join(folder, 'slide.tif'));
			const sentence = page.locator('output', { hasText: /^(pass|review|rescan|not-assessable): .{20}/ });
			await sentence.waitFor({ timeout: 60_000 }).catch(() => {});
			expect(faults).toEqual([]);
			expect(await page.locator('output').textContent()).toMatch(/^(pass|review|rescan|not-assessable): .{20}/);
			expect(uploads).toEqual([]);
		} finally {
			await browser.close();
			await server.close();
			rmSync(place, { recursive: true });
		}
	},
	120_000,
);

test('the tables name every exit code and every file written', () => {
	const codes = [...readme.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
	expect(codes.sort((a, b) => a - b)).toEqual(Object.values(EXIT).sort((a, b) => a - b));
	for (const name of Object.keys(OUTPUT_FILES)) expect(readme).toContain(`\`${name}\``);
	const inCli = [...textOf('docs/cli.md').matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
	expect(new Set(inCli)).toEqual(new Set(codes));
});
