/** Files named after what is wrong with them: each must end in a sentence of ours, or open with a warning. */
import { describe, expect, test } from 'vitest';
import { FormatError, type FormatFailure } from '../errors.ts';
import { openSlide } from './open-slide.ts';
import { patchTiff, type TiffPatch } from './testing/patch-tiff.ts';
import { makeTiff, type TestImage } from './testing/tiff-fixtures.ts';
import { readThumbnail } from './thumbnail.ts';
import { tag } from './tiff/tags.ts';

const pyramid: TestImage[] = [{}, { widthPx: 50, heightPx: 40, tags: { 254: { type: 'long', values: [1] } } }];

async function spoilt(change: (patch: TiffPatch) => void, images = pyramid): Promise<Uint8Array> {
	const patch = patchTiff(await makeTiff(images));
	change(patch);
	return patch.bytes;
}

/** Sets the inline value of an entry. */
const set =
	(directory: number, of: number, value: number) =>
	({ view, entry }: TiffPatch): void =>
		view.setUint32(entry(directory, of) + 8, value, true);

const setCount =
	(directory: number, of: number, count: number) =>
	({ view, entry }: TiffPatch): void =>
		view.setUint32(entry(directory, of) + 4, count, true);

async function failure(bytes: Uint8Array): Promise<FormatError> {
	const error = await openSlide(bytes).then(
		() => undefined,
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(FormatError);
	return error as FormatError;
}

describe('files that cannot be opened', () => {
	const head = (text: string): Promise<Uint8Array> => Promise.resolve(Uint8Array.from(text, (c) => c.charCodeAt(0)));
	const corpus: [string, () => Promise<Uint8Array>, FormatFailure][] = [
		['empty', () => head(''), 'truncated'],
		['one-byte', () => head('I'), 'unrecognised'],
		['only-magic', () => head('II*\0'), 'truncated'],
		['truncated-header', () => head('II*\0\x08\0'), 'truncated'],
		['truncated-bigtiff-header', () => head('II+\0\x08\0\0\0\x10\0\0'), 'truncated'],
		['bigtiff-4-byte-offsets', () => head('II+\0\x04\0\0\0\x10\0\0\0\0\0\0\0'), 'corrupt'],
		['no-directory', () => head('II*\0\0\0\0\0'), 'corrupt'],
		['first-directory-past-end', () => spoilt(({ view }) => view.setUint32(4, 0xfffffff0, true)), 'truncated'],
		['first-directory-in-header', () => spoilt(({ view }) => view.setUint32(4, 2, true)), 'truncated'],
		['no-entries', () => spoilt(({ view, directories }) => view.setUint16(directories[0]!, 0, true), [{}]), 'corrupt'],
		[
			'more-entries-than-bytes',
			() => spoilt(({ view, directories }) => view.setUint16(directories[0]!, 4000, true), [{}]),
			'truncated',
		],
		[
			'more-entries-than-any',
			() => spoilt(({ view, directories }) => view.setUint16(directories[0]!, 60_000, true), [{}]),
			'corrupt',
		],
		['zero-width', () => spoilt(set(0, tag.imageWidth, 0), [{}]), 'corrupt'],
		['zero-height', () => spoilt(set(0, tag.imageLength, 0), [{}]), 'corrupt'],
		['huge-dimensions', () => spoilt(set(0, tag.imageWidth, 0x7fff_0000), [{}]), 'corrupt'],
		['negative-dimensions', () => spoilt(set(0, tag.imageLength, 0xffff_ff00), [{}]), 'corrupt'],
		['zero-tile-width', () => spoilt(set(0, tag.tileWidth, 0), [{}]), 'corrupt'],
		['zero-rows-per-strip', () => spoilt(set(0, tag.rowsPerStrip, 0), [{ layout: { rowsPerStrip: 8 } }]), 'corrupt'],
		['zero-tiles', () => spoilt(setCount(0, tag.tileOffsets, 0), [{}]), 'corrupt'],
		['fewer-tiles-than-needed', () => spoilt(setCount(0, tag.tileOffsets, 11), [{}]), 'corrupt'],
		['fewer-byte-counts-than-tiles', () => spoilt(setCount(0, tag.tileByteCounts, 5), [{}]), 'corrupt'],
		['more-tiles-than-bytes', () => spoilt(setCount(0, tag.tileOffsets, 0x00ff_ffff), [{}]), 'truncated'],
		['more-tiles-than-any', () => spoilt(setCount(0, tag.tileOffsets, 0x0fff_ffff), [{}]), 'too-large'],
		['tile-table-past-end', () => spoilt(set(0, tag.tileOffsets, 0x7fff_ffff), [{}]), 'truncated'],
		['pieces-too-large', () => spoiltToOneTile(60_000), 'unsupported'],
		['float-samples', () => makeTiff([{ tags: { 339: { type: 'short', values: [3] } } }]), 'unsupported'],
		['one-bit', () => makeTiff([{ tags: { 258: { type: 'short', values: [1] } } }]), 'unsupported'],
		['unequal-bits', () => makeTiff([{ tags: { 258: { type: 'short', values: [5, 6, 5] } } }]), 'unsupported'],
		['unknown-compression', () => makeTiff([{ tags: { 259: { type: 'short', values: [4711] } } }]), 'unsupported'],
		['zstd-compression', () => makeTiff([{ tags: { 259: { type: 'short', values: [50000] } } }]), 'unsupported'],
		['ycbcr-without-jpeg', () => makeTiff([{ photometric: 6 }]), 'unsupported'],
		['cmyk', () => makeTiff([{ channels: 4, photometric: 5 }]), 'unsupported'],
		['rgb-of-two-samples', () => makeTiff([{ channels: 2, photometric: 2 }]), 'unsupported'],
		[
			'float-predictor',
			() => makeTiff([{ compression: 'lzw', tags: { 317: { type: 'short', values: [3] } } }]),
			'unsupported',
		],
		['planar-configuration-9', () => makeTiff([{ tags: { 284: { type: 'short', values: [9] } } }]), 'unsupported'],
	];

	test.each(corpus)('%s', async (_, make, reason) => {
		const error = await failure(await make());
		expect(error.reason).toBe(reason);
		expect(error.message).toMatch(/^[A-Za-z].*[.)]$/s);
		expect(error.message.length).toBeLessThan(400);
	});
});

/** One tile of `side` squared, without the bytes for it. */
async function spoiltToOneTile(side: number): Promise<Uint8Array> {
	return spoilt(
		(patch) => {
			for (const of of [tag.imageWidth, tag.imageLength, tag.tileWidth, tag.tileLength]) set(0, of, side)(patch);
		},
		[{ widthPx: 32, heightPx: 32 }],
	);
}

describe('files that open with a warning', () => {
	const corpus: [string, () => Promise<Uint8Array>, RegExp, number][] = [
		[
			'ifd-loop',
			() => spoilt(({ view, next, directories }) => view.setUint32(next(1), directories[0]!, true)),
			/loops back/,
			2,
		],
		[
			'ifd-points-to-itself',
			() => spoilt(({ view, next, directories }) => view.setUint32(next(0), directories[0]!, true)),
			/loops back/,
			1,
		],
		[
			'next-directory-past-end',
			() => spoilt(({ view, next }) => view.setUint32(next(0), 0x7fff_fff0, true)),
			/breaks off/,
			1,
		],
		['next-directory-is-pixels', () => spoilt(({ view, next }) => view.setUint32(next(0), 16, true)), /breaks off/, 1],
		['second-level-without-size', () => spoilt(set(1, tag.imageWidth, 0)), /image width is 0/, 1],
		['second-level-table-past-end', () => spoilt(set(1, tag.tileOffsets, 0x7fff_ffff)), /Level 1 is left out/, 1],
	];

	test.each(corpus)('%s', async (_, make, warning, levels) => {
		const slide = await openSlide(await make());
		expect(slide.warnings.join(' ')).toMatch(warning);
		expect(slide.levels).toHaveLength(levels);
		expect((await slide.readTile(0, 0, 0)).widthPx).toBe(32);
	});
});

describe('files of which a tile cannot be read', () => {
	const jpeg: TestImage[] = [{ compression: 'jpeg' }];
	const spoilTile =
		(index: number, spoil: (tile: Uint8Array) => void) =>
		({ bytes, view, entry }: TiffPatch): void => {
			const offset = view.getUint32(view.getUint32(entry(0, tag.tileOffsets) + 8, true) + 4 * index, true);
			const length = view.getUint32(view.getUint32(entry(0, tag.tileByteCounts) + 8, true) + 4 * index, true);
			spoil(bytes.subarray(offset, offset + length));
		};
	const setTableValue =
		(of: number, index: number, value: number) =>
		({ view, entry }: TiffPatch): void =>
			view.setUint32(view.getUint32(entry(0, of) + 8, true) + 4 * index, value, true);

	const corpus: [string, () => Promise<Uint8Array>][] = [
		['tile-offset-past-end', () => spoilt(setTableValue(tag.tileOffsets, 5, 0xffff_0000), [{}])],
		['tile-runs-past-end', () => spoilt(setTableValue(tag.tileByteCounts, 5, 0x7fff_0000), jpeg)],
		['tile-of-four-gigabytes', () => spoilt(setTableValue(tag.tileByteCounts, 5, 0xffff_ffff), jpeg)],
		['tile-too-short', () => spoilt(setTableValue(tag.tileByteCounts, 5, 100), [{}])],
		[
			'jpeg-of-zeros',
			() =>
				spoilt(
					spoilTile(5, (tile) => tile.fill(0)),
					jpeg,
				),
		],
		[
			'jpeg-cut-in-half',
			() =>
				spoilt(
					spoilTile(5, (tile) => tile.fill(0, tile.length >> 1)),
					jpeg,
				),
		],
		[
			'lzw-of-ones',
			() =>
				spoilt(
					spoilTile(5, (tile) => tile.fill(0xff)),
					[{ compression: 'lzw' }],
				),
		],
		[
			'deflate-of-ones',
			() =>
				spoilt(
					spoilTile(5, (tile) => tile.fill(0xff)),
					[{ compression: 'deflate' }],
				),
		],
		[
			'packbits-of-nothing',
			() =>
				spoilt(
					spoilTile(5, (tile) => tile.fill(0x80)),
					[{ compression: 'packbits' }],
				),
		],
	];

	test.each(corpus)('%s', async (_, make) => {
		const slide = await openSlide(await make());
		const column = 5 % 4;
		const read = async () => slide.readTile(0, column, 1);
		await expect(read()).rejects.toThrow(FormatError);
		await expect(read()).rejects.toThrow(/^Tile 1, 1 of level 0 of buffer cannot be read\. /);
		// The slide stays usable, whole and in regions and thumbnails.
		expect((await slide.readTile(0, column + 1, 1)).widthPx).toBe(32);
		const rect = { x: 20, y: 20, widthPx: 60, heightPx: 50 };
		await expect(slide.readRegion(0, rect)).rejects.toThrow(FormatError);
		const errors: unknown[] = [];
		const region = await slide.readRegion(0, rect, { onUnreadable: (error) => errors.push(error) });
		expect(errors).toHaveLength(1);
		expect([...region.data.subarray(3 * (20 * 60 + 20), 3 * (20 * 60 + 20) + 3)]).toEqual([255, 255, 255]);
		const thumbnail = await readThumbnail(slide, 50);
		expect(thumbnail.unreadableTiles).toBe(1);
	});
});

test('a file cut at any byte either opens or fails with a sentence of ours', async () => {
	const bytes = await makeTiff(pyramid);
	// From where the directories start, each byte; before, some.
	for (let length = 1; length < bytes.length; length += length < 38_000 ? 997 : 1) {
		await openSlide(bytes.subarray(0, length)).then(
			(slide) => expect(slide.levels[0]!.widthPx).toBe(100),
			(error) => expect(error).toBeInstanceOf(FormatError),
		);
	}
});
