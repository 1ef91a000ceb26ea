import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArgumentError, ReadError } from '../errors.ts';
import type { Pixels, PlanarImage } from '../image/pixels.ts';
import { toRgb } from '../image/to-rgb.ts';
import { boxMeanOf } from './box-mean.ts';
import { openSlide } from './open-slide.ts';
import { probeSource } from './testing/sources.ts';
import { expectedRgb, makeTiff, type TestImage } from './testing/tiff-fixtures.ts';
import { readThumbnail } from './thumbnail.ts';

async function thumbnailOf(images: readonly TestImage[], maxSidePx: number) {
	return readThumbnail(await openSlide(await makeTiff(images)), maxSidePx);
}

/** The means of boxes of an image, by the definition. */
function means(given: TestImage, widthPx: number, heightPx: number): Uint8Array {
	const image = expectedRgb(given);
	const data = new Uint8Array(3 * widthPx * heightPx);
	for (let y = 0; y < heightPx; y++) {
		for (let x = 0; x < widthPx; x++) {
			const [left, right] = [x, x + 1].map((at) => Math.floor((at * image.widthPx) / widthPx)) as [number, number];
			const [top, bottom] = [y, y + 1].map((at) => Math.floor((at * image.heightPx) / heightPx)) as [number, number];
			for (let channel = 0; channel < 3; channel++) {
				let sum = 0;
				for (let row = top; row < bottom; row++) {
					for (let column = left; column < right; column++)
						sum += image.data[3 * (row * image.widthPx + column) + channel]!;
				}
				data[3 * (y * widthPx + x) + channel] = Math.round(sum / ((right - left) * (bottom - top)));
			}
		}
	}
	return data;
}

describe('a thumbnail is the mean of boxes, whatever the cut', () => {
	test.each([
		['tiles', {}],
		['strips', { layout: { rowsPerStrip: 9 } }],
		['planes', { planar: true }],
		['grey', { channels: 1 }],
	] as [string, TestImage][])('%s', async (_, image) => {
		for (const side of [1, 7, 33, 50, 99, 100]) {
			const { image: got, downsampleX, downsampleY, unreadableTiles } = await thumbnailOf([image], side);
			expect(got.widthPx).toBe(side);
			expect(got.heightPx).toBe(Math.max(1, Math.round(0.8 * side)));
			expect(downsampleX).toBe(100 / got.widthPx);
			expect(downsampleY).toBe(80 / got.heightPx);
			expect(unreadableTiles).toBe(0);
			expect(got.data).toEqual(means(image, got.widthPx, got.heightPx));
		}
	});

	test('any size, any side', () =>
		fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 90 }),
				fc.integer({ min: 1, max: 90 }),
				fc.integer({ min: 1, max: 100 }),
				async (widthPx, heightPx, side) => {
					const image = { widthPx, heightPx, layout: { tileWidthPx: 16, tileHeightPx: 16 } };
					const { image: got } = await thumbnailOf([image], side);
					expect(Math.max(got.widthPx, got.heightPx)).toBe(Math.min(side, Math.max(widthPx, heightPx)));
					expect(got.data).toEqual(means(image, got.widthPx, got.heightPx));
				},
			),
			{ numRuns: 40 },
		));
});

test('it comes from the smallest level that is large enough', async () => {
	const small = { widthPx: 50, heightPx: 40, samples: new Uint8Array(6000).fill(10) };
	const smaller = { widthPx: 25, heightPx: 20, samples: new Uint8Array(1500).fill(20) };
	const levels = [{}, small, smaller];
	expect((await thumbnailOf(levels, 25)).image.data[0]).toBe(20);
	expect((await thumbnailOf(levels, 26)).image.data[0]).toBe(10);
	expect((await thumbnailOf(levels, 50)).image.data[0]).toBe(10);
	expect((await thumbnailOf(levels, 51)).image.widthPx).toBe(51);
	const whole = await thumbnailOf(levels, 5000);
	expect(whole.image).toEqual(expectedRgb({}));
	expect(whole.downsampleX).toBe(1);
});

test('JPEG planes averaged are close to their colours averaged', async () => {
	const samples = Uint8Array.from({ length: 3 * 256 * 256 }, (_, i) => 128 + 70 * Math.sin(i / 3 / 256 / 30 + (i % 3)));
	const image = {
		widthPx: 256,
		heightPx: 256,
		compression: 'jpeg',
		layout: { tileWidthPx: 64, tileHeightPx: 64 },
	} as const;
	const slide = await openSlide(await makeTiff([{ ...image, samples }]));
	const { image: got } = await readThumbnail(slide, 32);
	const region = await slide.readRegion(0, { x: 0, y: 0, widthPx: 256, heightPx: 256 });
	const exact = means({ ...image, compression: 'uncompressed', photometric: 2, samples: region.data }, 32, 32);
	const worst = Math.max(...got.data.map((value, i) => Math.abs(value - exact[i]!)));
	expect(worst).toBeLessThanOrEqual(2);
});

test('missing tiles are white, and not unreadable', async () => {
	const { image, unreadableTiles } = await thumbnailOf([{ missing: [0] }], 25);
	expect(unreadableTiles).toBe(0);
	expect([...image.data.subarray(0, 3)]).toEqual([255, 255, 255]);
	expect(image.data.some((value) => value < 200)).toBe(true);
});

test('memory stays that of the thumbnail: tiles are read one at a time', async () => {
	const probe = probeSource(await makeTiff([{ widthPx: 640, heightPx: 320 }]), { mode: 'reused' });
	const slide = await openSlide(probe);
	probe.reads.length = 0;
	await readThumbnail(slide, 20);
	expect(probe.reads).toHaveLength(200);
	expect(Math.max(...probe.reads.map(({ length }) => length))).toBe(32 * 32 * 3);
});

test.each([0, -1, 1.5, Number.NaN, 20_001])('a side of %d is refused', async (side) => {
	await expect(thumbnailOf([{}], side)).rejects.toThrow(ArgumentError);
});

test('a source that fails is not hidden as an unreadable tile; cancelling is heeded', async () => {
	const bytes = await makeTiff();
	const probe = probeSource(bytes);
	const slide = await openSlide(probe);
	const failing = await openSlide(probeSource(bytes, { failAt: probe.reads.length + 2 }));
	await expect(readThumbnail(failing, 20)).rejects.toThrow(ReadError);
	const reason = new Error('enough');
	await expect(readThumbnail(slide, 20, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

describe('the mean of a box', () => {
	const ramp = (widthPx: number, heightPx: number, factor: number) => ({
		data: Uint8Array.from({ length: widthPx * heightPx }, (_, i) => (i * factor) % 256),
		widthPx,
		heightPx,
		strideBytes: widthPx,
	});
	const mean = (pixels: Pixels, x: number, y: number, endX: number, endY: number): number[] => {
		const out = new Float64Array(3);
		boxMeanOf(pixels)(x, y, endX, endY, out);
		return [...out];
	};

	test('of one pixel is the pixel, in every layout', () => {
		const planes = [ramp(8, 8, 1), ramp(8, 8, 3), ramp(8, 8, 2)];
		const image = { layout: 'planes', widthPx: 8, heightPx: 8, planes } as const;
		for (const colour of ['grey', 'rgb'] as const) {
			const pixels: PlanarImage = { ...image, colour, planes: colour === 'grey' ? planes.slice(0, 1) : planes };
			const rgb = toRgb(pixels);
			for (const [x, y] of [
				[0, 0],
				[7, 7],
				[3, 5],
			] as const) {
				const expected = [...rgb.data.subarray(3 * (y * 8 + x), 3 * (y * 8 + x) + 3)];
				expect(mean(pixels, x, y, x + 1, y + 1)).toEqual(expected);
				expect(mean(rgb, x, y, x + 1, y + 1)).toEqual(expected);
			}
		}
	});

	test('of flat YCbCr is its colour, down to a single pixel, at any subsampling', () => {
		const flat = (widthPx: number, heightPx: number, value: number) => ({
			...ramp(widthPx, heightPx, 0),
			data: new Uint8Array(widthPx * heightPx).fill(value),
		});
		for (const ratio of [1, 2, 4]) {
			const side = Math.ceil(7 / ratio);
			const planes = [flat(7, 7, 150), flat(side, side, 100), flat(side, side, 140)];
			const pixels: PlanarImage = { layout: 'planes', colour: 'ycbcr', widthPx: 7, heightPx: 7, planes };
			const expected = [...toRgb(pixels).data.subarray(0, 3)];
			for (const box of [
				[0, 0, 7, 7],
				[6, 6, 7, 7],
				[1, 2, 2, 3],
			] as const) {
				for (const [channel, value] of mean(pixels, box[0], box[1], box[2], box[3]).entries()) {
					expect(Math.abs(value - expected[channel]!)).toBeLessThanOrEqual(0.51);
				}
			}
		}
	});
});
