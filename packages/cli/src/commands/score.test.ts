import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricNames } from '@parfocal/core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { fakeContext } from '../testing/fake-context.ts';
import score from './score.ts';

let cwd = '';
beforeAll(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-score-'));
	const side = 96;
	const pixels = Buffer.alloc(3 * side * side);
	for (let i = 0; i < pixels.length; i++) {
		const [x, y] = [Math.floor(i / 3) % side, Math.floor(i / 3 / side)];
		pixels[i] = (Math.sin(x / 5) * Math.cos(y / 4) > 0.2 ? 80 : 180) + ((x * 31 + y * 17 + x * y) % 23);
	}
	const picture = sharp(pixels, { raw: { width: side, height: side, channels: 3 } });
	await picture.clone().png().toFile(join(cwd, 'sharp.png'));
	await picture.clone().blur(2).png().toFile(join(cwd, 'soft.png'));
	await writeFile(join(cwd, 'broken.png'), 'not a picture');
});
afterAll(() => rm(cwd, { recursive: true }));

describe('metrics', () => {
	test('a folder by all methods: a row a picture, a broken one said on standard error', async () => {
		const context = fakeContext({ cwd });
		await score.call(context, { method: 'all' }, '.');
		const [head, ...rows] = context.out().trim().split('\n');
		for (const name of metricNames()) expect(head).toContain(name);
		expect(rows.map((row) => row.split('  ').at(-1))).toEqual([
			'sharp.png',
			'soft.png',
			expect.stringContaining('higher means sharper'),
		]);
		expect(context.err()).toMatch(/^parfocal: .*broken\.png/);
		expect(context.process.exitCode).toBe(EXIT.notRead);
	});

	test('blurriest first with one method, lines of JSON in the order given', async () => {
		const table = fakeContext({ cwd });
		await score.call(table, { method: 'fqpath' }, 'sharp.png', 'soft.png');
		expect(table.out().match(/\w+\.png/g)).toEqual(['soft.png', 'sharp.png']);
		const json = fakeContext({ cwd });
		await score.call(json, { method: 'fqpath', json: true }, 'sharp.png', 'soft.png');
		const lines = json
			.out()
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
		expect(lines).toMatchObject([
			{ file: 'sharp.png', method: 'fqpath', higherMeans: 'blurrier', unit: 'score' },
			{ file: 'soft.png', method: 'fqpath' },
		]);
		expect(lines[1].score).toBeGreaterThan(lines[0].score);
	});

	test('a model makes no sense with them', async () => {
		const scoring = score.call(fakeContext({ cwd }), { method: 'mlv', model: 'x' }, 'sharp.png');
		await expect(scoring).rejects.toThrow('--model belongs to --method focuslitenn, not to mlv');
	});
});

test('a model by default: blurriest first, with unit and direction; a broken picture is said, no end', async () => {
	const context = fakeContext({ cwd });
	await score.call(context, { method: 'focuslitenn' }, 'sharp.png', 'broken.png', 'soft.png');
	const [first, second, last] = context.out().trim().split('\n');
	expect([first, second].map((row) => row!.split(/ +/).at(-1)).toSorted()).toEqual(['sharp.png', 'soft.png']);
	expect(Number.parseFloat(first!)).toBeGreaterThanOrEqual(Number.parseFloat(second!));
	expect(last).toMatch(/^model \S+, unit blurRadiusPx, higher means blurrier$/);
	expect(context.err()).toMatch(/^parfocal: .*broken\.png/);
	expect(context.process.exitCode).toBe(EXIT.notRead);
});

test.each<[string[], number, RegExp]>([
	[[], EXIT.usage, /IMAGE/],
	[['sharp.png', '--method', 'laplacian'], EXIT.usage, /laplacian/],
	[['sharp.png', '--model', 'no-such-model'], EXIT.usage, /There is no model 'no-such-model'/],
	[['sharp.png', '--model', 'broken.pt'], EXIT.usage, /--model broken\.pt cannot be used/],
	[['sharp.png', '--model', 'focuslitenn-1-min', '--method', 'all'], EXIT.usage, /belongs to --method focuslitenn/],
	[['gone.png'], EXIT.notRead, /gone\.png does not exist/],
	[['broken.png', '--json'], EXIT.notRead, /broken\.png/],
])('score %j is refused in words', async (inputs, code, message) => {
	const context = fakeContext({ cwd });
	expect(await runCli(['score', ...inputs], context)).toBe(code);
	expect(context.out()).toBe('');
	expect(context.err()).toMatch(message);
	expect(context.err()).not.toMatch(/\n +at /);
});
