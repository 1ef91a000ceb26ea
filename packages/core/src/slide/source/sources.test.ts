import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArgumentError, FormatError, ReadError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { probeSource } from '../testing/sources.ts';
import { blobSource } from './blob-source.ts';
import { withBlockCache } from './block-cache.ts';
import { bufferSource } from './buffer-source.ts';
import { readBytes } from './read-range.ts';

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7) % 251);

const sources: [string, () => ByteSource][] = [
	['a buffer', () => bufferSource(bytes)],
	['a blob', () => blobSource(new Blob([bytes]))],
	['a cached buffer', () => withBlockCache(bufferSource(bytes), { blockBytes: 64, blocks: 4 })],
	['a cached late source', () => withBlockCache(probeSource(bytes, { mode: 'late' }), { blockBytes: 100, blocks: 2 })],
	['a cached source that reuses its buffer', () => withBlockCache(probeSource(bytes, { mode: 'reused' }))],
];

describe.each(sources)('%s', (_, make) => {
	test('gives any range as it is', () =>
		fc.assert(
			fc.asyncProperty(fc.nat(1000), fc.nat(1000), async (offset, length) => {
				fc.pre(offset + length <= 1000);
				expect(await make().read(offset, length)).toEqual(bytes.subarray(offset, offset + length));
			}),
			{ numRuns: 40 },
		));

	test.each([
		[990, 11],
		[1001, 0],
		[-1, 5],
		[0, -1],
		[0.5, 2],
		[Number.NaN, 1],
		[2 ** 60, 1],
	])('refuses %d + %d with the sentence of a cut file', async (offset, length) => {
		const read = async () => make().read(offset, length);
		await expect(read()).rejects.toThrow(FormatError);
		await expect(read()).rejects.toThrow(/ends at byte 1000/);
	});

	test('a cancelled read rejects with the reason', async () => {
		const reason = new Error('enough');
		const read = async () => make().read(0, 10, { signal: AbortSignal.abort(reason) });
		await expect(read()).rejects.toBe(reason);
	});
});

describe('a blob', () => {
	test('is called what its file is called', () => {
		expect(blobSource(new File([bytes], 'biopsy.svs')).name).toBe('biopsy.svs');
		expect(blobSource(new Blob([])).name).toBe('blob');
	});

	test('whose file changed says so', async () => {
		const cause = new DOMException('The file changed', 'NotReadableError');
		const blob = { size: 100, slice: () => ({ arrayBuffer: () => Promise.reject(cause) }) } as unknown as Blob;
		const read = blobSource(blob, 'biopsy.svs').read(0, 10);
		await expect(read).rejects.toThrow(ReadError);
		await expect(read).rejects.toMatchObject({ reason: 'vanished', source: 'biopsy.svs', cause });
	});

	test('that gives fewer bytes says so too', async () => {
		const blob = { size: 100, slice: () => new Blob([bytes.subarray(0, 3)]) } as unknown as Blob;
		await expect(blobSource(blob).read(0, 10)).rejects.toMatchObject({ reason: 'vanished' });
	});
});

describe('bytes to keep', () => {
	test.each(['view', 'reused', 'late'] as const)('stay, from a source of kind %s', async (mode) => {
		const source = probeSource(bytes, { mode });
		const kept = await Promise.all([readBytes(source, 0, 20), readBytes(source, 500, 30)]);
		await readBytes(source, 100, 100);
		expect(kept).toEqual([bytes.slice(0, 20), bytes.slice(500, 530)]);
	});
});

describe('a block cache', () => {
	test('reads whole blocks, neighbours at once, and each only once', async () => {
		const probe = probeSource(bytes, { mode: 'late' });
		const cached = withBlockCache(probe, { blockBytes: 100, blocks: 10 });
		await cached.read(150, 200);
		expect(probe.reads).toEqual([{ offset: 100, length: 300 }]);
		await cached.read(120, 150);
		expect(probe.reads).toHaveLength(1);
		// Block 1 to 3 are known; 0 and 4 are two further reads.
		await cached.read(0, 500);
		expect(probe.reads.slice(1)).toEqual([
			{ offset: 0, length: 100 },
			{ offset: 400, length: 100 },
		]);
		await cached.read(950, 50);
		expect(probe.reads.at(-1)).toEqual({ offset: 900, length: 100 });
	});

	test('the last block is as short as the file', async () => {
		const probe = probeSource(bytes);
		await withBlockCache(probe, { blockBytes: 300 }).read(999, 1);
		expect(probe.reads).toEqual([{ offset: 900, length: 100 }]);
	});

	test('readers of the same block at the same time share one read', async () => {
		const probe = probeSource(bytes, { mode: 'late' });
		const cached = withBlockCache(probe, { blockBytes: 100 });
		const reads = await Promise.all([cached.read(10, 5), cached.read(40, 5), cached.read(90, 20)]);
		expect(reads.map((read) => read.length)).toEqual([5, 5, 20]);
		expect(probe.reads).toEqual([
			{ offset: 0, length: 100 },
			{ offset: 100, length: 100 },
		]);
	});

	test('keeps the blocks used last', async () => {
		const probe = probeSource(bytes);
		const cached = withBlockCache(probe, { blockBytes: 100, blocks: 2 });
		for (const block of [0, 1, 0, 2]) await cached.read(100 * block, 1);
		probe.reads.length = 0;
		await cached.read(0, 1);
		expect(probe.reads).toHaveLength(0);
		await cached.read(100, 1);
		expect(probe.reads).toHaveLength(1);
	});

	test('ranges larger than the cache go straight through', async () => {
		const probe = probeSource(bytes);
		const cached = withBlockCache(probe, { blockBytes: 100, blocks: 2 });
		expect(await cached.read(50, 500)).toEqual(bytes.subarray(50, 550));
		expect(probe.reads).toEqual([{ offset: 50, length: 500 }]);
	});

	test('a failed block is tried again', async () => {
		const cached = withBlockCache(probeSource(bytes, { mode: 'late', failAt: 0 }));
		const probe = probeSource(bytes);
		let fails = true;
		const flaky = withBlockCache({
			...probe,
			read: (...range) => (fails ? Promise.reject(new ReadError('x', 'io', 'no')) : probe.read(...range)),
		});
		await expect(cached.read(0, 1)).rejects.toThrow(ReadError);
		await expect(flaky.read(0, 1)).rejects.toThrow(ReadError);
		fails = false;
		expect(await flaky.read(0, 1)).toEqual(bytes.subarray(0, 1));
	});

	test('who gives up does not spoil it for the others', async () => {
		const cached = withBlockCache(probeSource(bytes, { mode: 'late' }));
		const controller = new AbortController();
		const given = cached.read(0, 10, { signal: controller.signal });
		const other = cached.read(5, 10);
		controller.abort(new Error('enough'));
		await expect(given).rejects.toThrow('enough');
		expect(await other).toEqual(bytes.subarray(5, 15));
	});

	test('closes what it wraps, and refuses sizes that are none', async () => {
		const probe = probeSource(bytes);
		await withBlockCache(probe).close?.();
		expect(probe.closed).toBe(1);
		expect(() => withBlockCache(probe, { blockBytes: 0 })).toThrow(ArgumentError);
		expect(() => withBlockCache(probe, { blocks: 1.5 })).toThrow(ArgumentError);
	});
});
