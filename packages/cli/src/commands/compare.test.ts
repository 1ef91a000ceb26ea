import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { fakeContext } from '../testing/fake-context.ts';

let cwd: string;
beforeAll(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-compare-'));
	for (let label = 0; label < 3; label++) {
		for (let slide = 0; slide < 6; slide++) {
			const folder = join(cwd, 'set', String(label), `slide${slide}`);
			await mkdir(folder, { recursive: true });
			const data = Uint8Array.from(
				{ length: 3 * 240 * 240 },
				(_, i) => 120 + 50 * Math.sin(i / (3 + slide)) + ((i * 7919) % 61),
			);
			const picture = sharp(data, { raw: { width: 240, height: 240, channels: 3 } });
			await (label > 0 ? picture.blur(0.5 + label) : picture).png().toFile(join(folder, 'patch.png'));
		}
	}
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

async function cli(inputs: string) {
	const context = fakeContext({ cwd });
	const code = await runCli(['compare', ...inputs.split(' ')], context);
	return { code, out: context.out(), err: context.err() };
}

test('compares, says so in a table that fits a terminal, and writes a page', async () => {
	const { code, out, err } = await cli(
		'--data set --methods laplacian-variance,mlv,focuslitenn --epochs 2 --seeds 2 --draws 100 --out c',
	);
	expect(err).toMatch(/set: Taken for one folder a class: 18 patches of 3 classes/);
	expect(code).toBe(EXIT.ok);
	expect(out).toMatch(/^Scores against distance from focus: set\nmethod +family +SRCC/);
	expect(out).toMatch(/\nmlv +knowledge-based +\d\.\d{3} /);
	expect(out).toContain('Split by slide: no test patch');
	expect(out).toContain('c/index.html');
	for (const line of out.split('\n')) expect(line.length).toBeLessThan(160);
	expect(await readdir(join(cwd, 'c'))).toContain('index.html');
	expect(await readFile(join(cwd, 'c', 'tables', 'scores-set.csv'), 'utf8')).toMatch(/^method,family,SRCC,/);
});

test('as JSON: one object, nothing else', async () => {
	const { code, out, err } = await cli('--data set --methods mlv,resnet101 --seeds 1 --draws 100 --out j --json');
	expect([code, err]).toEqual([EXIT.ok, '']);
	const { methods, leftOut, files } = JSON.parse(out) as Record<string, never[]>;
	expect(methods).toEqual([
		expect.objectContaining({ method: 'mlv', runs: 1, figures: expect.objectContaining({ srcc: expect.anything() }) }),
	]);
	expect(leftOut).toEqual([{ method: 'resnet101', reason: expect.stringContaining('--weights') }]);
	expect(files).toContain('results.parquet');
});

test.each([
	['--data set --methods nonsense --out x', EXIT.usage, /There is no method 'nonsense'/],
	['--data set --methods a,,b --out x', EXIT.usage, /none empty/],
	['--data set --seeds 0 --out x', EXIT.usage, /give a number from 1 to 100/],
	['--data nowhere --out x', EXIT.notRead, /nowhere/],
	['--data set --methods resnet18/oe --weights nowhere --out x', EXIT.notRead, /nowhere/],
	['--data set', EXIT.usage, /out/],
	['--data set --split listed --methods mlv --out x', EXIT.usage, /puts no patch on the train side/],
])('%s is refused in words', async (inputs, code, words) => {
	const result = await cli(inputs);
	expect(result.err).toMatch(words);
	expect(result.code).toBe(code);
});
