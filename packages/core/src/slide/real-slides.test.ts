/** Real files, against OpenSlide and libvips. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { hasTool } from '../codec/testing/pictures.ts';
import type { RectPx } from '../image/pixels.ts';
import { hasShared, sharedPath } from '../testing/shared.ts';
import { openSlide } from './open-slide.ts';
import { bufferSource } from './source/buffer-source.ts';
import { makeTiff } from './testing/tiff-fixtures.ts';
import { readThumbnail } from './thumbnail.ts';

const openReal = async (name: string, options = {}) =>
	openSlide(bufferSource(readFileSync(sharedPath(`data/slides/${name}`)), name), options);

const hasOpenSlide = hasShared && hasTool('openslide-write-png');

/** What OpenSlide makes of a region; x and y in level-0 pixels. */
async function openSlideRegion(name: string, x: number, y: number, level: number, rect: RectPx): Promise<Uint8Array> {
	const png = join(tmpdir(), `parfocal-openslide-${process.pid}.png`);
	const numbers = [x, y, level, rect.widthPx, rect.heightPx].map(String);
	try {
		execFileSync('openslide-write-png', [sharedPath(`data/slides/${name}`), ...numbers, png]);
		return await sharp(png).removeAlpha().raw().toBuffer();
	} finally {
		rmSync(png, { force: true });
	}
}

describe.skipIf(!hasShared)('CMU-1-Small-Region.svs', () => {
	test('its header', async () => {
		const slide = await openReal('CMU-1-Small-Region.svs');
		expect(slide).toMatchObject({ format: 'aperio-svs', vendor: 'Aperio', objectivePower: 20, warnings: [] });
		expect(slide.mpp).toEqual({ x: 0.499, y: 0.499, source: 'tag' });
		expect(slide.levels).toMatchObject([
			{
				widthPx: 2220,
				heightPx: 2967,
				tileWidthPx: 240,
				tileHeightPx: 240,
				columns: 10,
				rows: 13,
				compression: 'jpeg',
			},
		]);
		expect(slide.associated.map(({ name, widthPx, heightPx }) => [name, widthPx, heightPx])).toEqual([
			['thumbnail', 574, 768],
			['label', 387, 463],
			['macro', 1280, 431],
		]);
		expect(slide.properties).toMatchObject({ 'ScanScope ID': 'CPAPERIOCS', Filename: 'CMU-1' });
	});

	test('tiles come at once, as RGB planes; luma alone as well', async () => {
		const slide = await openReal('CMU-1-Small-Region.svs');
		expect(slide.readTile(0, 3, 4)).toMatchObject({ layout: 'planes', colour: 'rgb', widthPx: 240, heightPx: 240 });
		expect(slide.readTile(0, 9, 12, { planes: 'luma' })).toMatchObject({ colour: 'grey', widthPx: 60, heightPx: 87 });
	});

	test.each(['thumbnail', 'label', 'macro'])('its %s is that of libvips', async (name) => {
		const slide = await openReal('CMU-1-Small-Region.svs');
		const index = slide.associated.findIndex((image) => image.name === name);
		const image = await slide.associated[index]!.read();
		// libvips counts the directories of the file; the first is the slide.
		const path = sharedPath('data/slides/CMU-1-Small-Region.svs');
		const expected = await sharp(path, { page: index + 1 })
			.removeAlpha()
			.raw()
			.toBuffer();
		expect(Buffer.compare(image.data, expected)).toBe(0);
	});
});

describe.skipIf(!hasOpenSlide)('regions are those of OpenSlide, to the bit', () => {
	test.each([
		['CMU-1-Small-Region.svs', 100, 130, 500, 400],
		['CMU-1-Small-Region.svs', 2100, 2800, 120, 167],
		['derived_cmu1_pyramid.tif', 250, 250, 300, 300],
		['derived_cmu1_pyramid.tif', 2000, 2700, 220, 267],
		['TCGA-CR-7395-01A-01-TS1.svs', 1000, 1000, 300, 200],
		['TCGA-CR-7395-01A-01-TS1.svs', 4300, 3450, 143, 117],
	])('%s at %d, %d', async (name, x, y, widthPx, heightPx) => {
		const slide = await openReal(name);
		const rect = { x, y, widthPx, heightPx };
		const region = await slide.readRegion(0, rect);
		expect(Buffer.compare(region.data, await openSlideRegion(name, x, y, 0, rect))).toBe(0);
	});

	test('level 1 of a JPEG 2000 slide', async () => {
		const slide = await openReal('TCGA-CR-7395-01A-01-TS1.svs');
		// Within one tile: OpenSlide shifts the tiles of levels with a fractional downsample by parts of a pixel.
		const rect = { x: 0, y: 0, widthPx: 200, heightPx: 200 };
		const expected = await openSlideRegion('TCGA-CR-7395-01A-01-TS1.svs', 0, 0, 1, rect);
		expect(Buffer.compare((await slide.readRegion(1, rect)).data, expected)).toBe(0);
	});
});

describe.skipIf(!hasShared)('a JPEG 2000 slide without a pixel size', () => {
	test('opens, says so, and takes one', async () => {
		const slide = await openReal('TCGA-CR-7395-01A-01-TS1.svs');
		expect(slide.mpp).toBeUndefined();
		expect(slide.objectivePower).toBeUndefined();
		expect(slide.warnings.join()).toContain('no pixel size');
		expect(slide.levels.map(({ widthPx, compression }) => [widthPx, compression])).toEqual([
			[4443, 'jpeg2000'],
			[2221, 'jpeg2000'],
		]);
		const given = await openReal('TCGA-CR-7395-01A-01-TS1.svs', { mpp: 0.5 });
		expect(given.mpp).toEqual({ x: 0.5, y: 0.5, source: 'user' });
		expect(given.warnings).toEqual([]);
	});
});

describe.skipIf(!hasShared)('a pyramid written by libvips', () => {
	test('all levels are those of libvips', async () => {
		const slide = await openReal('derived_cmu1_pyramid.tif');
		expect(slide.levels.map(({ widthPx }) => widthPx)).toEqual([2220, 1110, 555, 277, 138]);
		expect(slide.mpp?.x).toBeCloseTo(0.499, 5);
		for (const [page, { widthPx, heightPx }] of slide.levels.entries()) {
			if (page === 0) continue;
			const region = await slide.readRegion(page, { x: 0, y: 0, widthPx, heightPx });
			const path = sharedPath('data/slides/derived_cmu1_pyramid.tif');
			const expected = await sharp(path, { page }).removeAlpha().raw().toBuffer();
			expect(Buffer.compare(region.data, expected), `level ${page}`).toBe(0);
		}
	});

	test('its thumbnail is near its small level', async () => {
		const slide = await openReal('derived_cmu1_pyramid.tif');
		const { image } = await readThumbnail(slide, 185);
		const region = await slide.readRegion(4, { x: 0, y: 0, widthPx: 138, heightPx: 185 });
		expect(image).toEqual(region);
	});
});

describe.skipIf(!hasShared)('real files that are not read', () => {
	test.each([
		['orbit_dapi.ndpi', 'Hamamatsu NDPI'],
		['gwsi_jpeg.dcm', 'DICOM'],
		['highdicom_sm_image.dcm', 'DICOM'],
	])('%s is called by its name', async (name, what) => {
		await expect(openReal(name)).rejects.toMatchObject({
			tag: 'format',
			reason: 'unsupported',
			message: expect.stringContaining(what),
		});
	});

	test('a fluorescence QPTIFF opens as its first channel, and says so', async () => {
		const slide = await openReal('pathml_small_vectra.qptiff');
		expect(slide.levels.map(({ widthPx }) => widthPx)).toEqual([1920, 480]);
		expect(slide.warnings.join()).toContain('2 more images of the same size');
		expect(slide.associated.map(({ name }) => name)).toContain('label');
		expect(await slide.readTile(0, 0, 5)).toMatchObject({ colour: 'grey', widthPx: 1920, heightPx: 160 });
	});
});

const hasTiffcp = hasTool('tiffcp');

describe.skipIf(!hasTiffcp)('files rewritten by libtiff', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'parfocal-tiffcp-'));
	afterAll(() => rmSync(folder, { recursive: true }));
	const original = join(folder, 'original.tif');
	writeFileSync(original, await makeTiff([{ widthPx: 300, heightPx: 210 }]));
	const whole = { x: 0, y: 0, widthPx: 300, heightPx: 210 };
	const samples = (await (await openSlide(readFileSync(original))).readRegion(0, whole)).data;

	const storages = ['none', 'lzw', 'lzw:2', 'zip', 'zip:2', 'packbits'];
	const cuts = [
		['-s', '-r', '10'],
		['-s', '-r', '210'],
		['-t', '-w', '64', '-l', '48'],
	];
	const orders = [['-L'], ['-B'], ['-8'], ['-8', '-B'], ['-L', '-p', 'separate']];
	const cases = storages.flatMap((storage) =>
		cuts.flatMap((cut) => orders.map((order) => [storage, cut, order] as const)),
	);

	test.each(cases)('-c %s %j %j', async (storage, cut, order) => {
		const path = join(folder, 'rewritten.tif');
		execFileSync('tiffcp', ['-c', storage, ...cut, ...order, original, path], { stdio: ['ignore', 'ignore', 'pipe'] });
		const slide = await openSlide(readFileSync(path));
		expect(Buffer.compare((await slide.readRegion(0, whole)).data, samples)).toBe(0);
	});

	test.each([['jpeg:90'], ['jpeg:r:90']])('-c %s, tiled, with shared tables: as libvips reads it', async (storage) => {
		const path = join(folder, `${storage}.tif`);
		execFileSync('tiffcp', ['-c', storage, '-t', '-w', '64', '-l', '64', original, path]);
		const slide = await openSlide(readFileSync(path));
		expect(slide.levels[0]!.compression).toBe('jpeg');
		const { data } = await slide.readRegion(0, whole);
		expect(Buffer.compare(data, await sharp(path).raw().toBuffer())).toBe(0);
	});
});
