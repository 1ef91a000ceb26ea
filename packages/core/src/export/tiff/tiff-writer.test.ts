import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasTool } from '../../codec/testing/pictures.ts';
import { ArgumentError } from '../../errors.ts';
import { bufferSource } from '../../slide/source/buffer-source.ts';
import { tag } from '../../slide/tiff/tags.ts';
import { readTiff } from '../../slide/tiff/tiff-file.ts';
import { memorySink } from './memory-sink.ts';
import type { TiffValue } from './tiff-value.ts';
import { createTiffWriter, type TiffDirectoryOptions } from './tiff-writer.ts';

const grey: TiffDirectoryOptions = {
	widthPx: 40,
	heightPx: 20,
	layout: { tileWidthPx: 16, tileHeightPx: 16 },
	compression: 1,
	photometric: 1,
	bitsPerSample: [8],
};

const flavours = [
	{ big: false, littleEndian: true },
	{ big: false, littleEndian: false },
	{ big: true, littleEndian: true },
	{ big: true, littleEndian: false },
];

describe.each(flavours)('big $big, little-endian $littleEndian', (flavour) => {
	test('directories, their SubIFDs and their values come back', async () => {
		const sink = memorySink();
		const tiff = createTiffWriter(sink, flavour);
		const first = tiff.directory({ ...grey, tags: { [tag.software]: { type: 'ascii', values: 'Parfocal' } } });
		const below = first.subDirectory({ ...grey, widthPx: 20, heightPx: 10 });
		const second = tiff.directory({ ...grey, widthPx: 7, heightPx: 9, layout: { rowsPerStrip: 4 } });
		expect([first.tileCount, below.tileCount, second.tileCount]).toEqual([6, 2, 3]);
		await tiff.close();
		const file = await readTiff(bufferSource(sink.bytes()));
		expect(file).toMatchObject(flavour);
		expect(file.warnings).toEqual([]);
		expect(file.directories).toHaveLength(2);
		expect(await file.directories[0]!.text(tag.software)).toBe('Parfocal');
		expect(await file.directories[1]!.number(tag.rowsPerStrip)).toBe(4);
		const [child] = await file.subDirectories(file.directories[0]!);
		expect(await child!.number(tag.imageWidth)).toBe(20);
		expect(await file.subDirectories(file.directories[1]!)).toEqual([]);
	});

	test('tiles of several directories, added in any order, are found where their directories say', async () => {
		const sink = memorySink();
		const tiff = createTiffWriter(sink, flavour);
		const directories = [tiff.directory(grey), tiff.directory({ ...grey, widthPx: 20 })];
		for (const [level, tile] of [
			[0, 5],
			[1, 1],
			[0, 0],
			[1, 3],
			[0, 2],
		] as const) {
			directories[level]!.addTile(tile, new Uint8Array(3 + tile).fill(10 * level + tile));
		}
		await tiff.close();
		const bytes = sink.bytes();
		const file = await readTiff(bufferSource(bytes));
		for (const [level, directory] of file.directories.entries()) {
			const offsets = (await directory.numbers(tag.tileOffsets))!;
			const counts = (await directory.numbers(tag.tileByteCounts))!;
			for (let tile = 0; tile < offsets.length; tile++) {
				const isWritten = level === 0 ? [5, 0, 2].includes(tile) : [1, 3].includes(tile);
				expect(counts[tile]).toBe(isWritten ? 3 + tile : 0);
				const stored = bytes.subarray(offsets[tile]!, offsets[tile]! + counts[tile]!);
				expect([...stored]).toEqual(isWritten ? Array(3 + tile).fill(10 * level + tile) : []);
			}
		}
	});

	test('values of every type survive', async () => {
		const values: Record<number, TiffValue> = {
			60001: { type: 'byte', values: [0, 255, 7, 8, 9, 10, 11, 12, 13] },
			60002: { type: 'sbyte', values: [-128, 127] },
			60003: { type: 'short', values: [65535] },
			60004: { type: 'sshort', values: [-32768, 1] },
			60005: { type: 'long', values: [2 ** 32 - 1, 0, 1] },
			60006: { type: 'slong', values: [-(2 ** 31)] },
			60007: { type: 'long8', values: [2 ** 53 - 1] },
			60008: { type: 'slong8', values: [-(2 ** 52), 3] },
			60009: { type: 'float', values: [0.5, -1.25] },
			60010: { type: 'double', values: [Math.PI] },
			60011: { type: 'undefined', values: [1, 2, 3, 4, 5] },
		};
		const sink = memorySink();
		const tiff = createTiffWriter(sink, flavour);
		tiff.directory({ ...grey, tags: values });
		await tiff.close();
		const [directory] = (await readTiff(bufferSource(sink.bytes()))).directories;
		for (const [number, value] of Object.entries(values)) {
			expect([...(await directory!.numbers(Number(number)))!], number).toEqual([...(value.values as number[])]);
		}
	});

	test('text and rationals survive', () =>
		fc.assert(
			fc.asyncProperty(
				fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\0')),
				fc.double({ min: 0, max: 2e9, noNaN: true }),
				async (text, rational) => {
					const sink = memorySink();
					const tiff = createTiffWriter(sink, flavour);
					tiff.directory({
						...grey,
						tags: { 60001: { type: 'ascii', values: text }, 60002: { type: 'rational', values: [rational] } },
					});
					await tiff.close();
					const [directory] = (await readTiff(bufferSource(sink.bytes()))).directories;
					expect(await directory!.text(60001)).toBe(text);
					const stored = (await directory!.number(60002))!;
					expect(Math.abs(stored - rational)).toBeLessThanOrEqual(Math.max(1e-9, rational * 1e-8));
				},
			),
			{ numRuns: 30 },
		));
});

describe('writing to a sink', () => {
	test('positions only grow until the header is filled in', async () => {
		const positions: number[] = [];
		const tiff = createTiffWriter({ write: (_, position) => void positions.push(position) });
		const directory = tiff.directory(grey);
		for (let i = 0; i < directory.tileCount; i++) directory.addTile(i, new Uint8Array(5));
		await tiff.close();
		expect(positions.at(-1)).toBe(0);
		const written = positions.slice(0, -1);
		expect(written).toEqual(written.toSorted((a, b) => a - b));
		expect(written[0]).toBe(8);
	});

	test('a sink that answers later gets disjoint ranges, and its promise reaches the caller', async () => {
		const sink = memorySink();
		const tiff = createTiffWriter({
			write: async (bytes, position) => {
				await new Promise((resolve) => setTimeout(resolve, 1));
				sink.write(bytes, position);
			},
		});
		const directory = tiff.directory(grey);
		const writes = Array.from({ length: 6 }, (_, i) => directory.addTile(i, new Uint8Array(11).fill(i + 1)));
		expect(writes.every((write) => write instanceof Promise)).toBe(true);
		await Promise.all(writes);
		await tiff.close();
		const bytes = sink.bytes();
		const [read] = (await readTiff(bufferSource(bytes))).directories;
		const offsets = (await read!.numbers(tag.tileOffsets))!;
		expect([...offsets].map((at) => bytes[at + 10])).toEqual([1, 2, 3, 4, 5, 6]);
	});

	test('a failing sink rejects', async () => {
		const tiff = createTiffWriter({
			write() {
				throw new Error('disk full');
			},
		});
		tiff.directory(grey);
		await expect(tiff.close()).rejects.toThrow('disk full');
	});
});

describe('what it refuses', () => {
	const write = () => createTiffWriter(memorySink());
	test.each([
		['a tile outside', () => write().directory(grey).addTile(6, new Uint8Array(1)), 'index'],
		['a fraction of a tile', () => write().directory(grey).addTile(0.5, new Uint8Array(1)), 'index'],
		['a size of 0', () => write().directory({ ...grey, widthPx: 0 }), 'widthPx'],
		['a fractional size', () => write().directory({ ...grey, heightPx: 1.5 }), 'heightPx'],
		['strips of no rows', () => write().directory({ ...grey, layout: { rowsPerStrip: 0 } }), 'downPx'],
	])('%s', (_, call, argument) => {
		expect(call).toThrow(ArgumentError);
		expect(call).toThrow(expect.objectContaining({ argument }));
	});

	test('a tile twice, anything after close, a file without directories', async () => {
		const tiff = createTiffWriter(memorySink());
		await expect(tiff.close()).rejects.toThrow('at least one directory');
		const directory = tiff.directory(grey);
		directory.addTile(1, new Uint8Array(1));
		expect(() => directory.addTile(1, new Uint8Array(1))).toThrow('already added');
		await tiff.close();
		expect(() => directory.addTile(2, new Uint8Array(1))).toThrow('closed');
		expect(() => tiff.directory(grey)).toThrow('closed');
		await expect(tiff.close()).rejects.toThrow('closed');
	});

	test('a classic TIFF that grows past 4 GiB', () => {
		const tiff = createTiffWriter({ write() {} });
		const directory = tiff.directory(grey);
		// Only the length counts: no such buffer is made.
		const huge = { length: 2 ** 31 } as Uint8Array;
		directory.addTile(0, huge);
		expect(() => directory.addTile(1, huge)).toThrow('BigTIFF');
		expect(() => directory.addTile(1, new Uint8Array(8))).not.toThrow();
	});

	test('a rational that none can hold', async () => {
		const tiff = createTiffWriter(memorySink());
		tiff.directory({ ...grey, tags: { 282: { type: 'rational', values: [-1] } } });
		await expect(tiff.close()).rejects.toThrow(ArgumentError);
	});
});

test('BigTIFF is chosen from 4 GB of expected size, and holds offsets past it', async () => {
	expect(createTiffWriter(memorySink(), { expectedBytes: 3.9e9 }).big).toBe(false);
	const written: [number, Uint8Array][] = [];
	const tiff = createTiffWriter({ write: (bytes, at) => void written.push([at, bytes]) }, { expectedBytes: 5e9 });
	expect(tiff.big).toBe(true);
	const directory = tiff.directory(grey);
	for (let i = 0; i < 3; i++) directory.addTile(i, { length: 2 ** 31 } as Uint8Array);
	await tiff.close();
	expect(tiff.size).toBeGreaterThan(3 * 2 ** 31);
	const header = new DataView(written.at(-1)![1].buffer);
	const first = Number(header.getBigUint64(8, true));
	expect(written.some(([at]) => at === first)).toBe(true);
	expect(first).toBeGreaterThan(3 * 2 ** 31);
});

const hasTiffinfo = hasTool('tiffinfo');

test.skipIf(!hasTiffinfo).each(flavours)('libtiff reads it without a warning: %j', async (flavour) => {
	const sink = memorySink();
	const tiff = createTiffWriter(sink, flavour);
	const first = tiff.directory({ ...grey, tags: { 282: { type: 'rational', values: [40_000] } } });
	for (let i = 0; i < first.tileCount; i++) first.addTile(i, new Uint8Array(256).fill(i));
	const below = first.subDirectory({ ...grey, layout: { rowsPerStrip: 20 } });
	below.addTile(0, new Uint8Array(800));
	await tiff.close();
	const folder = mkdtempSync(join(tmpdir(), 'parfocal-tiff-'));
	try {
		const path = join(folder, 'written.tif');
		writeFileSync(path, sink.bytes());
		const said = execFileSync('tiffinfo', ['-d', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
		expect(said).toContain('Image Width: 40 Image Length: 20');
		expect(said).toContain('SubIFD');
		expect(said).not.toMatch(/warning|error/i);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
