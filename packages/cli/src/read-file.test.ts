import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArgumentError } from '@parfocal/core';
import { afterAll, expect, test } from 'vitest';
import { readFlagFile } from './read-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'parfocal-read-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'ten.txt'), '0123456789');

test('a file is read from the folder the user is in', async () => {
	expect([...(await readFlagFile('policy', 'ten.txt', folder, 10))]).toHaveLength(10);
	expect([...(await readFlagFile('policy', join(folder, 'ten.txt'), '/', 10))]).toHaveLength(10);
});

test.each([
	['gone.txt', 10, 'there is no such file'],
	['.', 10_000, 'it is a folder'],
	['ten.txt/deeper', 10, 'ENOTDIR'],
	['ten.txt', 9, 'larger than 9 bytes'],
])('%s with a limit of %i is refused: %s', async (path, limit, words) => {
	const error = await readFlagFile('policy', path, folder, limit).catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(ArgumentError);
	expect((error as ArgumentError).argument).toBe('policy');
	expect((error as ArgumentError).message).toContain(`--policy ${path}`);
	expect((error as ArgumentError).message).toContain(words);
});
