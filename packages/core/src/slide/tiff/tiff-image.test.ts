import { describe, expect, test } from 'vitest';
import { openSlide } from '../open-slide.ts';
import { bufferSource } from '../source/buffer-source.ts';
import { patchTiff } from '../testing/patch-tiff.ts';
import { makeTiff, type TestImage } from '../testing/tiff-fixtures.ts';
import { pyramidOf } from './pyramid.ts';
import { tag } from './tags.ts';
import { readTiff } from './tiff-file.ts';
import { chunkRows, readChunkTable, readTiffImage, type TiffImage } from './tiff-image.ts';

async function imageOf(bytes: Uint8Array): Promise<TiffImage> {
	const file = await readTiff(bufferSource(bytes));
	return readTiffImage(file.directories[0]!);
}

const image = async (given: TestImage): Promise<TiffImage> => imageOf(await makeTiff([given]));

describe('the grid of pieces', () => {
	test.each([
		[{}, { kind: 'tile', widthPx: 32, heightPx: 32, columns: 4, rows: 3, count: 12 }],
		[{ planar: true }, { kind: 'tile', columns: 4, rows: 3, count: 36 }],
		[{ layout: { rowsPerStrip: 30 } }, { kind: 'strip', widthPx: 100, heightPx: 30, columns: 1, rows: 3, count: 3 }],
		[{ layout: { rowsPerStrip: 80 } }, { kind: 'strip', heightPx: 80, rows: 1 }],
		[{ layout: { rowsPerStrip: 2 ** 32 - 1 } }, { kind: 'strip', heightPx: 80, rows: 1 }],
	] as [TestImage, object][])('%j', async (given, grid) => {
		expect((await image(given)).grid).toMatchObject(grid);
	});

	test('rows of pieces: tiles are padded, the last strip is short', async () => {
		const tiles = await image({});
		const strips = await image({ layout: { rowsPerStrip: 30 } });
		expect([0, 1, 2].map((row) => chunkRows(tiles, row))).toEqual([32, 32, 32]);
		expect([0, 1, 2].map((row) => chunkRows(strips, row))).toEqual([30, 30, 20]);
	});

	test('strips without RowsPerStrip are one', async () => {
		const patch = patchTiff(await makeTiff([{ layout: { rowsPerStrip: 80 } }]));
		patch.view.setUint16(patch.entry(0, tag.rowsPerStrip), 278 + 1000, true);
		expect((await imageOf(patch.bytes)).grid).toMatchObject({ kind: 'strip', heightPx: 80, rows: 1 });
	});

	test('tiles listed under the strip tags are found', async () => {
		const patch = patchTiff(await makeTiff([{}]));
		patch.view.setUint16(patch.entry(0, tag.tileOffsets), tag.stripOffsets, true);
		patch.view.setUint16(patch.entry(0, tag.tileByteCounts), tag.stripByteCounts, true);
		const found = await imageOf(patch.bytes);
		expect(found.grid).toMatchObject({ kind: 'tile', count: 12 });
		expect((await readChunkTable(found)).offsets).toHaveLength(12);
	});
});

test('defaults of absent tags (TIFF 6.0 §8)', async () => {
	const patch = patchTiff(await makeTiff([{ channels: 1 }]));
	for (const of of [
		tag.compression,
		tag.photometric,
		tag.samplesPerPixel,
		tag.planarConfiguration,
		tag.bitsPerSample,
	]) {
		patch.view.setUint16(patch.entry(0, of), 60_000 + of, true);
	}
	expect(await imageOf(patch.bytes)).toMatchObject({
		compression: 1,
		photometric: 1,
		samplesPerPixel: 1,
		planarConfiguration: 1,
		bitsPerSample: 1,
		predictor: 1,
		subfileType: 0,
		description: '',
		unsupported: expect.stringContaining('1 bits a sample'),
	});
});

test('what can be read has no reason against it', async () => {
	for (const given of [
		{},
		{ bits: 16 },
		{ channels: 1 },
		{ channels: 2 },
		{ channels: 4 },
		{ planar: true },
		{ compression: 'jpeg' },
		{ compression: 'lzw', predictor: true },
		{ layout: { rowsPerStrip: 7 } },
	] as TestImage[]) {
		expect((await image(given)).unsupported, JSON.stringify(given)).toBeUndefined();
	}
});

test('uncompressed strips may be of any height, other pieces of 100 MP at most', async () => {
	// Only the sizes are stated: no such image is made.
	const claim = async (given: TestImage): Promise<string | undefined> => {
		const patch = patchTiff(await makeTiff([given]));
		for (const of of [tag.imageWidth, tag.imageLength]) patch.view.setUint32(patch.entry(0, of) + 8, 20_000, true);
		patch.view.setUint32(patch.entry(0, tag.rowsPerStrip) + 8, 20_000, true);
		return (await imageOf(patch.bytes)).unsupported;
	};
	const layout = { rowsPerStrip: 80 };
	expect(await claim({ layout })).toBeUndefined();
	expect(await claim({ layout, compression: 'lzw' })).toContain('too large');
});

test('an image beside the pyramid that claims to be huge is refused when it is read', async () => {
	const bytes = await makeTiff([
		{ widthPx: 200, heightPx: 100 },
		{ widthPx: 64, heightPx: 64, layout: { rowsPerStrip: 64 }, tags: { 254: { type: 'long', values: [1] } } },
	]);
	const patch = patchTiff(bytes);
	for (const of of [tag.imageWidth, tag.imageLength, tag.rowsPerStrip]) {
		patch.view.setUint32(patch.entry(1, of) + 8, 30_000, true);
	}
	const slide = await openSlide(patch.bytes);
	expect(slide.associated).toHaveLength(1);
	await expect(slide.associated[0]!.read()).rejects.toMatchObject({ tag: 'format', reason: 'too-large' });
});

describe('levels of a pyramid', () => {
	const sized = (widthPx: number, heightPx: number, unsupported?: string): TiffImage =>
		({ widthPx, heightPx, unsupported }) as TiffImage;
	const sizes = (first: TiffImage, ...others: TiffImage[]) => pyramidOf(first, others).map(({ widthPx }) => widthPx);

	test('are sorted, smaller, of the same shape, readable', () => {
		const first = sized(1000, 800);
		expect(sizes(first, sized(250, 200), sized(500, 400))).toEqual([1000, 500, 250]);
		expect(sizes(first, first, sized(1000, 800), sized(2000, 1600))).toEqual([1000]);
		expect(sizes(first, sized(500, 400, 'is odd'), sized(250, 200))).toEqual([1000, 250]);
		expect(sizes(first, sized(400, 500), sized(500, 300))).toEqual([1000]);
		expect(sizes(first, sized(500, 400), sized(500, 400))).toEqual([1000, 500]);
	});

	test('may be rounded by two pixels or two percent', () => {
		const first = sized(2220, 2967);
		expect(sizes(first, sized(1110, 1483), sized(138, 185), sized(34, 46), sized(8, 11))).toEqual([
			2220, 1110, 138, 34, 8,
		]);
		expect(sizes(sized(100_000, 80_000), sized(6200, 5000))).toEqual([100_000, 6200]);
		expect(sizes(sized(100_000, 80_000), sized(6000, 5000))).toEqual([100_000]);
	});
});
