import { createCodecs, type PictureKind } from '@parfocal/core';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { sharpDecoder } from './sharp-decoder.ts';

const decode = sharpDecoder();
const rgb = Uint8Array.from({ length: 40 * 30 * 3 }, (_, i) => (i * 7) % 251);
const picture = sharp(rgb, { raw: { width: 40, height: 30, channels: 3 } });

describe('sharpDecoder', () => {
	test.each(['png', 'webp'] as const)('%s without loss', async (kind) => {
		const bytes = await picture.clone().toFormat(kind, { lossless: true }).toBuffer();
		const image = await decode(bytes, kind);
		expect(image).toEqual({ layout: 'rgb', widthPx: 40, heightPx: 30, data: rgb });
		expect(image.data.constructor).toBe(Uint8Array);
	});

	test('a progressive JPEG decodes as its sequential twin', async () => {
		const progressive = await picture.clone().jpeg({ progressive: true, quality: 70 }).toBuffer();
		const sequential = await picture.clone().jpeg({ quality: 70 }).toBuffer();
		expect(await decode(progressive, 'jpeg')).toEqual(await decode(sequential, 'jpeg'));
	});

	test('a CMYK JPEG becomes RGB', async () => {
		const flat = sharp({ create: { width: 16, height: 16, channels: 3, background: '#808080' } });
		const image = await decode(await flat.toColourspace('cmyk').jpeg().toBuffer(), 'jpeg');
		expect(image.data.length).toBe(768);
		for (const level of image.data) expect(Math.abs(level - 128)).toBeLessThan(40);
	});

	test('grey, 16-bit and transparent PNGs become RGB', async () => {
		const grey = await picture.clone().toColourspace('b-w').png().toBuffer();
		const { data } = await decode(grey, 'png');
		expect([data.length, data[0] === data[1] && data[1] === data[2]]).toEqual([3600, true]);
		const sixteen = await picture.clone().toColourspace('rgb16').png().toBuffer();
		expect((await sharp(sixteen).metadata()).depth).toBe('ushort');
		expect((await decode(sixteen, 'png')).data).toEqual(rgb);
		const clear = sharp({ create: { width: 1, height: 1, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } } });
		expect([...(await decode(await clear.png().toBuffer(), 'png')).data]).toEqual([255, 255, 255]);
	});

	test.each([
		['png', 'corrupt'],
		['jpeg', 'truncated'],
		['webp', 'corrupt'],
	] as const)('half a %s is an error', async (kind, reason) => {
		const bytes = await picture.clone().toFormat(kind).toBuffer();
		const half = bytes.subarray(0, bytes.length >> 1);
		await expect(decode(half, kind)).rejects.toMatchObject({ tag: 'format', reason, cause: expect.anything() });
	});

	test('other bytes than announced never reach sharp', async () => {
		const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
		for (const bytes of [svg, await picture.clone().tiff().toBuffer(), Buffer.alloc(0)]) {
			await expect(decode(bytes, 'png')).rejects.toMatchObject({ reason: 'unrecognised' });
		}
	});

	test('a picture above the limit is not decoded', async () => {
		const png = await picture.clone().png().toBuffer();
		png.writeUInt32BE(100_000, 16);
		png.writeUInt32BE(100_000, 20);
		const { crc32 } = await import('node:zlib');
		png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
		await expect(decode(png, 'png')).rejects.toMatchObject({ reason: 'too-large' });
	});

	test('whatever the bytes, the result is a picture or an error of ours', async () => {
		const kinds: PictureKind[] = ['png', 'jpeg', 'webp'];
		const valid = await Promise.all(kinds.map((kind) => picture.clone().toFormat(kind).toBuffer()));
		const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 5 });
		await fc.assert(
			fc.asyncProperty(fc.nat({ max: 2 }), edits, async (index, changes) => {
				const bytes = Buffer.from(valid[index]!);
				for (const [at, value] of changes) bytes[at % bytes.length] = value;
				const outcome = await decode(bytes, kinds[index]!).catch((error: unknown) => error);
				expect(outcome).toSatisfy(
					(result: { layout?: string; tag?: string }) => result.layout === 'rgb' || result.tag === 'format',
				);
			}),
			{ numRuns: 100 },
		);
	});

	test('stands behind the codecs', async () => {
		const bytes = await picture.clone().jpeg({ progressive: true }).toBuffer();
		const layout = { widthPx: 40, heightPx: 30, colour: 'ycbcr', samplesPerPixel: 3, bitsPerSample: 8 } as const;
		const tile = await createCodecs({ fallback: decode }).decode('jpeg', bytes, layout);
		expect(tile).toEqual(await decode(bytes, 'jpeg'));
	});
});
