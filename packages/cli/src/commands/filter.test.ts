import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { fakeContext } from '../testing/fake-context.ts';

let cwd: string;
const SIDE = 256;
beforeAll(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-filter-'));
	await runCli('phantom slide.tif --size 2048x2048 --seed 7 --tissue everywhere'.split(' '), fakeContext({ cwd }));
	const rows = Array.from({ length: 64 }, (_, i) => `tile${i},${SIDE * (i % 8)},${SIDE * Math.floor(i / 8)},${SIDE}`);
	await writeFile(join(cwd, 'tiles.csv'), `name,x,y,size\n${rows.join('\n')}\n`);
}, 60_000);
afterAll(() => rm(cwd, { recursive: true, force: true }));

async function cli(inputs: string) {
	const context = fakeContext({ cwd });
	const code = await runCli(['filter', ...inputs.split(' ')], context);
	return { code, out: context.out(), err: context.err() };
}
const linesOf = async (name: string): Promise<string[]> => (await readFile(join(cwd, name), 'utf8')).trim().split('\n');
const common = '--coords tiles.csv --slide slide.tif';

test('keeps the tiles that the drawn truth calls sharp, drops the blurry, and leaves rows as they were', async () => {
	const { code, out } = await cli(`${common} --out kept.csv --scores scores.csv`);
	expect(code).toBe(EXIT.ok);
	expect(out).toMatch(/^kept\.csv: \d+ of 64 tiles kept; \d+ blurrier than 2\.5 µm out of focus/);
	const [head, ...kept] = await linesOf('kept.csv');
	expect(head).toBe('name,x,y,size');
	const all = await linesOf('tiles.csv');
	for (const row of kept) expect(all).toContain(row);
	const truth = JSON.parse(await readFile(join(cwd, 'slide.truth.json'), 'utf8')) as {
		grid: { stepPx: number; columns: number; defocusUm: number[] };
	};
	const { stepPx, columns, defocusUm } = truth.grid;
	/** The true defocus of the grid's cells in a tile. */
	const trueOf = (x: number, y: number): number[] => {
		const cells: number[] = [];
		for (let v = y; v < y + SIDE; v += stepPx) {
			for (let u = x; u < x + SIDE; u += stepPx)
				cells.push(defocusUm[Math.floor(v / stepPx) * columns + Math.floor(u / stepPx)]!);
		}
		return cells;
	};
	const scores = (await linesOf('scores.csv')).slice(1).map((line) => line.split(',').map(Number));
	expect(scores).toHaveLength(64);
	// Tiles on the rim of a blurry patch are neither.
	const sides = scores.map(([x, y, , , blurriness, , own]) => ({
		cells: trueOf(x!, y!),
		blurriness: blurriness!,
		own,
	}));
	const [sharp, blurry] = [
		sides.filter(({ cells }) => Math.max(...cells) < 0.8),
		sides.filter(({ cells }) => Math.min(...cells) > 3),
	];
	expect(sharp.length).toBeGreaterThan(10);
	expect(blurry.length).toBeGreaterThan(0);
	for (const { own } of sharp) expect(own).toBe(1);
	for (const { own } of blurry) expect(own).toBe(0);
});

test('the limit is what was asked for; tiles of which nothing is known are kept or dropped', async () => {
	const keptAt = async (
		flags: string,
	): Promise<{ kept: number; unassessable: number; blurry: number; tiles: number }> =>
		JSON.parse((await cli(`${common} --out k.csv --json ${flags}`)).out);
	const [strict, mild] = [await keptAt('--max-blurriness 0.7'), await keptAt('--max-blurriness 50')];
	expect(strict.kept).toBeLessThan(mild.kept);
	expect(mild).toMatchObject({ kept: 64, blurry: 0, tiles: 64 });
	expect(await keptAt('--max-blurriness 50 --unassessable drop')).toMatchObject({ kept: 64 - mild.unassessable });
	expect(await keptAt('--policy strict')).toMatchObject({ maxBlurriness: 2, unit: 'defocusUm' });
});

test('again, the same bytes', async () => {
	await cli(`${common} --out one.csv --quiet`);
	await cli(`${common} --out two.csv --quiet`);
	expect(await linesOf('one.csv')).toEqual(await linesOf('two.csv'));
});

test.each([
	[`${common} --out tiles.csv`, EXIT.notWritten, /is the file that is filtered/],
	[`${common} --out kept.h5`, EXIT.usage, /must be of the same kind/],
	[`${common} --out x.csv --model mlv`, EXIT.usage, /grow with sharpness/],
	['--coords none.csv --slide slide.tif --out x.csv', EXIT.notRead, /none\.csv/],
	[`--coords tiles.csv --slide none.tif --out x.csv`, EXIT.notRead, /none\.tif/],
	[
		'--coords far.csv --slide slide.tif --out x.csv',
		EXIT.usage,
		/1 of 2 tiles of far\.csv lie outside slide\.tif \(2048 x 2048 px\), the first at 9000, 0/,
	],
	[`${common} --out nowhere/x.csv`, EXIT.notWritten, /nowhere/],
	['--coords slide.tif --slide slide.tif --out x.tif', EXIT.notRead, /no file of coordinates that is known/],
])('%s is refused in words', async (inputs, code, words) => {
	await writeFile(join(cwd, 'far.csv'), 'x,y,size\n0,0,256\n9000,0,256\n');
	const before = await readdir(cwd);
	const result = await cli(inputs);
	expect(result.err).toMatch(words);
	expect(result.code).toBe(code);
	expect(await readdir(cwd)).toEqual(before);
});
