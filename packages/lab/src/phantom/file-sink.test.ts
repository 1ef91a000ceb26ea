import * as nodeFs from 'node:fs/promises';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WriteError } from '@parfocal/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileSink } from './file-sink.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'parfocal-sink-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the file appears when it is complete', async () => {
	const path = join(folder, 'a.tif');
	const sink = await createFileSink(path);
	await sink.write(Uint8Array.of(3, 4), 2);
	await sink.write(Uint8Array.of(1, 2), 0);
	expect(await readdir(folder)).not.toContain('a.tif');
	await sink.commit();
	await sink.discard();
	expect(await readdir(folder)).toEqual(['a.tif']);
	expect([...(await readFile(path))]).toEqual([1, 2, 3, 4]);
});

test('text is appended', async () => {
	const sink = await createFileSink(join(folder, 'a.json'));
	for (const text of ['{"µm"', ': 1', '}']) await sink.append(text);
	await sink.commit();
	expect(await readFile(join(folder, 'a.json'), 'utf8')).toBe('{"µm": 1}');
});

test('discarded, it leaves nothing, and what was there stays', async () => {
	const path = join(folder, 'a.tif');
	await writeFile(path, 'before');
	const sink = await createFileSink(path);
	await sink.write(new Uint8Array(1000), 0);
	await sink.discard();
	await sink.discard();
	expect(await readdir(folder)).toEqual(['a.tif']);
	expect(await readFile(path, 'utf8')).toBe('before');
});

test('a missing folder is named', async () => {
	const attempt = createFileSink(join(folder, 'missing', 'a.tif'));
	await expect(attempt).rejects.toThrow(WriteError);
	await expect(attempt).rejects.toThrow(/there is no folder .*missing/);
});

test('a folder in the way', async () => {
	await nodeFs.mkdir(join(folder, 'a.tif'));
	const sink = await createFileSink(join(folder, 'a.tif'));
	await expect(sink.commit()).rejects.toThrow(WriteError);
	await sink.discard();
	expect(await readdir(folder)).toEqual(['a.tif']);
});

test('a full disk is a write error of the family', async () => {
	const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
	const fs = {
		...nodeFs,
		open: async (...given: Parameters<typeof nodeFs.open>) => {
			const handle = await nodeFs.open(...given);
			handle.write = () => Promise.reject(full);
			return handle;
		},
	};
	const sink = await createFileSink(join(folder, 'a.tif'), fs);
	const attempt = sink.write(new Uint8Array(10), 0);
	await expect(attempt).rejects.toThrow(WriteError);
	await expect(attempt).rejects.toMatchObject({ reason: 'disk-full', path: join(folder, 'a.tif'), cause: full });
	await sink.discard();
	expect(await readdir(folder)).toEqual([]);
});

test('short writes are continued', async () => {
	const fs = {
		...nodeFs,
		open: async (...given: Parameters<typeof nodeFs.open>) => {
			const handle = await nodeFs.open(...given);
			const write = handle.write.bind(handle) as (
				b: Uint8Array,
				o: number,
				l: number,
				p: number,
			) => Promise<{ bytesWritten: number }>;
			handle.write = ((bytes: Uint8Array, offset: number, length: number, position: number) =>
				write(bytes, offset, Math.min(length, 3), position)) as unknown as typeof handle.write;
			return handle;
		},
	};
	const sink = await createFileSink(join(folder, 'a'), fs);
	await sink.write(
		Uint8Array.from({ length: 10 }, (_, i) => i),
		1,
	);
	await sink.commit();
	expect([...(await readFile(join(folder, 'a')))]).toEqual([0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
