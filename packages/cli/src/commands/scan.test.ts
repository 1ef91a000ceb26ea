import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError, type Assessment, FormatError, type Outcome, WriteError } from '@parfocal/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EXIT } from '../exit-codes.ts';
import type { SlideInput } from '../expand-slides.ts';
import { runCli } from '../run-cli.ts';
import type { SlideResult } from '../scan/report.ts';
import { type ScanRun, scanSlide } from '../scan/scan-slide.ts';
import { type FakeContext, fakeContext } from '../testing/fake-context.ts';

vi.mock('../scan/scan-slide.ts', () => ({ scanSlide: vi.fn() }));

let cwd: string;
beforeEach(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-cli-scan-'));
	vi.mocked(scanSlide).mockReset();
	vi.mocked(scanSlide).mockImplementation(async (_, input) => done(input, 'pass'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

function done(input: SlideInput, outcome: Outcome): SlideResult {
	const assessment = { outcome, sentence: `It is ${outcome}.`, focus: undefined } as unknown as Assessment;
	return { state: 'done', input, assessment, folder: `out/${input.folder}`, ms: 1200 };
}

/** Results of the slides by name; what is not named passes. */
function answer(results: Readonly<Record<string, (input: SlideInput) => SlideResult>>): void {
	vi.mocked(scanSlide).mockImplementation(async (_, input) => {
		return results[input.path]?.(input) ?? done(input, 'pass');
	});
}

async function scan(inputs: readonly string[], context: FakeContext = fakeContext({ cwd })) {
	const code = await runCli(['scan', ...inputs], context);
	return { code, out: context.out(), err: context.err() };
}

function runs(): ScanRun[] {
	return vi.mocked(scanSlide).mock.calls.map(([run]) => run);
}

test('one slide: one line, no table, and the settings of every flag', async () => {
	const { code, out, err } = await scan([
		'a.svs',
		'-o',
		'qc',
		'-p',
		'strict',
		'--mpp',
		'0.5',
		'--workers',
		'3',
		'--exact',
	]);
	expect({ code, err }).toEqual({ code: EXIT.ok, err: '' });
	expect(out).toBe('a.svs: It is pass. (1.2 s) out/a.svs/report.html\n');
	expect(await readdir(cwd)).toEqual(['qc']);
	const [run] = runs();
	expect(run).toMatchObject({ out: 'qc', mpp: 0.5, settings: { mode: 'exact', policy: { name: 'strict' } } });
	expect(run!.pool.workers).toBe(3);
});

test('without flags: the fast mode, the routine policy, the folder of the help', async () => {
	await scan(['a.svs']);
	expect(runs()[0]).toMatchObject({
		out: 'parfocal-out',
		mpp: undefined,
		settings: { mode: 'fast', policy: { name: 'routine' } },
	});
});

test('many slides share one pool and end in a table; the code is that of the worst', async () => {
	answer({
		'b.svs': (input) => done(input, 'rescan'),
		'c.svs': (input) => ({
			state: 'unread',
			input,
			error: new FormatError('slide', 'unrecognised', 'c.svs is no slide.'),
		}),
	});
	const { code, out, err } = await scan(['a.svs', 'b.svs', 'c.svs']);
	expect(code).toBe(EXIT.notRead);
	expect(err).toBe('parfocal: c.svs: c.svs is no slide.\n');
	const table = out.split('\n\n')[1]!.trimEnd().split('\n');
	expect(table.map((line) => line.split(/ {2,}/)[0])).toEqual([
		'NOT READ',
		'rescan',
		'pass',
		'1 pass, 1 rescan, 1 could not be read',
	]);
	expect(new Set(runs().map(({ pool }) => pool)).size).toBe(1);
});

test('a full disk ends the run: nothing else could be written either', async () => {
	const error = new WriteError('out', 'disk-full', 'The disk is full.');
	answer({ 'a.svs': (input) => ({ state: 'unwritten', input, error }) });
	expect((await scan(['a.svs', 'b.svs'])).code).toBe(EXIT.notWritten);
	expect(scanSlide).toHaveBeenCalledTimes(1);
});

test('any other failure to write does not', async () => {
	const error = new WriteError('out', 'exists', 'There is a file.');
	answer({ 'a.svs': (input) => ({ state: 'unwritten', input, error }) });
	expect((await scan(['a.svs', 'b.svs'])).code).toBe(EXIT.notWritten);
	expect(scanSlide).toHaveBeenCalledTimes(2);
});

test('stopped, it says what is kept and starts nothing else', async () => {
	const context = fakeContext({ cwd });
	answer({
		'b.svs': (input) => {
			context.abort();
			return { state: 'stopped', input };
		},
	});
	const { code, err } = await scan(['a.svs', 'b.svs', 'c.svs'], context);
	expect(code).toBe(EXIT.interrupted);
	expect(err).toContain('stopped; 1 of 3 slides finished and kept');
	expect(scanSlide).toHaveBeenCalledTimes(2);
});

test('--quiet leaves errors only, also on a terminal', async () => {
	const error = new FormatError('slide', 'unrecognised', 'a.svs is no slide.');
	answer({ 'a.svs': (input) => ({ state: 'unread', input, error }) });
	const { out, err } = await scan(['a.svs', 'b.svs', '--quiet'], fakeContext({ cwd, tty: true }));
	expect({ out, err }).toEqual({ out: '', err: 'parfocal: a.svs: a.svs is no slide.\n' });
});

test('a terminal sees which of how many slides is read', async () => {
	const { err } = await scan(['a.svs', 'b.svs'], fakeContext({ cwd, tty: true }));
	expect(err).toContain('[1/2] a.svs …');
	expect(err).toContain('[2/2] b.svs …');
	expect(err.endsWith('\r\x1b[K')).toBe(true);
});

test('a fault of the command line found on a slide is bad usage', async () => {
	vi.mocked(scanSlide).mockRejectedValue(new ArgumentError('roi', 'The region lies outside the slide.'));
	const { code, err } = await scan(['a.svs']);
	expect({ code, err }).toEqual({ code: EXIT.usage, err: 'parfocal: The region lies outside the slide.\n' });
});

test('a file where the results should go', async () => {
	await writeFile(join(cwd, 'taken'), 'x');
	const { code, err } = await scan(['a.svs', '--out', 'taken']);
	expect(code).toBe(EXIT.notWritten);
	expect(err).toMatch(/^parfocal: taken could not be written/);
	expect(scanSlide).not.toHaveBeenCalled();
});

test.each<[string[], RegExp]>([
	[[], /SLIDE/],
	[['a.svs', '--policy', 'stric'], /strict, routine, research/],
	[['a.svs', '--policy', ''], /not an empty text/],
	[['a.svs', '--model', 'focuslite'], /There is no model 'focuslite'/],
	[['a.svs', '--mpp', '25'], /from 0\.05 to 20 µm per pixel/],
	[['a.svs', '--workers', '0'], /from 1 to 256/],
	[['a.svs', '--workers', '2.5'], /whole number/],
	[['a.svs', '--roi', 'gone.geojson'], /gone\.geojson/],
	[['a.svs', '--no-quiet'], /quiet/i],
])('%j is said before anything is read or written', async (inputs, message) => {
	const { code, out, err } = await scan(inputs);
	expect({ code, out }).toEqual({ code: EXIT.usage, out: '' });
	expect(err).toMatch(message);
	expect(scanSlide).not.toHaveBeenCalled();
	expect(await readdir(cwd)).toEqual([]);
});

test('a region of interest belongs to one slide', async () => {
	const ring = [
		[0, 0],
		[9, 0],
		[9, 9],
		[0, 0],
	];
	await writeFile(join(cwd, 'r.geojson'), JSON.stringify({ type: 'Polygon', coordinates: [ring] }));
	const { code, err } = await scan(['a.svs', 'b.svs', '--roi', 'r.geojson']);
	expect(code).toBe(EXIT.usage);
	expect(err).toContain('--roi belongs to one slide');
	expect(scanSlide).not.toHaveBeenCalled();
});
