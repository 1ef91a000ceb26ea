import { ArgumentError } from '@parfocal/core';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { seededRandom } from './random.ts';
import { jpegFile, pngFile, RESAMPLERS, resampled, type StoredPicture, throughJpeg } from './stored-picture.ts';

/** Coloured stripes with a little noise, wider than high. */
function stripes(widthPx = 96, heightPx = 64): StoredPicture {
	const random = seededRandom(2);
	const data = new Uint8Array(3 * widthPx * heightPx);
	for (let i = 0; i < widthPx * heightPx; i++) {
		const on = Math.floor((i % widthPx) / 3) % 2 === 0;
		data.set(
			[on ? 200 : 90, on ? 120 : 60, on ? 170 : 130].map((value) => value + random.below(9)),
			3 * i,
		);
	}
	return { widthPx, heightPx, data };
}

/** Root of the mean squared difference. */
function distance(a: StoredPicture, b: StoredPicture): number {
	expect([b.widthPx, b.heightPx, b.data.length]).toEqual([a.widthPx, a.heightPx, a.data.length]);
	return Math.sqrt(a.data.reduce((sum, value, i) => sum + (value - b.data[i]!) ** 2, 0) / a.data.length);
}

describe('JPEG', () => {
	test('takes more the lower the quality, and more where chroma is halved', async () => {
		const picture = stripes();
		const losses: number[] = [];
		for (const quality of [95, 70, 30]) {
			losses.push(distance(picture, await throughJpeg(picture, { quality, chromaSubsampling: '4:4:4' })));
		}
		expect(losses).toEqual([...losses].sort((a, b) => a - b));
		expect(losses[0]).toBeGreaterThan(0);
		const halved = await throughJpeg(picture, { quality: 95, chromaSubsampling: '4:2:0' });
		expect(distance(picture, halved)).toBeGreaterThan(2 * losses[0]!);
	});

	test('a file says how it was made, and everything else of the picture stays', async () => {
		const file = await jpegFile(stripes(), { quality: 50, chromaSubsampling: '4:2:0' });
		expect(await sharp(file).metadata()).toMatchObject({ format: 'jpeg', width: 96, chromaSubsampling: '4:2:0' });
		const named = { ...stripes(), name: 'stripes' };
		expect((await throughJpeg(named, { quality: 50, chromaSubsampling: '4:2:0' })).name).toBe('stripes');
	});
});

test('PNG keeps every value', async () => {
	const picture = stripes();
	const data = await sharp(await pngFile(picture))
		.raw()
		.toBuffer();
	expect(distance(picture, { ...picture, data: new Uint8Array(data) })).toBe(0);
});

describe('another pixel size', () => {
	test.each([
		[0.25, 0.5, 48, 32],
		[0.5, 0.25, 192, 128],
		[0.25, 0.33, 73, 48],
		[0.5, 0.499, 96, 64],
	])('from %d to %d µm a pixel: %d x %d px', async (from, to, widthPx, heightPx) => {
		const result = await resampled(stripes(), from, to);
		expect([result.widthPx, result.heightPx]).toEqual([widthPx, heightPx]);
		expect(result.data.length).toBe(3 * widthPx * heightPx);
	});

	test('the mean stays whatever the interpolation; nearest invents no value', async () => {
		const mean = ({ data }: StoredPicture): number => data.reduce((sum, value) => sum + value, 0) / data.length;
		const picture = stripes();
		for (const kernel of RESAMPLERS) {
			expect(Math.abs(mean(await resampled(picture, 0.25, 0.4, kernel)) - mean(picture))).toBeLessThan(4);
		}
		const values = new Set(picture.data);
		for (const value of (await resampled(picture, 0.25, 0.4, 'nearest')).data) expect(values.has(value)).toBe(true);
	});

	test('no change, no work: the same picture comes back', async () => {
		const picture = stripes();
		expect(await resampled(picture, 0.25, 0.25)).toBe(picture);
	});

	test.each([
		[0.25, 100],
		[100, 0.1],
		[Number.NaN, 1],
	])('from %d to %d is refused', async (from, to) => {
		await expect(resampled(stripes(), from, to)).rejects.toThrow(ArgumentError);
		await expect(resampled(stripes(), from, to)).rejects.toThrow(/96 x 64 px/);
	});
});
