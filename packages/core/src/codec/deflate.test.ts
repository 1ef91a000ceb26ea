import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { decodeDeflate } from './deflate.ts';
import { texture } from './testing/pictures.ts';

describe('decodeDeflate', () => {
	const plain = texture(300, 200, 3);
	const packed = deflateSync(plain);

	test('undoes zlib', async () => {
		expect(await decodeDeflate(packed, plain.length)).toEqual(plain);
	});

	test('stops at the length wanted', async () => {
		expect(await decodeDeflate(packed, 1000)).toEqual(plain.subarray(0, 1000));
		expect(await decodeDeflate(packed, 0)).toEqual(new Uint8Array(0));
	});

	test('bytes behind the stream, as writers pad them, do no harm', async () => {
		const padded = new Uint8Array([...packed, 0, 0, 0]);
		expect(await decodeDeflate(padded, plain.length)).toEqual(plain);
		const small = new Uint8Array([...deflateSync(Uint8Array.of(1, 2, 3)), 0]);
		expect([...(await decodeDeflate(small, 3))]).toEqual([1, 2, 3]);
	});

	test('a bomb is not unpacked', async () => {
		const bomb = deflateSync(new Uint8Array(256 << 20), { level: 9 });
		const before = process.memoryUsage().arrayBuffers;
		expect((await decodeDeflate(bomb, 4096)).length).toBe(4096);
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 << 20);
	});

	test('a stream that gives less is truncated', async () => {
		await expect(decodeDeflate(packed, plain.length + 1)).rejects.toMatchObject({ tag: 'format', reason: 'truncated' });
		await expect(decodeDeflate(packed.subarray(0, 500), plain.length)).rejects.toMatchObject({ tag: 'format' });
		await expect(decodeDeflate(new Uint8Array(0), 5)).rejects.toMatchObject({ tag: 'format' });
	});

	test('no stream at all is corrupt', async () => {
		const text = new TextEncoder().encode('this is not zlib data');
		await expect(decodeDeflate(text, 5)).rejects.toMatchObject({ reason: 'corrupt', cause: expect.anything() });
	});

	test('whatever the bytes, the result is whole or an error of ours', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(), fc.nat({ max: 255 }), fc.nat(), async (at, value, cut) => {
				const bytes = packed.slice(0, 1 + (cut % packed.length));
				bytes[at % bytes.length] = value;
				try {
					expect((await decodeDeflate(bytes, 20_000)).length).toBe(20_000);
				} catch (error) {
					expect(error).toBeInstanceOf(FormatError);
				}
			}),
			{ numRuns: 150 },
		);
	});
});
