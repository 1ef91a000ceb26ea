import { deflateSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { FormatError } from '../errors.ts';
import { lumaPlane } from '../image/luma-plane.ts';
import type { Pixels, RgbImage } from '../image/pixels.ts';
import { createCodecs, type PictureDecoder } from './codecs.ts';
import { decodeJpeg } from './jpeg/decode-jpeg.ts';
import { encodeTestJpeg } from './testing/jpeg-encoder.ts';
import { encodeJpeg2000 } from './testing/jpeg2000-encoder.ts';
import { encodeLzw } from './testing/lzw-encoder.ts';
import { texture } from './testing/pictures.ts';
import type { TileLayout } from './tile-codec.ts';

const layout: TileLayout = { widthPx: 16, heightPx: 8, colour: 'rgb', samplesPerPixel: 3, bitsPerSample: 8 };
const data = texture(16, 8, 3);
const rgb: RgbImage = { layout: 'rgb', widthPx: 16, heightPx: 8, data };
const literals = [0, 96, 192, 288].flatMap((start) => [95, ...data.subarray(start, start + 96)]);
const jpegOptions = { widthPx: 16, heightPx: 8, components: [0, 1, 2].map((id) => ({ id, h: 1, v: 1 })) };
const jpeg = encodeTestJpeg({ ...jpegOptions, block: (c) => [100 * c, 50] });
const progressive = encodeTestJpeg({ ...jpegOptions, process: 0xc2 });

const stored: Readonly<Record<string, Uint8Array>> = {
	uncompressed: data,
	lzw: encodeLzw(data),
	packbits: Uint8Array.from(literals),
	deflate: deflateSync(data),
	jpeg2000: await encodeJpeg2000(data, 16, 8),
};

describe('createCodecs', () => {
	const codecs = createCodecs();

	test.each(Object.entries(stored))('%s gives the pixels', async (compression, bytes) => {
		expect(codecs.supports(compression)).toBe(true);
		expect(await codecs.decode(compression, bytes, layout)).toEqual(rgb);
	});

	test.each(Object.entries(stored))('%s gives the brightness', async (compression, bytes) => {
		const image = await codecs.decode(compression, bytes, layout, { planes: 'luma' });
		expect(image).toEqual({ layout: 'planes', colour: 'grey', widthPx: 16, heightPx: 8, planes: [lumaPlane(rgb)] });
	});

	test('answers at once where it can', () => {
		for (const compression of ['uncompressed', 'lzw', 'packbits']) {
			expect(codecs.decode(compression, stored[compression]!, layout)).not.toBeInstanceOf(Promise);
		}
		expect(codecs.decode('jpeg', jpeg, layout)).toMatchObject({ layout: 'planes', colour: 'rgb' });
	});

	test.each(['uncompressed', 'deflate', 'jpeg2000'])(
		'%s: the bytes may be overwritten after the call',
		async (name) => {
			const bytes = Buffer.from(stored[name]!); // whose slice() does not copy
			const pixels = codecs.decode(name, bytes, layout);
			bytes.fill(0);
			expect(await pixels).toEqual(rgb);
		},
	);

	test('the predictor does not touch the bytes given', () => {
		const bytes = data.slice();
		codecs.decode('uncompressed', bytes, { ...layout, predictor: 'horizontal' });
		expect(bytes).toEqual(data);
	});

	test.each(['zstd', 'png', '__proto__', 'toString', ''])('%s is unsupported', (compression) => {
		expect(codecs.supports(compression)).toBe(false);
		expect(() => codecs.decode(compression, data, layout)).toThrow(
			expect.objectContaining({ tag: 'format', reason: 'unsupported' }),
		);
	});

	test('too few bytes are truncated', async () => {
		for (const [compression, bytes] of Object.entries(stored)) {
			const decode = async (): Promise<Pixels> => codecs.decode(compression, bytes.subarray(0, 100), layout);
			await expect(decode()).rejects.toBeInstanceOf(FormatError);
		}
		expect(() => codecs.decode('uncompressed', data.subarray(1), layout)).toThrow(/383 of 384 bytes/);
	});
});

describe('a fallback decoder', () => {
	const answer = (image: RgbImage = rgb): ReturnType<typeof vi.fn<PictureDecoder>> => vi.fn(async () => image);

	test('gets the kinds of JPEG that are left to it, complete', async () => {
		const fallback = answer();
		const tables = encodeTestJpeg({ edit: (m, b) => (m === 0xdb || m === 0xd9 ? b : []) });
		const codecs = createCodecs({ fallback });
		expect(await codecs.decode('jpeg', progressive, { ...layout, jpegTables: tables })).toEqual(rgb);
		const [bytes, kind] = fallback.mock.calls[0]!;
		expect(kind).toBe('jpeg');
		expect(bytes.length).toBe(progressive.length + tables.length - 4 + 16);
	});

	test('does not get what we decode, nor what is broken', () => {
		const fallback = answer();
		const codecs = createCodecs({ fallback });
		const planes = decodeJpeg(jpeg, { colour: 'rgb' }).planes.map((plane) => plane.data.slice());
		expect(codecs.decode('jpeg', jpeg, layout)).toMatchObject({ planes: planes.map((plane) => ({ data: plane })) });
		expect(() => codecs.decode('jpeg', jpeg.subarray(0, 200), layout)).toThrow(FormatError);
		expect(fallback).not.toHaveBeenCalled();
	});

	test('gets PNG and WebP tiles', async () => {
		const fallback = answer();
		const codecs = createCodecs({ fallback });
		expect(codecs.supports('png') && codecs.supports('webp')).toBe(true);
		expect(await codecs.decode('webp', data, layout)).toEqual(rgb);
		expect(await codecs.decode('png', data, layout, { planes: 'luma' })).toMatchObject({ colour: 'grey' });
		expect(fallback.mock.calls.map(([, kind]) => kind)).toEqual(['webp', 'png']);
	});

	test('must give the tile its size', async () => {
		const codecs = createCodecs({ fallback: answer({ ...rgb, widthPx: 8, data: data.subarray(0, 192) }) });
		await expect(codecs.decode('png', data, layout)).rejects.toMatchObject({ reason: 'corrupt' });
	});

	test('without one, the error says what the JPEG is', () => {
		expect(() => createCodecs().decode('jpeg', progressive, layout)).toThrow('The JPEG image is progressive.');
	});
});
