/**
 * TIFF files made in code, for tests.
 * @module
 */
import { deflateSync } from 'node:zlib';
import sharp, { type JpegOptions } from 'sharp';
import { texture } from '../../codec/testing/pictures.ts';
import { memorySink } from '../../export/tiff/memory-sink.ts';
import type { TiffValue } from '../../export/tiff/tiff-value.ts';
import { createTiffWriter, type TiffDirectory, type TiffLayout } from '../../export/tiff/tiff-writer.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { tag } from '../tiff/tags.ts';
import { difference, encodeLzw, encodePackBits } from './encoders.ts';

/** An image of a test file. Left out: 100 x 80 px of RGB texture in uncompressed 32 px tiles. */
export interface TestImage {
	readonly widthPx?: number;
	readonly heightPx?: number;
	readonly layout?: TiffLayout;
	readonly compression?: 'uncompressed' | 'lzw' | 'deflate' | 'packbits' | 'jpeg';
	readonly channels?: number;
	readonly bits?: 8 | 16;
	readonly photometric?: number;
	readonly predictor?: boolean;
	readonly planar?: boolean;
	/** Interleaved samples in the file's byte order; default texture. */
	readonly samples?: Uint8Array;
	/** Indices of tiles that are not written. */
	readonly missing?: readonly number[];
	readonly description?: string;
	readonly tags?: Readonly<Record<number, TiffValue>>;
	readonly below?: readonly TestImage[];
}

/** How the file is written. */
export interface TestFile {
	readonly big?: boolean;
	readonly littleEndian?: boolean;
}

const compressionCodes = { uncompressed: 1, lzw: 5, jpeg: 7, deflate: 8, packbits: 32773 } as const;

/** The defaults filled in. */
export function testImage(image: TestImage = {}): Required<TestImage> {
	const { widthPx = 100, heightPx = 80, channels = 3, bits = 8, compression = 'uncompressed' } = image;
	return {
		widthPx,
		heightPx,
		layout: { tileWidthPx: 32, tileHeightPx: 32 },
		compression,
		channels,
		bits,
		photometric: channels < 3 ? 1 : compression === 'jpeg' ? 6 : 2,
		predictor: false,
		planar: false,
		samples: texture(widthPx, heightPx, (channels * bits) / 8),
		missing: [],
		description: '',
		tags: {},
		below: [],
		...image,
	};
}

/** A TIFF file of these images. */
export async function makeTiff(images: readonly TestImage[] = [{}], file: TestFile = {}): Promise<Uint8Array> {
	const sink = memorySink();
	const tiff = createTiffWriter(sink, file);
	for (const image of images) await writeImage((options) => tiff.directory(options), image, file.littleEndian ?? true);
	await tiff.close();
	return sink.bytes();
}

async function writeImage(
	open: (options: Parameters<TiffDirectory['subDirectory']>[0]) => TiffDirectory,
	given: TestImage,
	littleEndian: boolean,
): Promise<void> {
	const image = testImage(given);
	const { widthPx, heightPx, layout, channels, bits, planar } = image;
	const directory = open({
		widthPx,
		heightPx,
		layout,
		compression: compressionCodes[image.compression],
		photometric: image.photometric,
		bitsPerSample: Array(channels).fill(bits),
		planarConfiguration: planar ? 2 : 1,
		tags: {
			...(image.predictor && { [tag.predictor]: { type: 'short', values: [2] } }),
			...(image.description && { [tag.imageDescription]: { type: 'ascii', values: image.description } }),
			...image.tags,
		},
	});
	const [across, down] =
		'rowsPerStrip' in layout ? [widthPx, layout.rowsPerStrip] : [layout.tileWidthPx, layout.tileHeightPx];
	let index = 0;
	for (let plane = 0; plane < (planar ? channels : 1); plane++) {
		for (let y = 0; y < heightPx; y += down) {
			for (let x = 0; x < widthPx; x += across, index++) {
				if (image.missing.includes(index)) continue;
				const rows = 'rowsPerStrip' in layout ? Math.min(down, heightPx - y) : down;
				const piece = cut(image, x, y, across, rows, planar ? plane : undefined);
				directory.addTile(index, await encode(image, piece, across, rows, planar ? 1 : channels, littleEndian));
			}
		}
	}
	for (const child of image.below) await writeImage((options) => directory.subDirectory(options), child, littleEndian);
}

/** A piece of an image, padded by repeating its last column and row. */
function cut(
	image: Required<TestImage>,
	x: number,
	y: number,
	width: number,
	height: number,
	plane?: number,
): Uint8Array {
	const bytes = image.bits / 8;
	const pixelBytes = image.channels * bytes;
	const kept = plane === undefined ? pixelBytes : bytes;
	const out = new Uint8Array(width * height * kept);
	for (let row = 0; row < height; row++) {
		for (let column = 0; column < width; column++) {
			const fromX = Math.min(x + column, image.widthPx - 1);
			const fromY = Math.min(y + row, image.heightPx - 1);
			const from = (fromY * image.widthPx + fromX) * pixelBytes + (plane ?? 0) * bytes;
			out.set(image.samples.subarray(from, from + kept), (row * width + column) * kept);
		}
	}
	return out;
}

async function encode(
	image: Required<TestImage>,
	piece: Uint8Array,
	width: number,
	height: number,
	channels: number,
	littleEndian: boolean,
): Promise<Uint8Array> {
	const raw = image.predictor ? difference(piece, width * channels, channels, image.bits, littleEndian) : piece;
	switch (image.compression) {
		case 'uncompressed':
			return raw;
		case 'packbits':
			return encodePackBits(raw);
		case 'lzw':
			return encodeLzw(raw);
		case 'deflate':
			return deflateSync(raw);
		case 'jpeg':
			return encodeJpeg(raw, width, height, channels);
	}
}

/** A JPEG of interleaved samples. */
export async function encodeJpeg(
	raw: Uint8Array,
	width: number,
	height: number,
	channels: number,
	options: JpegOptions = {},
): Promise<Uint8Array> {
	const picture = sharp(raw, { raw: { width, height, channels: channels === 1 ? 1 : 3 } });
	const grey = channels === 1 ? picture.toColourspace('b-w') : picture;
	return grey.jpeg({ quality: 90, chromaSubsampling: '4:2:0', ...options }).toBuffer();
}

/** A PNG of interleaved samples. */
export async function encodePng(
	raw: Uint8Array,
	width: number,
	height: number,
	channels: 1 | 3 | 4,
): Promise<Uint8Array> {
	return sharp(raw, { raw: { width, height, channels } }).png().toBuffer();
}

/** What a lossless RGB or grey 8-bit test image must read as. */
export function expectedRgb(given: TestImage): RgbImage {
	const { widthPx, heightPx, samples, channels, photometric } = testImage(given);
	const data = new Uint8Array(3 * widthPx * heightPx);
	for (let i = 0; i < data.length; i++) {
		const value = samples[Math.floor(i / 3) * channels + (channels < 3 ? 0 : i % 3)]!;
		data[i] = photometric === 0 ? 255 - value : value;
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}
