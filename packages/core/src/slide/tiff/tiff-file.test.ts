import { describe, expect, test } from 'vitest';
import { FormatError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { bufferSource } from '../source/buffer-source.ts';
import { patchTiff } from '../testing/patch-tiff.ts';
import { probeSource } from '../testing/sources.ts';
import { makeTiff } from '../testing/tiff-fixtures.ts';
import { tag } from './tags.ts';
import { isTiff, readTiff } from './tiff-file.ts';

const read = async (bytes: Uint8Array) => readTiff(bufferSource(bytes, 'a.tif'));

describe('the first bytes', () => {
	test.each([
		[[0x49, 0x49, 42, 0], true],
		[[0x4d, 0x4d, 0, 42], true],
		[[0x49, 0x49, 43, 0], true],
		[[0x4d, 0x4d, 0, 43], true],
		[[0x49, 0x49, 0, 42], false],
		[[0x4d, 0x4d, 42, 0], false],
		[[0x49, 0x4d, 42, 0], false],
		[[0x49, 0x49, 44, 0], false],
		[[0x49, 0x49], false],
		[[], false],
	])('%j: %s', (head, expected) => {
		expect(isTiff(Uint8Array.from(head))).toBe(expected);
	});
});

describe('directories', () => {
	test('many are followed, in order', async () => {
		const images = Array.from({ length: 40 }, (_, i) => ({
			widthPx: 16 + i,
			heightPx: 16,
			layout: { rowsPerStrip: 16 },
		}));
		const file = await read(await makeTiff(images));
		const widths = await Promise.all(file.directories.map((directory) => directory.number(tag.imageWidth)));
		expect(widths).toEqual(images.map(({ widthPx }) => widthPx));
	});

	test('their chain is cut at 4096, with a warning', async () => {
		// 5000 directories of one entry each, 18 bytes apart.
		const bytes = new Uint8Array(8 + 5000 * 18);
		const view = new DataView(bytes.buffer);
		bytes.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
		for (let i = 0; i < 5000; i++) {
			const at = 8 + 18 * i;
			view.setUint16(at, 1, true);
			view.setUint16(at + 2, tag.imageWidth, true);
			view.setUint16(at + 4, 3, true);
			view.setUint32(at + 6, 1, true);
			view.setUint32(at + 10, i, true);
			view.setUint32(at + 14, i < 4999 ? at + 18 : 0, true);
		}
		const file = await read(bytes);
		expect(file.directories).toHaveLength(4096);
		expect(file.warnings).toEqual([expect.stringContaining('more than 4096')]);
	});

	test('SubIFDs are bounded, and may be broken', async () => {
		const values = Array.from({ length: 65 }, () => 8);
		const many = await read(await makeTiff([{ tags: { 330: { type: 'long', values } } }]));
		await expect(many.subDirectories(many.directories[0]!)).rejects.toThrow('65 SubIFDs');
		const outside = await read(await makeTiff([{ tags: { 330: { type: 'long', values: [2 ** 31] } } }]));
		await expect(outside.subDirectories(outside.directories[0]!)).rejects.toMatchObject({ reason: 'truncated' });
	});

	test('a missing pointer to the next one at the end of the file is none', async () => {
		const bytes = await makeTiff([{}]);
		const file = await read(bytes.subarray(0, bytes.length - 2));
		expect(file.directories).toHaveLength(1);
		expect(file.warnings).toEqual([]);
	});

	test('a classic TIFF above 4 GiB is one of Hamamatsu', async () => {
		const source: ByteSource = {
			name: 'big.ndpi',
			size: 2 ** 33,
			read: (_, length) => Uint8Array.from([0x49, 0x49, 42, 0, ...Array(12).fill(0)]).subarray(0, length),
		};
		await expect(readTiff(source)).rejects.toMatchObject({ reason: 'unsupported' });
	});

	test('reading is lazy: opening a file of large values reads none of them', async () => {
		const bytes = await makeTiff([{ tags: { 34675: { type: 'undefined', values: new Uint8Array(100_000) } } }]);
		const probe = probeSource(bytes);
		await readTiff(probe);
		expect(probe.reads.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(400);
	});
});

describe('values', () => {
	test('of unknown types are skipped', async () => {
		const patch = patchTiff(await makeTiff([{}]));
		patch.view.setUint16(patch.entry(0, tag.photometric) + 2, 99, true);
		const [directory] = (await read(patch.bytes)).directories;
		expect(directory!.entries.has(tag.photometric)).toBe(false);
		expect(await directory!.number(tag.photometric)).toBeUndefined();
		expect(await directory!.number(tag.imageWidth)).toBe(100);
	});

	test('that are absent are undefined', async () => {
		const [directory] = (await read(await makeTiff())).directories;
		expect(await directory!.numbers(65_000)).toBeUndefined();
		expect(await directory!.number(65_000)).toBeUndefined();
		expect(await directory!.text(65_000)).toBeUndefined();
		expect(await directory!.bytes(65_000)).toBeUndefined();
	});

	test('text ends at its first zero, or where it ends', async () => {
		const tags = {
			270: { type: 'byte', values: [0x61, 0x62, 0, 0x63] },
			271: { type: 'byte', values: [0x61, 0x62, 0x63, 0x64, 0x65] },
			272: { type: 'byte', values: [0xff, 0xfe, 0x41, 0x42, 0x43] },
		} as const;
		const [directory] = (await read(await makeTiff([{ tags }]))).directories;
		expect(await directory!.text(270)).toBe('ab');
		expect(await directory!.text(271)).toBe('abcde');
		expect(await directory!.text(272)).toBe('\ufffd\ufffdABC');
	});

	test('outside the file fail when asked for, not before', async () => {
		const patch = patchTiff(await makeTiff([{ description: 'a long description of it' }]));
		patch.view.setUint32(patch.entry(0, tag.imageDescription) + 8, 0x7fffffff, true);
		const [directory] = (await read(patch.bytes)).directories;
		await expect(directory!.text(tag.imageDescription)).rejects.toMatchObject({ reason: 'truncated' });
	});

	test('too long to be meant are refused before anything is allocated', async () => {
		const patch = patchTiff(await makeTiff([{ description: 'a long description of it' }]));
		for (const of of [tag.imageDescription, tag.tileOffsets])
			patch.view.setUint32(patch.entry(0, of) + 4, 0xffffffff, true);
		const [directory] = (await read(patch.bytes)).directories;
		await expect(directory!.text(tag.imageDescription)).rejects.toMatchObject({ reason: 'too-large' });
		await expect(directory!.bytes(tag.imageDescription)).rejects.toMatchObject({ reason: 'too-large' });
		await expect(directory!.numbers(tag.tileOffsets)).rejects.toThrow(FormatError);
		// The first of them is within the file all the same.
		expect(await directory!.number(tag.tileOffsets)).toBe(8);
	});

	test('rationals of zero by zero and by zero are no numbers, and nothing breaks', async () => {
		const patch = patchTiff(await makeTiff([{ tags: { 282: { type: 'rational', values: [1] } } }]));
		const at = patch.view.getUint32(patch.entry(0, 282) + 8, true);
		patch.view.setUint32(at + 4, 0, true);
		const [directory] = (await read(patch.bytes)).directories;
		expect(await directory!.number(282)).toBe(Number.POSITIVE_INFINITY);
	});
});
