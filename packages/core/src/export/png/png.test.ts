import { deflateSync, inflateSync, crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { RgbImage } from '../../image/pixels.ts';
import { crc32, encodePng } from './png.ts';

async function decode(png: Uint8Array): Promise<RgbImage> {
	const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
	expect(info.channels).toBe(3);
	return { layout: 'rgb', widthPx: info.width, heightPx: info.height, data: new Uint8Array(data) };
}

interface Chunk {
	readonly type: string;
	readonly data: Uint8Array;
}

function chunksOf(png: Uint8Array): Chunk[] {
	const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
	const chunks: Chunk[] = [];
	for (let at = 8; at < png.length; ) {
		const length = view.getUint32(at);
		const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
		expect(view.getUint32(at + 8 + length), `checksum of ${type}`).toBe(
			zlibCrc32(png.subarray(at + 4, at + 8 + length)),
		);
		chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
		at += length + 12;
	}
	return chunks;
}

const images = fc
	.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }))
	.chain(([widthPx, heightPx]) =>
		fc
			.uint8Array({ minLength: widthPx * heightPx * 3, maxLength: widthPx * heightPx * 3 })
			.map((data): RgbImage => ({ layout: 'rgb', widthPx, heightPx, data })),
	);

describe('encodePng', () => {
	test('any image reads back as it was', async () => {
		await fc.assert(
			fc.asyncProperty(images, async (image) => {
				expect(await decode(await encodePng(image))).toEqual(image);
			}),
			{ numRuns: 60 },
		);
	});

	test('chunks come in order with right checksums', async () => {
		const image: RgbImage = { layout: 'rgb', widthPx: 3, heightPx: 2, data: new Uint8Array(18).fill(7) };
		const png = await encodePng(image, { text: { Title: 'a map', Software: 'parfocal' } });
		expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
		const chunks = chunksOf(png);
		expect(chunks.map(({ type }) => type)).toEqual(['IHDR', 'tEXt', 'tEXt', 'IDAT', 'IEND']);
		expect([...chunks[0]!.data]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
		expect(String.fromCharCode(...chunks[1]!.data)).toBe('Title\0a map');
	});

	test('equal rows cost almost nothing', async () => {
		const widthPx = 400;
		const row = Uint8Array.from({ length: widthPx * 3 }, (_, i) => (i * 7919) % 251);
		const data = new Uint8Array(row.length * 300);
		for (let y = 0; y < 300; y++) data.set(row, y * row.length);
		const png = await encodePng({ layout: 'rgb', widthPx, heightPx: 300, data });
		expect(png.length).toBeLessThan(6000);
	});

	test('every row has the filter it says', async () => {
		const image: RgbImage = {
			layout: 'rgb',
			widthPx: 2,
			heightPx: 2,
			data: Uint8Array.of(1, 2, 3, 4, 5, 6, 0, 9, 3, 4, 5, 7),
		};
		const [, idat] = chunksOf(await encodePng(image));
		expect([...inflateSync(idat!.data)]).toEqual([2, 1, 2, 3, 4, 5, 6, 2, 255, 7, 0, 0, 0, 1]);
	});

	test('the same image gives the same bytes', async () => {
		const image: RgbImage = { layout: 'rgb', widthPx: 8, heightPx: 8, data: new Uint8Array(192).map((_, i) => i * 3) };
		expect(await encodePng(image)).toEqual(await encodePng(image));
	});

	test('the caller may compress the rows', async () => {
		const image: RgbImage = { layout: 'rgb', widthPx: 8, heightPx: 8, data: new Uint8Array(192).map((_, i) => i * 3) };
		const stored = async (bytes: Uint8Array): Promise<Uint8Array> => new Uint8Array(deflateSync(bytes, { level: 0 }));
		const png = await encodePng(image, { deflate: stored });
		expect(await decode(png)).toEqual(image);
		expect(png.length).toBeGreaterThan((await encodePng(image)).length);
	});

	test('text that Latin-1 has not is replaced, not cut into other bytes', async () => {
		const image: RgbImage = { layout: 'rgb', widthPx: 1, heightPx: 1, data: new Uint8Array(3) };
		const text = chunksOf(await encodePng(image, { text: { Title: 'größe 病 𝒳.svs' } }))[1]!;
		expect(new TextDecoder('latin1').decode(text.data)).toBe('Title\0größe ? ?.svs');
	});
});

describe('crc32', () => {
	test('check value of the standard', () => {
		expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
	});

	test('agrees with zlib', () => {
		fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => crc32(bytes) === zlibCrc32(bytes)));
	});
});
