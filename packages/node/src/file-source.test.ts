import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ByteSource, FormatError, ReadError } from '@parfocal/core';
import fc from 'fast-check';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileSource } from './file-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'parfocal-file-source-'));
const path = join(folder, 'slide.svs');
const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31) % 253);
beforeEach(() => writeFileSync(path, bytes));
afterAll(() => rmSync(folder, { recursive: true }));

let opened: ByteSource[] = [];
async function open(name = path, blocking = false): Promise<ByteSource> {
	const source = await fileSource(name, { blocking });
	opened.push(source);
	return source;
}
afterEach(async () => {
	await Promise.all(opened.map((source) => source.close?.()));
	opened = [];
});

describe.each([false, true])('blocking: %s', (blocking) => {
	test('name, size, and any range as it is', async () => {
		const source = await open(path, blocking);
		expect(source).toMatchObject({ name: path, size: 70_000 });
		await fc.assert(
			fc.asyncProperty(fc.nat(70_000), fc.nat(70_000), async (offset, length) => {
				fc.pre(offset + length <= 70_000);
				expect(await source.read(offset, length)).toEqual(bytes.subarray(offset, offset + length));
			}),
			{ numRuns: 50 },
		);
	});

	test.each([
		[69_999, 2],
		[70_001, 0],
		[-1, 1],
		[0, -5],
		[1.5, 1],
	])('%d + %d is outside', async (offset, length) => {
		const source = await open(path, blocking);
		const read = async () => source.read(offset, length);
		await expect(read()).rejects.toThrow(FormatError);
		await expect(read()).rejects.toMatchObject({ reason: 'truncated', message: expect.stringContaining(path) });
	});

	test('a file that is cut while being read has vanished, and says both sizes', async () => {
		const source = await open(path, blocking);
		truncateSync(path, 1000);
		const read = async () => source.read(500, 2000);
		await expect(read()).rejects.toMatchObject({
			tag: 'read',
			reason: 'vanished',
			message: expect.stringMatching(/70000 bytes, now 1000/),
		});
		expect(await source.read(0, 1000)).toEqual(bytes.subarray(0, 1000));
	});

	test('a file that is deleted stays readable while it is open', async () => {
		const source = await open(path, blocking);
		unlinkSync(path);
		expect(await source.read(0, 10)).toEqual(bytes.subarray(0, 10));
	});

	test('a cancelled read rejects with the reason', async () => {
		const source = await open(path, blocking);
		const reason = new Error('enough');
		await expect((async () => source.read(0, 10, { signal: AbortSignal.abort(reason) }))()).rejects.toBe(reason);
	});

	test('reading after closing fails as one of ours', async () => {
		const source = await fileSource(path, { blocking });
		await source.close?.();
		await expect((async () => source.read(0, 10))()).rejects.toThrow(ReadError);
	});

	test.each([
		['a missing file', join(folder, 'missing.svs'), 'not-found', /does not exist/],
		['a missing folder', join(folder, 'no', 'a.svs'), 'not-found', /does not exist/],
		['a path through a file', join(path, 'a.svs'), 'not-found', /not a folder/],
		['a folder', folder, 'directory', /is a folder/],
		['a name too long', join(folder, 'x'.repeat(300)), 'not-found', /too long/],
		['a device', '/dev/null', 'io', /not a regular file/],
	])('%s', async (_, name, reason, message) => {
		const error = await fileSource(name, { blocking }).catch((cause: unknown) => cause);
		expect(error).toBeInstanceOf(ReadError);
		expect(error).toMatchObject({ reason, source: name, message: expect.stringMatching(message) });
	});

	test('an empty file', async () => {
		const empty = join(folder, 'empty.svs');
		writeFileSync(empty, '');
		const error = await fileSource(empty, { blocking }).catch((cause: unknown) => cause);
		expect(error).toMatchObject({ tag: 'format', reason: 'truncated', message: expect.stringContaining('empty') });
	});
});

// Root may read everything, so there the case cannot be made.
test.skipIf(process.getuid?.() === 0)('a file without permission', async () => {
	chmodSync(path, 0);
	try {
		await expect(fileSource(path)).rejects.toMatchObject({ tag: 'read', reason: 'permission' });
	} finally {
		chmodSync(path, 0o600);
	}
});

describe('the blocking source', () => {
	test('answers at once, from a buffer that the next read reuses', async () => {
		const source = await open(path, true);
		const first = source.read(0, 100) as Uint8Array;
		expect(first).toBeInstanceOf(Uint8Array);
		expect(first).toEqual(bytes.subarray(0, 100));
		const second = source.read(1000, 100) as Uint8Array;
		expect(second.buffer).toBe(first.buffer);
		expect(first).toEqual(bytes.subarray(1000, 1100));
	});

	test('grows its buffer for long reads, and gives very long ones their own', async () => {
		const long = join(folder, 'long.svs');
		const content = new Uint8Array(6_000_000).fill(7);
		content[5_999_999] = 8;
		writeFileSync(long, content);
		const source = await open(long, true);
		const kept = source.read(0, 6_000_000) as Uint8Array;
		const next = source.read(0, 400_000) as Uint8Array;
		expect(next.length).toBe(400_000);
		expect(kept.buffer).not.toBe(next.buffer);
		expect(kept[5_999_999]).toBe(8);
		expect((source.read(5_999_990, 10) as Uint8Array)[9]).toBe(8);
	});
});

test('the waiting source gives each read its own bytes', async () => {
	const source = await open();
	const reads = await Promise.all([0, 1000, 2000].map((offset) => source.read(offset, 500)));
	for (const [i, read] of reads.entries()) expect(read).toEqual(bytes.subarray(1000 * i, 1000 * i + 500));
});

test('a folder made where a file is expected', async () => {
	const made = join(folder, 'made.svs');
	mkdirSync(made);
	await expect(fileSource(made)).rejects.toMatchObject({ reason: 'directory', source: made });
});
