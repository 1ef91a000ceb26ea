/** Random bytes, mutated and cut files: never anything but an error of ours, and never for long. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isParfocalError } from '../errors.ts';
import { openSlide } from './open-slide.ts';
import { encodeJpeg, encodePng, makeTiff, type TestImage } from './testing/tiff-fixtures.ts';
import { readThumbnail } from './thumbnail.ts';
import { parseOme } from './tiff/ome.ts';
import { xmlElements } from './tiff/xml-elements.ts';

/** Opens, reads some tiles, a region and a thumbnail when small. Answers how far it got; throws what is not of the family. */
async function useAll(bytes: Uint8Array): Promise<string> {
	try {
		const slide = await openSlide(bytes);
		const pixels = slide.levels[0]!.widthPx * slide.levels[0]!.heightPx;
		for (const [index, level] of slide.levels.entries()) {
			for (let row = 0; row < Math.min(2, level.rows); row++) {
				for (let column = 0; column < Math.min(3, level.columns); column++) {
					try {
						const tile = await slide.readTile(index, column, row, { planes: row === 0 ? 'all' : 'luma' });
						expect(tile.widthPx).toBeLessThanOrEqual(level.tileWidthPx);
						expect(tile.heightPx).toBeLessThanOrEqual(level.tileHeightPx);
					} catch (error) {
						if (!isParfocalError(error, 'format')) throw error;
					}
				}
			}
		}
		if (pixels < 1e6) await readThumbnail(slide, 40);
		for (const image of slide.associated) {
			if (image.widthPx * image.heightPx < 1e6) await image.read();
		}
		return 'read';
	} catch (error) {
		if (!isParfocalError(error)) throw error;
		expect(error.message).toMatch(/\S/);
		return error.tag;
	}
}

const seeds: readonly TestImage[][] = [
	[
		{ widthPx: 40, heightPx: 30 },
		{ widthPx: 20, heightPx: 15 },
	],
	[{ widthPx: 40, heightPx: 30, compression: 'lzw', predictor: true, layout: { rowsPerStrip: 7 } }],
	[{ widthPx: 40, heightPx: 30, compression: 'jpeg', layout: { tileWidthPx: 16, tileHeightPx: 16 } }],
	[{ widthPx: 40, heightPx: 30, compression: 'deflate', planar: true, bits: 16 }],
	[
		{
			widthPx: 40,
			heightPx: 30,
			compression: 'packbits',
			description: 'Aperio Image Library v1\r\n40x30 (32x32)|AppMag = 20|MPP = 0,499',
		},
		{ widthPx: 12, heightPx: 9, layout: { rowsPerStrip: 9 }, description: 'Aperio Image Library v1\r\nlabel 12x9' },
	],
	[
		{
			widthPx: 40,
			heightPx: 30,
			description: '<OME><Image><Pixels SizeC="3" PhysicalSizeX="0.25" PhysicalSizeY="0.25"/></Image></OME>',
			below: [{ widthPx: 20, heightPx: 15 }],
		},
	],
];
const files = await Promise.all([
	...seeds.map((images) => makeTiff(images)),
	makeTiff(seeds[0], { big: true }),
	makeTiff(seeds[2], { littleEndian: false }),
	encodePng(new Uint8Array(300), 10, 10, 3),
	encodeJpeg(new Uint8Array(3072).fill(99), 32, 32, 3),
]);

test('the seeds themselves are read', async () => {
	expect(await Promise.all(files.slice(0, 8).map(useAll))).toEqual(Array(8).fill('read'));
});

describe('whatever the bytes are', { timeout: 60_000 }, () => {
	const file = fc.constantFrom(...files);

	test('mutated files', () =>
		fc.assert(
			fc.asyncProperty(
				file,
				fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }),
				async (original, changes) => {
					const bytes = original.slice();
					for (const [at, value] of changes) bytes[at % bytes.length] = value;
					await useAll(bytes);
				},
			),
			{ numRuns: 400 },
		));

	test('files whose directories are mutated, where it hurts most', () =>
		fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...files.slice(0, 6)),
				fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xfe, 0xff)), { minLength: 1, maxLength: 5 }),
				async (original, changes) => {
					const bytes = original.slice();
					// The directories are the last part of the file.
					const start = new DataView(bytes.buffer).getUint32(4, true);
					for (const [at, value] of changes) bytes[start + (at % (bytes.length - start))] = value;
					await useAll(bytes);
				},
			),
			{ numRuns: 600 },
		));

	test('cut files', () =>
		fc.assert(
			fc.asyncProperty(file, fc.double({ min: 0, max: 1, noNaN: true }), async (original, share) => {
				await useAll(original.subarray(0, Math.floor(original.length * share)));
			}),
			{ numRuns: 150 },
		));

	test('random bytes, with and without a magic number', () =>
		fc.assert(
			fc.asyncProperty(
				fc.constantFrom([], [0x49, 0x49, 42, 0, 8, 0, 0, 0], [0x4d, 0x4d, 0, 42, 0, 0, 0, 8], [0xff, 0xd8, 0xff]),
				fc.uint8Array({ maxLength: 400 }),
				async (magic, rest) => {
					await useAll(Uint8Array.from([...magic, ...rest]));
				},
			),
			{ numRuns: 400 },
		));

	test('XML that is none', () =>
		fc.assert(
			fc.property(
				fc.array(
					fc.constantFrom('<', '>', '/', '"', "'", '=', ' ', '!', '--', '?', 'OME', 'Image', 'Pixels', '&#x41;', 'a'),
					{
						maxLength: 60,
					},
				),
				(parts) => {
					const text = parts.join('');
					expect([...xmlElements(text)].length).toBeLessThanOrEqual(text.length);
					parseOme(`<OME>${text}`);
				},
			),
			{ numRuns: 500 },
		));
});

test('metadata of megabytes are read in one pass', () => {
	// A quadratic pass over 2 MB would run into the time limit.
	for (const part of ['<a b="', '<', '<!--', '<a ', '<a b="1" ', '&amp;', "<a b='", '</a>', '<a>', '="']) {
		const text = `<r ${part.repeat(Math.ceil(2e6 / part.length))}`;
		for (const { path } of xmlElements(text)) expect(path.length).toBeLessThanOrEqual(64);
	}
});
