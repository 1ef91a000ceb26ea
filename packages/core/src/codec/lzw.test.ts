import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { decodeLzw } from './lzw.ts';
import { encodeLzw } from './testing/lzw-encoder.ts';
import { texture } from './testing/pictures.ts';
import { firstStrip } from './testing/tiff-strips.ts';

describe('decodeLzw', () => {
	test('the example of TIFF 6.0 section 13', () => {
		// 7 7 7 8 8 7 7 6 6 becomes Clear 7 258 8 8 258 6 6 End, nine bits each.
		const codes = [256, 7, 258, 8, 8, 258, 6, 6, 257];
		const bits = codes.map((code) => code.toString(2).padStart(9, '0')).join('');
		const bytes = bits.padEnd(88, '0').match(/.{8}/g)!;
		const packed = Uint8Array.from(bytes.map((byte) => Number.parseInt(byte, 2)));
		expect([...decodeLzw(packed, 9)]).toEqual([7, 7, 7, 8, 8, 7, 7, 6, 6]);
	});

	test('undoes the encoder, for any bytes', () => {
		const few = fc.array(fc.nat({ max: 3 }), { maxLength: 6000 }).map((list) => Uint8Array.from(list));
		fc.assert(
			fc.property(fc.oneof(few, fc.uint8Array({ maxLength: 3000 })), (bytes) => {
				expect(decodeLzw(encodeLzw(bytes), bytes.length)).toEqual(bytes);
			}),
			{ numRuns: 60 },
		);
	});

	test('fills and clears the table', () => {
		const bytes = texture(400, 300, 1);
		expect(decodeLzw(encodeLzw(bytes), bytes.length)).toEqual(bytes);
		const flat = new Uint8Array(100_000);
		expect(decodeLzw(encodeLzw(flat), flat.length)).toEqual(flat);
	});

	test('reads what libtiff wrote', async () => {
		const picture = texture(120, 90, 3);
		const tiff = await sharp(picture, { raw: { width: 120, height: 90, channels: 3 } })
			.tiff({ compression: 'lzw', predictor: 'none' })
			.toBuffer();
		const { bytes, strips } = firstStrip(tiff);
		expect(strips).toBe(1);
		expect(decodeLzw(bytes, picture.length)).toEqual(picture);
	});

	test('stops at the length wanted', () => {
		const bytes = texture(50, 50, 1);
		expect(decodeLzw(encodeLzw(bytes), 100)).toEqual(bytes.subarray(0, 100));
		expect(decodeLzw(new Uint8Array(0), 0)).toEqual(new Uint8Array(0));
	});

	test.each([
		['nothing', [], 'truncated'],
		['only a clear code', [0x80, 0x00], 'truncated'],
		['an end code too early', [0x80, 0x40, 0x40], 'truncated'],
		['a code before any string', [0x80, 0x60, 0x80], 'corrupt'],
		['the flavour of before 1993', [0x00, 0x01, 0x02], 'unsupported'],
	])('%s is %s', (_, bytes, reason) => {
		expect(() => decodeLzw(Uint8Array.from(bytes), 10)).toThrow(expect.objectContaining({ tag: 'format', reason }));
	});

	test('whatever the bytes, the result is whole or an error of ours', () => {
		const valid = encodeLzw(texture(60, 60, 1));
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 9 }), fc.nat(), (edits, cut) => {
				const bytes = valid.slice(0, cut % 4 === 0 ? cut % valid.length : undefined);
				for (const [at, value] of edits) bytes[at % valid.length] = value;
				try {
					expect(decodeLzw(bytes, 3600).length).toBe(3600);
				} catch (error) {
					expect(error).toBeInstanceOf(FormatError);
				}
			}),
			{ numRuns: 2000 },
		);
	});
});
