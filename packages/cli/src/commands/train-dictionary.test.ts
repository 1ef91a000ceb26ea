import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadDictionary, readSafetensors } from '@parfocal/core';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EXIT } from '../exit-codes.ts';
import { runCli } from '../run-cli.ts';
import { type FakeContext, fakeContext } from '../testing/fake-context.ts';

let cwd: string;
beforeEach(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'parfocal-cli-dictionary-'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

/** A picture of discs, different for each seed. */
async function drawPicture(name: string, seed: number, side = 160): Promise<void> {
	const data = new Uint8Array(side * side);
	for (let i = 0; i < data.length; i++) {
		const x = i % side;
		const y = Math.floor(i / side);
		data[i] = 128 + 60 * Math.sign(Math.sin(x / (5 + seed)) * Math.cos(y / 7 + seed)) + ((i * 7919 + seed) % 31);
	}
	await sharp(data, { raw: { width: side, height: side, channels: 1 } })
		.png()
		.toFile(join(cwd, name));
}

async function cli(inputs: string, context: FakeContext = fakeContext({ cwd })) {
	const code = await runCli(['train-dictionary', ...inputs.split(' ')], context);
	return { code, out: context.out(), err: context.err() };
}

test('writes a dictionary that loads, says what it learned, and does so again to the byte', async () => {
	await drawPicture('a.png', 1);
	await drawPicture('b.png', 2);
	const flags = 'a.png b.png --atoms 64 --iterations 2 --blocks 1024 --seed 5';
	const { code, out, err } = await cli(`${flags} --out one.safetensors`);
	expect(err).toBe('');
	expect(code).toBe(EXIT.ok);
	expect(out).toMatch(
		/^one\.safetensors: 64 patterns from \d+ blocks of 2 pictures, error [\d.]+ with cosines, [\d.]+ learned, .*s\n$/,
	);
	const bytes = await readFile(join(cwd, 'one.safetensors'));
	expect(loadDictionary(bytes).atoms).toBe(64);
	expect(readSafetensors(bytes).metadata).toMatchObject({ method: 'K-SVD', seed: '5', iterations: '2', atoms: '64' });
	await cli(`${flags} --out two.safetensors`);
	expect(await readFile(join(cwd, 'two.safetensors'))).toEqual(bytes);
	expect((await readdir(cwd)).toSorted()).toEqual(['a.png', 'b.png', 'one.safetensors', 'two.safetensors']);
});

test('too little to learn from', async () => {
	await drawPicture('small.png', 1, 40);
	const { code, err } = await cli('small.png --out x.safetensors');
	expect(code).toBe(EXIT.usage);
	expect(err).toMatch(/hold 25 blocks .* 256 atoms/);
	expect(await readdir(cwd)).toEqual(['small.png']);
});

test('a picture that cannot be read stops it, nothing is written', async () => {
	await drawPicture('a.png', 1);
	const missing = await cli('a.png missing.png --out x.safetensors --atoms 64');
	expect(missing.code).toBe(EXIT.notRead);
	expect(missing.err).toContain('missing.png');
	await writeFile(join(cwd, 'broken.png'), 'no picture');
	expect((await cli('broken.png --out x.safetensors')).code).toBe(EXIT.notRead);
	expect((await readdir(cwd)).toSorted()).toEqual(['a.png', 'broken.png']);
});

test('a folder that is not there', async () => {
	await drawPicture('a.png', 1);
	const { code, err } = await cli('a.png --out missing/x.safetensors --atoms 64 --iterations 1 --blocks 1024');
	expect(code).toBe(EXIT.notWritten);
	expect(err).toContain('x.safetensors');
});

test.each([
	['a.png', /--out/],
	['--out x', /IMAGE/],
	['a.png --out x --atoms 100', /multiple of 8/],
	['a.png --out x --iterations 0', /1 to 10000/],
	['a.png --out x --seed -1', /seed/],
])('bad usage: %s', async (inputs, message) => {
	const { code, err } = await cli(inputs);
	expect(code).toBe(EXIT.usage);
	expect(err).toMatch(message);
});
