/** The same in a real browser: a slide from a `Blob`, its tiles, a picture through the browser's decoder. */
import { expect, test } from 'vitest';
import { memorySink } from '../export/tiff/memory-sink.ts';
import { createTiffWriter } from '../export/tiff/tiff-writer.ts';
import { openSlide } from './open-slide.ts';
import { readThumbnail } from './thumbnail.ts';

const samples = Uint8Array.from({ length: 3 * 64 * 48 }, (_, i) => (i * 7) % 256);

async function picture(type: string): Promise<Blob> {
	const canvas = new OffscreenCanvas(64, 48);
	const context = canvas.getContext('2d')!;
	const rgba = new ImageData(64, 48);
	for (let i = 0; i < 64 * 48; i++) rgba.data.set([...samples.subarray(3 * i, 3 * i + 3), 255], 4 * i);
	context.putImageData(rgba, 0, 0);
	return canvas.convertToBlob({ type, quality: 0.9 });
}

async function tiffFile(tiles: readonly Uint8Array[], compression: number, photometric: number): Promise<File> {
	const sink = memorySink();
	const tiff = createTiffWriter(sink);
	const directory = tiff.directory({
		widthPx: 64,
		heightPx: 48 * tiles.length,
		layout: { tileWidthPx: 64, tileHeightPx: 48 },
		compression,
		photometric,
		bitsPerSample: [8, 8, 8],
		tags: {
			282: { type: 'rational', values: [40_000] },
			283: { type: 'rational', values: [40_000] },
			296: { type: 'short', values: [3] },
		},
	});
	for (const [index, tile] of tiles.entries()) directory.addTile(index, tile);
	await tiff.close();
	return new File([sink.bytes() as Uint8Array<ArrayBuffer>], 'biopsy.tif');
}

test('a TIFF from a file picker opens and reads', async () => {
	const slide = await openSlide(await tiffFile([samples, samples], 1, 2));
	expect(slide).toMatchObject({ name: 'biopsy.tif', format: 'generic-tiff', warnings: [] });
	expect(slide.mpp?.x).toBeCloseTo(0.25, 9);
	const region = await slide.readRegion(0, { x: 0, y: 48, widthPx: 64, heightPx: 48 });
	expect(region.data).toEqual(samples);
	await slide.close();
});

test('JPEG tiles are decoded by our own decoder', async () => {
	const jpeg = new Uint8Array(await (await picture('image/jpeg')).arrayBuffer());
	const slide = await openSlide(await tiffFile([jpeg], 7, 6));
	expect(await slide.readTile(0, 0, 0)).toMatchObject({ layout: 'planes', widthPx: 64, heightPx: 48 });
	const { image } = await readThumbnail(slide, 16);
	expect(image).toMatchObject({ widthPx: 16, heightPx: 12 });
});

test('a PNG goes through the browser', async () => {
	const slide = await openSlide(await picture('image/png'));
	const region = await slide.readRegion(0, { x: 0, y: 0, widthPx: 64, heightPx: 48 });
	expect(region.data).toEqual(samples);
});

test('what is no slide is said', async () => {
	await expect(openSlide(new Blob(['<html>']))).rejects.toThrow('web page');
});
