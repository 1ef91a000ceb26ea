import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import { createCodecs, type PictureDecoder } from '../../codec/codecs.ts';
import { decodeJpeg } from '../../codec/jpeg/decode-jpeg.ts';
import { texture } from '../../codec/testing/pictures.ts';
import { FormatError } from '../../errors.ts';
import { cropRgb } from '../../image/crop.ts';
import { luma } from '../../image/luma-plane.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { toRgb } from '../../image/to-rgb.ts';
import { openSlide } from '../open-slide.ts';
import { probeSource } from '../testing/sources.ts';
import { encodeJpeg, encodePng } from '../testing/tiff-fixtures.ts';

const width = 700;
const height = 530;
const samples = texture(width, height, 3);
const whole = { x: 0, y: 0, widthPx: width, heightPx: height };

/** A fallback decoder like the one in Node. */
const fallback: PictureDecoder = async (bytes): Promise<RgbImage> => {
	const { data, info } = await sharp(bytes)
		.removeAlpha()
		.toColourspace('srgb')
		.raw()
		.toBuffer({ resolveWithObject: true });
	return { layout: 'rgb', widthPx: info.width, heightPx: info.height, data };
};
const codecs = createCodecs({ fallback });

test('a PNG is a slide of one level in 512 px tiles, to the bit', async () => {
	const slide = await openSlide(await encodePng(samples, width, height, 3), { codecs });
	expect(slide).toMatchObject({ format: 'picture', vendor: 'unknown', mpp: undefined, associated: [] });
	expect(slide.levels).toEqual([
		{
			widthPx: width,
			heightPx: height,
			downsample: 1,
			tileWidthPx: 512,
			tileHeightPx: 512,
			columns: 2,
			rows: 2,
			compression: 'png',
		},
	]);
	expect((await slide.readRegion(0, whole)).data).toEqual(samples);
	const corner = toRgb(await slide.readTile(0, 1, 1));
	const expected = { layout: 'rgb', widthPx: width, heightPx: height, data: samples } as const;
	expect(corner).toEqual(cropRgb(expected, { x: 512, y: 512, widthPx: 188, heightPx: 18 }));
});

describe.each(['4:2:0', '4:4:4'])('a baseline JPEG with %s chroma', async (chromaSubsampling) => {
	const jpeg = await encodeJpeg(samples, width, height, 3, { chromaSubsampling });

	test('is decoded by our own decoder, and cut without seams', async () => {
		const decoder = vi.fn(fallback);
		const slide = await openSlide(jpeg, { codecs: createCodecs({ fallback: decoder }) });
		const expected = toRgb(decodeJpeg(jpeg));
		expect(await slide.readRegion(0, whole)).toEqual(expected);
		const tile = await slide.readTile(0, 1, 1);
		expect(tile).toEqual(cropRgb(expected, { x: 512, y: 512, widthPx: 188, heightPx: 18 }));
		expect(decoder).not.toHaveBeenCalled();
	});
});

test('a grey JPEG stays grey', async () => {
	const grey = texture(width, height, 1);
	const jpeg = await encodeJpeg(grey, width, height, 1);
	const slide = await openSlide(jpeg);
	const expected = toRgb(decodeJpeg(jpeg));
	for (const planes of ['all', 'luma'] as const) {
		const tile = await slide.readTile(0, 1, 1, { planes });
		expect(tile).toMatchObject({ layout: 'planes', colour: 'grey', widthPx: 188, heightPx: 18 });
		expect(toRgb(tile)).toEqual(cropRgb(expected, { x: 512, y: 512, widthPx: 188, heightPx: 18 }));
	}
});

test('a progressive JPEG goes to the fallback; without one it says what it needs', async () => {
	const jpeg = await encodeJpeg(samples, width, height, 3, { progressive: true });
	const slide = await openSlide(jpeg, { codecs });
	expect(slide.levels[0]).toMatchObject({ widthPx: width, heightPx: height });
	expect((await slide.readRegion(0, whole)).data.length).toBe(samples.length);
	const alone = await openSlide(jpeg);
	await expect((async () => alone.readTile(0, 0, 0))()).rejects.toMatchObject({ tag: 'format', reason: 'unsupported' });
});

test('a PNG without a fallback decoder is refused at once', async () => {
	const png = await encodePng(samples, width, height, 3);
	await expect(openSlide(png)).rejects.toMatchObject({ reason: 'unsupported' });
	await expect(openSlide(png)).rejects.toThrow('createCodecs');
});

test('luma of a PNG', async () => {
	const slide = await openSlide(await encodePng(samples, width, height, 3), { codecs });
	const tile = await slide.readTile(0, 0, 0, { planes: 'luma' });
	if (tile.layout !== 'planes') throw new Error('no planes');
	expect(tile.planes[0]!.data[5]).toBe(luma(samples[15]!, samples[16]!, samples[17]!));
});

test('a picture is decoded when its first tile is read, once, whoever asks', async () => {
	const decoder = vi.fn(fallback);
	const probe = probeSource(await encodePng(samples, width, height, 3), { mode: 'late' });
	const slide = await openSlide(probe, { codecs: createCodecs({ fallback: decoder }) });
	expect(decoder).not.toHaveBeenCalled();
	await Promise.all([slide.readTile(0, 0, 0), slide.readTile(0, 1, 0), slide.readTile(0, 1, 1)]);
	await slide.readRegion(0, whole);
	expect(decoder).toHaveBeenCalledTimes(1);
	expect(slide.readTile(0, 0, 1)).not.toBeInstanceOf(Promise);
});

test('a failed decoding is not kept', async () => {
	let fails = true;
	const flaky: PictureDecoder = async (...given) => {
		if (fails) throw new FormatError('png picture', 'corrupt', 'No.');
		return fallback(...given);
	};
	const slide = await openSlide(await encodePng(samples, width, height, 3), {
		codecs: createCodecs({ fallback: flaky }),
	});
	await expect((async () => slide.readTile(0, 0, 0))()).rejects.toThrow(/^Tile 0, 0 of level 0 .* No\.$/);
	fails = false;
	expect((await slide.readTile(0, 0, 0)).widthPx).toBe(512);
});

describe('resolution', () => {
	const withDensity = (density: number, kind: 'png' | 'jpeg') =>
		sharp(samples, { raw: { width, height, channels: 3 } })
			.withMetadata({ density })
			[kind]()
			.toBuffer();

	test.each(['png', 'jpeg'] as const)('of a screen in a %s is not taken for a pixel size', async (kind) => {
		const slide = await openSlide(await withDensity(72, kind), { codecs });
		expect(slide.mpp).toBeUndefined();
		expect(slide.warnings.join()).toContain('no pixel size');
	});

	test('of a microscope in a PNG is', async () => {
		const slide = await openSlide(await withDensity(50_800, 'png'), { codecs });
		expect(slide.mpp?.x).toBeCloseTo(0.5, 3);
		expect(slide.mpp?.source).toBe('tag');
	});

	test.each([
		[1, 25_400, 1],
		[2, 20_000, 0.5],
		[0, 1, undefined],
	])('of a microscope in a JPEG is: unit %d, density %d', async (unit, density, mpp) => {
		const jpeg = await encodeJpeg(samples, width, height, 3);
		const [high, low] = [density >> 8, density & 255];
		const jfif = [0xff, 0xe0, 0, 16, ...Buffer.from('JFIF\0'), 1, 2, unit, high, low, high, low, 0, 0];
		const slide = await openSlide(Uint8Array.from([0xff, 0xd8, ...jfif, ...jpeg.subarray(2)]));
		expect(slide.mpp?.x).toBe(mpp);
	});
});

describe('broken pictures', () => {
	const png = encodePng(samples, width, height, 3);
	const patched = async (at: number, ...values: number[]): Promise<Uint8Array> => {
		const bytes = Uint8Array.from(await png);
		bytes.set(values, at);
		return bytes;
	};

	test.each([
		['png-cut-in-header', async () => (await png).subarray(0, 20), 'truncated'],
		['png-without-header', () => patched(12, 0x49, 0x44, 0x41, 0x54), 'truncated'],
		['png-zero-width', () => patched(16, 0, 0, 0, 0), 'corrupt'],
		['png-too-large', () => patched(16, 0, 1, 0, 0, 0, 1, 0, 0), 'too-large'],
		['jpeg-cut-in-header', async () => (await encodeJpeg(samples, width, height, 3)).subarray(0, 100), 'truncated'],
		['jpeg-without-frame', async () => Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), undefined],
	])('%s', async (_, make, reason) => {
		const error = await openSlide(await make(), { codecs }).catch((cause: unknown) => cause);
		expect(error).toBeInstanceOf(FormatError);
		if (reason) expect(error).toMatchObject({ reason });
	});

	test('a cut PNG opens, and fails when its pixels are read', async () => {
		const slide = await openSlide((await png).subarray(0, 5000), {
			codecs: createCodecs({
				fallback: async () => {
					throw new FormatError('png picture', 'truncated', 'The png picture ends too early.');
				},
			}),
		});
		await expect((async () => slide.readTile(0, 0, 0))()).rejects.toMatchObject({ reason: 'truncated' });
	});
});

test('long metadata before the frame header are read past', async () => {
	const jpeg = await encodeJpeg(samples, width, height, 3);
	const comment = new Uint8Array(65_535).fill(0x20);
	const length = comment.length - 2;
	comment.set([0xff, 0xfe, length >> 8, length & 255]);
	const parts = [jpeg.subarray(0, 2), comment, comment, comment, jpeg.subarray(2)];
	const slide = await openSlide(Uint8Array.from(parts.flatMap((part) => [...part])));
	expect(slide.levels[0]).toMatchObject({ widthPx: width, heightPx: height });
});
