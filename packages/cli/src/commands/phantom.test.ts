import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EXIT } from '../exit-codes.ts';
import { slideSize } from '../routes/phantom.ts';
import { runCli } from '../run-cli.ts';
import { type FakeContext, fakeContext } from '../testing/fake-context.ts';

let cwd: string;
beforeEach(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-cli-phantom-'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

async function cli(inputs: readonly string[], context: FakeContext = fakeContext({ cwd })) {
	const code = await runCli(['phantom', ...inputs], context);
	return { code, out: context.out(), err: context.err() };
}

test('writes the slide and its truth, and says so', async () => {
	const { code, out, err } = await cli(['a.tif', '--size', '300x200', '--seed', '9']);
	expect(err).toBe('');
	expect(code).toBe(EXIT.ok);
	expect(out).toMatch(
		/^a\.tif: simulated slide, 300 x 200 px at 0\.25 µm, 2 levels, generic pyramid, \d+ kB, [\d.]+ s$/m,
	);
	expect(out).toMatch(/^a\.truth\.json: .*µm$/m);
	expect((await readdir(cwd)).toSorted()).toEqual(['a.tif', 'a.truth.json']);
	const truth = JSON.parse(await readFile(join(cwd, 'a.truth.json'), 'utf8'));
	expect(truth.options).toMatchObject({ widthPx: 300, heightPx: 200, seed: 9, layout: 'generic' });
});

test('a name that ends in .svs gets the layout of one, unless told otherwise', async () => {
	expect((await cli(['a.svs', '--size', '100'])).out).toContain('Aperio layout');
	expect((await cli(['b.SVS', '--size', '100', '--layout', 'generic'])).out).toContain('generic pyramid');
});

test('every option reaches the slide', async () => {
	const { code } = await cli(
		['a.tif', '--size', '128', '--mpp', '0.5', '--quality', '60', '--subsampling', '444', '--layout', 'svs'].concat(
			'--tissue',
			'half',
		),
	);
	expect(code).toBe(EXIT.ok);
	const truth = JSON.parse(await readFile(join(cwd, 'a.truth.json'), 'utf8'));
	expect(truth.options).toEqual({
		widthPx: 128,
		heightPx: 128,
		mpp: 0.5,
		seed: 1,
		quality: 60,
		subsampling: '444',
		layout: 'svs',
		tileSizePx: 240,
		tissue: 'half',
	});
});

test.each<[string, RegExp]>([
	['--size 10x10', /64 to 100000/],
	['--size 200000', /64 to 100000/],
	['--size big', /as in 8192x8192/],
	['--mpp 0', /from 0\.1 to 2/],
	['--seed 1.5', /whole number/],
	['--quality 101', /from 1 to 100/],
	['--subsampling 422', /422/],
	['--layout ndpi', /ndpi/],
	['--tissue none', /none/],
])('%s is bad usage', async (flags, message) => {
	const { code, out, err } = await cli(['a.tif', ...flags.split(' ')]);
	expect(code).toBe(EXIT.usage);
	expect(out).toBe('');
	expect(err).toMatch(message);
	expect(await readdir(cwd)).toEqual([]);
});

test('a folder that is not there', async () => {
	const { code, err } = await cli(['missing/a.tif', '--size', '100']);
	expect(code).toBe(EXIT.notWritten);
	expect(err).toMatch(/there is no folder .*missing/);
});

test('interrupted, it leaves nothing', async () => {
	const context = fakeContext({ cwd });
	context.abort();
	const { code, out } = await cli(['a.tif', '--size', '100'], context);
	expect(code).toBe(EXIT.interrupted);
	expect(out).toBe('');
	expect(await readdir(cwd)).toEqual([]);
});

test('sizes', () => {
	expect(slideSize('300x200')).toEqual([300, 200]);
	expect(slideSize('64X100000')).toEqual([64, 100_000]);
	expect(slideSize(' 8192 ')).toEqual([8192, 8192]);
	for (const wrong of ['', 'x', '300x', '-300x200', '1e4', '300.5x200', '63x200']) {
		expect(() => slideSize(wrong)).toThrow(RangeError);
	}
});
