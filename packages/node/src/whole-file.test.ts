import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WriteError } from '@parfocal/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWholeFile } from './whole-file.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'parfocal-whole-file-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('new files and old ones', async () => {
	const path = join(folder, 'a.bin');
	await writeWholeFile(path, Uint8Array.of(1, 2, 3));
	await writeWholeFile(path, Uint8Array.of(4));
	expect([...(await readFile(path))]).toEqual([4]);
	expect(await readdir(folder)).toEqual(['a.bin']);
});

test('a missing folder', async () => {
	await expect(writeWholeFile(join(folder, 'missing/a.bin'), Uint8Array.of(1))).rejects.toThrow(WriteError);
	expect(await readdir(folder)).toEqual([]);
});

test('a folder in the way: nothing is left behind', async () => {
	await mkdir(join(folder, 'a.bin'));
	await writeFile(join(folder, 'a.bin/kept'), 'x');
	await expect(writeWholeFile(join(folder, 'a.bin'), Uint8Array.of(1))).rejects.toThrow(WriteError);
	expect(await readdir(folder)).toEqual(['a.bin']);
	expect(await readdir(join(folder, 'a.bin'))).toEqual(['kept']);
});
