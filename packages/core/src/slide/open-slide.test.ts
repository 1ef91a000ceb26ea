import { describe, expect, test } from 'vitest';
import { ArgumentError, FormatError, type ReadError } from '../errors.ts';
import { describeSlide } from './describe-slide.ts';
import { openSlide, slideFormats } from './open-slide.ts';
import { bufferSource } from './source/buffer-source.ts';
import { probeSource } from './testing/sources.ts';
import { expectedRgb, makeTiff } from './testing/tiff-fixtures.ts';

const tiff = await makeTiff([{}, { widthPx: 50, heightPx: 40 }]);
const whole = { x: 0, y: 0, widthPx: 100, heightPx: 80 };
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('a slide comes from', () => {
	test.each([
		['bytes', tiff, 'buffer'],
		['a blob', new Blob([tiff as Uint8Array<ArrayBuffer>]), 'blob'],
		['a file', new File([tiff as Uint8Array<ArrayBuffer>], 'biopsy.tif'), 'biopsy.tif'],
		['a source', bufferSource(tiff, 'mine.tif'), 'mine.tif'],
	])('%s', async (_, input, name) => {
		const slide = await openSlide(input);
		expect(slide.name).toBe(name);
		expect(await slide.readRegion(0, whole)).toEqual(expectedRgb({}));
		await slide.close();
	});

	test.each([
		['ftp://host/biopsy.svs', /no web address/],
		[new URL('ftp://host/biopsy.svs'), /no web address/],
		[undefined, /bytes, a Blob/],
		[{ read: 1 }, /bytes, a Blob/],
	])('not from %s', async (input, message) => {
		const opening = openSlide(input as string);
		await expect(opening).rejects.toThrow(ArgumentError);
		await expect(opening).rejects.toThrow(message);
	});

	test('an address, through the fetch that is given', async () => {
		const fetch = async () => new Response(null, { status: 404 });
		const error = await openSlide('https://host/a.svs?key=1', { fetch }).catch((reason: ReadError) => reason);
		expect(error).toMatchObject({ tag: 'read', reason: 'not-found', source: 'https://host/a.svs' });
	});
});

describe('the pixel size a user gives', () => {
	test.each([0, -1, 0.049, 20.1, Number.NaN, Number.POSITIVE_INFINITY])(
		'%d is refused before anything is read',
		async (mpp) => {
			const probe = probeSource(tiff);
			await expect(openSlide(probe, { mpp })).rejects.toThrow(ArgumentError);
			await expect(openSlide(probe, { mpp: { x: 0.25, y: mpp } })).rejects.toMatchObject({ argument: 'mpp' });
			expect(probe.reads).toEqual([]);
		},
	);

	test.each([0.05, 0.25, 20])('%d is taken, and no warning is left', async (mpp) => {
		const slide = await openSlide(tiff, { mpp });
		expect(slide.mpp).toEqual({ x: mpp, y: mpp, source: 'user' });
		expect(slide.warnings).toEqual([]);
	});
});

describe('what is no slide is called by its name', () => {
	const zeros = '\0'.repeat(600);
	test.each([
		['DICOM', `${'\0'.repeat(128)}DICM`, 'unsupported', /DICOM, which is not read yet/],
		['Zeiss', 'ZISRAWFILE', 'unsupported', /Zeiss CZI/],
		['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n', 'unsupported', /JPEG 2000/],
		['HDF5', '\x89HDF\r\n', 'unsupported', /HDF5/],
		['SQLite', 'SQLite format 3\0', 'unsupported', /SQLite/],
		['zip', 'PK\x03\x04', 'unrecognised', /ZIP archive/],
		['gzip', '\x1f\x8b\x08', 'unrecognised', /gzip/],
		['PDF', '%PDF-1.4', 'unrecognised', /PDF/],
		['HTML', ' <!DOCTYPE html><html>404', 'unrecognised', /web page/],
		['HTML without a type', '<html><body>', 'unrecognised', /web page/],
		['XML', '<?xml version="1.0"?>', 'unrecognised', /XML/],
		['JSON', '{"error":1}', 'unrecognised', /JSON/],
		['text', 'Dear colleague,\r\n', 'unrecognised', /like text/],
		['zeros', zeros, 'unrecognised', /nothing but zeros/],
		['WebP', 'RIFF\0\0\0\0WEBP', 'unrecognised', /WebP/],
		['noise', '\x01\x02\xfe\xff\x80', 'unrecognised', /first bytes 01 02 fe ff 80/],
	])('%s', async (_, text, reason, message) => {
		const error = await openSlide(bufferSource(latin1(text), 'thing.svs')).catch((cause: FormatError) => cause);
		expect(error).toBeInstanceOf(FormatError);
		expect(error).toMatchObject({ reason, message: expect.stringMatching(message) });
		expect((error as FormatError).message).toContain('thing.svs');
	});

	test.each(['a.mrxs', 'A.MRXS', 'image.vsi'])('%s is the front page of data elsewhere', async (name) => {
		await expect(openSlide(bufferSource(tiff, name))).rejects.toMatchObject({ reason: 'unsupported' });
	});

	test('an empty file', async () => {
		await expect(openSlide(new Uint8Array(0))).rejects.toMatchObject({ reason: 'truncated' });
	});
});

describe('the source', () => {
	test('is closed with the slide', async () => {
		const probe = probeSource(tiff);
		const slide = await openSlide(probe);
		expect(probe.closed).toBe(0);
		await slide.close();
		expect(probe.closed).toBe(1);
	});

	test('is closed when opening fails', async () => {
		const probe = probeSource(latin1('Dear colleague,'));
		await expect(openSlide(probe)).rejects.toThrow(FormatError);
		expect(probe.closed).toBe(1);
	});

	test('that vanishes while being read is reported as it is, at whatever read', async () => {
		const total = probeSource(tiff);
		await openSlide(total);
		for (let failAt = 0; failAt < total.reads.length; failAt++) {
			const probe = probeSource(tiff, { failAt });
			await expect(openSlide(probe), `read ${failAt}`).rejects.toMatchObject({ tag: 'read', reason: 'vanished' });
			expect(probe.closed).toBe(1);
		}
	});

	test('is read only in its header: a slide opens without touching a tile', async () => {
		const probe = probeSource(tiff);
		const slide = await openSlide(probe);
		const directories = new DataView(tiff.buffer).getUint32(4, true);
		const touched = probe.reads.filter(({ offset }) => offset > 512 && offset < directories - 1200);
		expect(touched).toEqual([]);
		expect(slide.levels).toHaveLength(2);
	});
});

test('cancelling: before, and at a read', async () => {
	const reason = new Error('enough');
	await expect(openSlide(tiff, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
	const controller = new AbortController();
	const opening = openSlide(probeSource(tiff, { mode: 'late' }), { signal: controller.signal });
	controller.abort(reason);
	await expect(opening).rejects.toBe(reason);
	const slide = await openSlide(probeSource(tiff));
	await expect((async () => slide.readTile(0, 0, 0, { signal: controller.signal }))()).rejects.toBe(reason);
	await expect(slide.readRegion(0, whole, { signal: controller.signal })).rejects.toBe(reason);
});

test('formats can be chosen', async () => {
	expect(slideFormats.map(({ name }) => name)).toEqual(['TIFF', 'PNG', 'JPEG']);
	const formats = slideFormats.filter(({ name }) => name !== 'TIFF');
	await expect(openSlide(tiff, { formats })).rejects.toMatchObject({ reason: 'unrecognised' });
});

describe('what does not exist', () => {
	test.each([
		[2, 0, 0, 'level'],
		[-1, 0, 0, 'level'],
		[0, 4, 0, 'column'],
		[0, -1, 0, 'column'],
		[0, 0, 3, 'row'],
		[0, 0, 0.5, 'row'],
	])('tile %d %d %d', async (level, column, row, argument) => {
		const slide = await openSlide(tiff);
		expect(() => slide.readTile(level, column, row)).toThrow(expect.objectContaining({ tag: 'argument', argument }));
	});

	test.each([
		[{ x: 0.5, y: 0, widthPx: 1, heightPx: 1 }],
		[{ x: 0, y: 0, widthPx: 0, heightPx: 1 }],
		[{ x: 0, y: 0, widthPx: 1, heightPx: -1 }],
		[{ x: 0, y: 0, widthPx: 30_000, heightPx: 30_000 }],
		[{ x: Number.NaN, y: 0, widthPx: 1, heightPx: 1 }],
	])('region %j', async (rect) => {
		const slide = await openSlide(tiff);
		await expect(slide.readRegion(0, rect)).rejects.toMatchObject({ tag: 'argument', argument: 'rect' });
	});

	test('a region of a level that is not there', async () => {
		const slide = await openSlide(tiff);
		await expect((async () => slide.readRegion(9, whole))()).rejects.toThrow(ArgumentError);
	});
});

test('a region wholly outside is white', async () => {
	const slide = await openSlide(tiff);
	for (const [x, y] of [
		[100, 0],
		[-500, 20],
		[0, 80],
		[1e9, -1e9],
	] as const) {
		const region = await slide.readRegion(0, { x, y, widthPx: 4, heightPx: 3 });
		expect(region.data).toEqual(new Uint8Array(36).fill(255));
	}
});

test('a description is plain data with every key', async () => {
	const slide = await openSlide(bufferSource(tiff, 'biopsy.tif'));
	const description = describeSlide(slide);
	expect(JSON.parse(JSON.stringify(description))).toEqual(description);
	expect(description).toMatchObject({
		name: 'biopsy.tif',
		format: 'generic-tiff',
		mpp: null,
		objectivePower: null,
		associated: [],
		levels: [
			{ widthPx: 100, heightPx: 80, downsample: 1, columns: 4, rows: 3, compression: 'uncompressed' },
			{ widthPx: 50, heightPx: 40, downsample: 2, columns: 2, rows: 2 },
		],
	});
});
