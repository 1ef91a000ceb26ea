import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../errors.ts';
import type { Pixels } from '../../image/pixels.ts';
import { toRgb } from '../../image/to-rgb.ts';
import { encodeJpeg2000 } from '../testing/jpeg2000-encoder.ts';
import { texture } from '../testing/pictures.ts';
import type { TileLayout } from '../tile-codec.ts';
import { decodeJpeg2000Tile } from './jpeg2000-tile.ts';

const layout: TileLayout = { widthPx: 40, heightPx: 30, colour: 'rgb', samplesPerPixel: 3, bitsPerSample: 8 };
const picture = texture(40, 30, 3);
const stream = await encodeJpeg2000(picture, 40, 30);

function decode(bytes: Uint8Array, changes: Partial<TileLayout> = {}): Promise<Pixels> {
	return decodeJpeg2000Tile(bytes, { ...layout, ...changes });
}

describe('decodeJpeg2000Tile', () => {
	test('RGB', async () => {
		expect(await decode(stream)).toEqual({ layout: 'rgb', widthPx: 40, heightPx: 30, data: picture });
	});

	test('YCbCr that only the container knows of', async () => {
		const channel = (offset: number): Uint8Array => picture.filter((_, i) => i % 3 === offset);
		const planes = [0, 1, 2].map((i) => ({ data: channel(i), widthPx: 40, heightPx: 30, strideBytes: 40 }));
		const expected = toRgb({ layout: 'planes', colour: 'ycbcr', widthPx: 40, heightPx: 30, planes });
		expect(await decode(stream, { colour: 'ycbcr' })).toEqual(expected);
	});

	test('grey', async () => {
		const data = texture(40, 30, 1);
		const image = await decode(await encodeJpeg2000(data, 40, 30), { colour: 'grey', samplesPerPixel: 1 });
		expect(image).toMatchObject({ layout: 'planes', colour: 'grey', planes: [{ data, widthPx: 40, heightPx: 30 }] });
	});

	test('a tile is cut to its stated size', async () => {
		const image = await decode(stream, { widthPx: 33, heightPx: 8 });
		expect(image).toMatchObject({ widthPx: 33, heightPx: 8 });
		expect(toRgb(image).data.subarray(99, 102)).toEqual(picture.subarray(120, 123));
	});

	test('several at once do not mix', async () => {
		const other = picture.toReversed();
		const streams = [stream, await encodeJpeg2000(other, 40, 30), stream];
		const images = await Promise.all(streams.map((bytes) => decode(bytes)));
		expect(images.map((image) => toRgb(image).data)).toEqual([picture, other, picture]);
	});

	test('a codestream in a JP2 file', async () => {
		const boxes = [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a];
		const ftyp = [0, 0, 0, 20, ...Buffer.from('ftypjp2 '), 0, 0, 0, 0, ...Buffer.from('jp2 ')];
		const size = [0, 0, 0, 30, 0, 0, 0, 40, 0, 3, 7, 7, 0, 0];
		const header = [0, 0, 0, 22, ...Buffer.from('ihdr'), ...size];
		const colour = [0, 0, 0, 15, ...Buffer.from('colr'), 1, 0, 0, 0, 0, 0, 16];
		const jp2h = [0, 0, 0, 8 + header.length + colour.length, ...Buffer.from('jp2h'), ...header, ...colour];
		const jp2 = Uint8Array.from([...boxes, ...ftyp, ...jp2h, 0, 0, 0, 0, ...Buffer.from('jp2c'), ...stream]);
		expect(toRgb(await decode(jp2)).data).toEqual(picture);
	});

	test.each([
		['a tile larger than the image', stream, { widthPx: 41 }, 'corrupt'],
		['an image far larger than the tile', stream.with(10, 1), {}, 'corrupt'],
		['zeros', new Uint8Array(500), {}, 'unrecognised'],
		['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0), {}, 'unrecognised'],
		['nothing', new Uint8Array(0), {}, 'unrecognised'],
		['a header cut off', stream.subarray(0, 40), {}, 'truncated'],
		['components cut off', stream.subarray(0, 45), {}, 'truncated'],
		['a size segment of the wrong length', stream.with(5, 99), {}, 'corrupt'],
		['an image of no width', stream.with(11, 0), {}, 'corrupt'],
		['half of the data', stream.subarray(0, stream.length >> 1), {}, 'truncated'],
		['no end marker', stream.subarray(0, -2), {}, 'truncated'],
		['signed components', stream.with(42, 0x87), {}, 'unsupported'],
		['a subsampled component', stream.with(46, 2), {}, 'unsupported'],
	] as const)('%s is an error', async (_, bytes, changes, reason) => {
		await expect(decode(bytes, changes)).rejects.toMatchObject({ tag: 'format', reason });
		expect(toRgb(await decode(stream)).data).toEqual(picture);
	});

	test('16 bits are left to others', async () => {
		const sixteen = await encodeJpeg2000(texture(80, 30, 1), 40, 30, 16);
		await expect(decode(sixteen)).rejects.toMatchObject({ reason: 'unsupported' });
	});

	test('whatever the bytes, the result is a tile or an error of ours', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
				fc.boolean(),
				async (edits, inHeader) => {
					const bytes = stream.slice();
					for (const [at, value] of edits) bytes[at % (inHeader ? 120 : bytes.length)] = value;
					try {
						expect(await decode(bytes)).toMatchObject({ widthPx: 40, heightPx: 30 });
					} catch (error) {
						expect(error).toBeInstanceOf(FormatError);
					}
				},
			),
			{ numRuns: 400 },
		);
		expect(toRgb(await decode(stream)).data).toEqual(picture);
	});
});
