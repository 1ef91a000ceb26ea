import { FormatError } from '@parfocal/core';
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { splitJpeg } from './jpeg-stream.ts';

const raw = { width: 48, height: 32, channels: 3 } as const;
const pixels = Uint8Array.from({ length: 3 * 48 * 32 }, (_, i) => (i * 37) % 251);
let jpeg: Uint8Array;

beforeAll(async () => {
	jpeg = await sharp(pixels, { raw }).jpeg({ optimiseCoding: false }).toBuffer();
});

/** The tables put back in front of what follows the image's SOI. */
function joined(tables: Uint8Array, image: Uint8Array): Uint8Array {
	return Buffer.concat([tables.subarray(0, -2), image.subarray(2)]);
}

test('both parts are streams, and together decode to the same pixels', async () => {
	const { tables, image } = splitJpeg(jpeg);
	for (const part of [tables, image]) {
		expect([...part.subarray(0, 2)]).toEqual([0xff, 0xd8]);
		expect([...part.subarray(-2)]).toEqual([0xff, 0xd9]);
	}
	const decode = (bytes: Uint8Array): Promise<Buffer> => sharp(bytes).raw().toBuffer();
	expect(await decode(joined(tables, image))).toEqual(await decode(jpeg));
});

test('no table stays in the image, no JFIF header, nothing else is lost', () => {
	const { tables, image } = splitJpeg(jpeg);
	const header = jpeg[3] === 0xe0 ? 2 + ((jpeg[4]! << 8) | jpeg[5]!) : 0;
	expect(tables.length + image.length).toBe(jpeg.length - header + 4);
	const text = Buffer.from(image).toString('latin1');
	expect(text.slice(0, text.indexOf('\xff\xda'))).not.toMatch(/\xff[\xdb\xc4\xe0]/);
});

test('a JFIF header is left out', () => {
	const jfif = Buffer.concat([jpeg.subarray(0, 2), Uint8Array.of(0xff, 0xe0, 0, 4, 1, 2), jpeg.subarray(2)]);
	expect(splitJpeg(jfif)).toEqual(splitJpeg(jpeg));
});

test('the tables of one quality do not depend on the picture', async () => {
	const plain = await sharp(new Uint8Array(3 * 48 * 32), { raw })
		.jpeg({ optimiseCoding: false })
		.toBuffer();
	expect(splitJpeg(plain).tables).toEqual(splitJpeg(jpeg).tables);
});

test('anything else is a format error', () => {
	const attempt = (bytes: Uint8Array): void => {
		try {
			const { tables, image } = splitJpeg(bytes);
			expect(tables.length + image.length).toBeLessThanOrEqual(bytes.length + 4);
		} catch (error) {
			expect(error).toBeInstanceOf(FormatError);
		}
	};
	fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), attempt));
	fc.assert(
		fc.property(fc.nat(jpeg.length), fc.nat(jpeg.length - 1), fc.nat(255), (end, at, value) => {
			const broken = Uint8Array.from(jpeg);
			broken[at] = value;
			attempt(broken.subarray(0, end));
		}),
	);
	for (const bytes of [[], [0xff, 0xd8], [0xff, 0xd8, 0xff, 0xdb, 0, 0], [0xff, 0xd8, 0, 0, 0, 0]]) {
		expect(() => splitJpeg(Uint8Array.from(bytes))).toThrow(FormatError);
	}
});
