import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WriteError } from '@parfocal/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { type FakeContext, fakeContext } from '../testing/fake-context.ts';
import phantom from './phantom.ts';
import scan from './scan.ts';

vi.mock('./phantom.ts', () => ({ default: vi.fn() }));
vi.mock('./scan.ts', () => ({ default: vi.fn() }));

let cwd: string;
beforeEach(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-cli-demo-'));
	vi.mocked(phantom).mockReset();
	vi.mocked(scan).mockReset();
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

async function demo(flags: readonly string[], context: FakeContext = fakeContext({ cwd })) {
	const code = await runCli(['demo', ...flags], context);
	return { code, out: context.out(), err: context.err() };
}

test('scans the slide it has drawn, and says where the report is', async () => {
	const { code, out } = await demo(['--out', 'try it']);
	expect(code).toBe(EXIT.ok);
	expect(await readdir(cwd)).toEqual(['try it']);
	expect(vi.mocked(phantom).mock.calls[0]![1]).toBe('try it/phantom.tif');
	expect(vi.mocked(scan).mock.calls[0]!.slice(0, 2)).toEqual([
		{ out: 'try it/results', policy: 'routine' },
		'try it/phantom.tif',
	]);
	const report = pathToFileURL(join(cwd, 'try it/results/phantom.tif/report.html')).href;
	expect(out).toBe(`\nOpen the report: ${report}\n`);
	expect(report).toContain('try%20it');
});

test('blur that was found is no failure', async () => {
	vi.mocked(scan).mockImplementation(async function (this: Context) {
		this.process.exitCode = EXIT.attention;
	});
	expect((await demo([])).code).toBe(EXIT.ok);
});

test('stopped in the middle, it promises no report', async () => {
	const context = fakeContext({ cwd });
	vi.mocked(scan).mockImplementation(async function (this: Context) {
		context.abort();
		this.process.exitCode = EXIT.interrupted;
	});
	expect(await demo([], context)).toEqual({ code: EXIT.interrupted, out: '', err: '' });
});

test('a slide that cannot be written is not scanned', async () => {
	vi.mocked(phantom).mockRejectedValue(new WriteError('demo', 'disk-full', 'The disk is full. Make room.'));
	const { code, err } = await demo([]);
	expect(code).toBe(EXIT.notWritten);
	expect(err).toBe('parfocal: The disk is full. Make room.\n');
	expect(scan).not.toHaveBeenCalled();
});

test('a file in the way of the folder is said before anything is drawn', async () => {
	await writeFile(join(cwd, 'demo'), 'x');
	const { code, out, err } = await demo([]);
	expect(code).toBe(EXIT.notWritten);
	expect(out).toBe('');
	expect(err).toMatch(/^parfocal: demo could not be written/);
	expect(phantom).not.toHaveBeenCalled();
});

test.each([
	[['--out', ''], /not an empty text/],
	[['--out'], /out/],
	[['elsewhere'], /elsewhere/],
	[['--seed', '3'], /seed/],
])('%j is bad usage', async (flags, message) => {
	const { code, err } = await demo(flags);
	expect(code).toBe(EXIT.usage);
	expect(err).toMatch(message);
	expect(phantom).not.toHaveBeenCalled();
	expect(await readdir(cwd)).toEqual([]);
});
