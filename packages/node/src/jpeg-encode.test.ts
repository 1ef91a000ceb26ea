import type { RgbImage } from '@parfocal/core';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { encodeJpeg } from './jpeg-encode.ts';

/** Two smooth waves of different colours. */
function waves(widthPx: number, heightPx: number): RgbImage {
	const data = new Uint8Array(widthPx * heightPx * 3);
	for (let y = 0; y < heightPx; y++) {
		for (let x = 0; x < widthPx; x++) {
			const at = (y * widthPx + x) * 3;
			data[at] = 128 + 100 * Math.sin(x / 9);
			data[at + 1] = 128 + 60 * Math.cos(y / 7);
			data[at + 2] = 200;
		}
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}

describe('encodeJpeg', () => {
	test('is a baseline JPEG of the same size that looks the same', async () => {
		const image = waves(97, 61);
		const jpeg = await encodeJpeg(image);
		expect([...jpeg.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
		const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
		expect([info.width, info.height, info.channels]).toEqual([97, 61, 3]);
		const error = data.reduce((sum, value, i) => sum + Math.abs(value - image.data[i]!), 0) / data.length;
		expect(error).toBeLessThan(2);
	});

	test('keeps chroma at full resolution', async () => {
		const { chromaSubsampling } = await sharp(await encodeJpeg(waves(32, 32))).metadata();
		expect(chromaSubsampling).toBe('4:4:4');
	});

	test('lower quality is smaller', async () => {
		const image = waves(200, 200);
		expect((await encodeJpeg(image, { quality: 30 })).length).toBeLessThan((await encodeJpeg(image)).length);
	});

	test('shrinks to the longer side asked for, never grows', async () => {
		const sizeOf = async (image: RgbImage, maximumSidePx: number): Promise<readonly number[]> => {
			const { width, height } = await sharp(await encodeJpeg(image, { maximumSidePx })).metadata();
			return [width, height];
		};
		expect(await sizeOf(waves(400, 100), 200)).toEqual([200, 50]);
		expect(await sizeOf(waves(100, 400), 200)).toEqual([50, 200]);
		expect(await sizeOf(waves(100, 40), 200)).toEqual([100, 40]);
	});

	test('the same image gives the same bytes', async () => {
		const image = waves(50, 50);
		expect(Buffer.compare(await encodeJpeg(image), await encodeJpeg(image))).toBe(0);
	});

	test('one pixel is an image', async () => {
		const { width, height } = await sharp(await encodeJpeg(waves(1, 1))).metadata();
		expect([width, height]).toEqual([1, 1]);
	});
});
