import { FormatError } from '../errors.ts';
import type { Pixels, RgbImage } from '../image/pixels.ts';
import { undoDifferencing } from './predictor.ts';
import type { TileLayout } from './tile-codec.ts';

const required = { grey: 1, 'white-is-zero': 1, palette: 1, rgb: 3, ycbcr: 3 } as const;

/**
 * Bytes that a tile's samples take, whatever they are compressed with.
 * @throws {FormatError} `unsupported` for samples other than 8 or 16 bits and for YCbCr, `too-large` above 1.2 GB.
 */
export function sampleBytes(layout: TileLayout): number {
	const { colour, bitsPerSample, samplesPerPixel, widthPx, heightPx } = layout;
	const refuse = (words: string): never => {
		throw new FormatError('tile', 'unsupported', `Tiles with ${words} are not supported.`);
	};
	if (bitsPerSample !== 8 && bitsPerSample !== 16) refuse(`${bitsPerSample} bits a sample`);
	if (colour === 'ycbcr') refuse('YCbCr samples that are not JPEG');
	if (samplesPerPixel < required[colour]) refuse(`${samplesPerPixel} samples a pixel for ${colour}`);
	if (colour === 'palette' && (bitsPerSample !== 8 || layout.palette?.length !== 768)) refuse('an incomplete palette');
	const bytes = (widthPx * heightPx * samplesPerPixel * bitsPerSample) / 8;
	if (!(bytes <= 1_200_000_000)) {
		throw new FormatError('tile', 'too-large', `A tile of ${widthPx} x ${heightPx} px would take more than 1.2 GB.`);
	}
	return bytes;
}

/** Pixels of a tile's samples. The predictor is undone in place; grey answers a view of `samples` where it can. */
export function samplesToPixels(samples: Uint8Array, layout: TileLayout): Pixels {
	const { widthPx, heightPx, samplesPerPixel, colour } = layout;
	const bitsPerSample = layout.bitsPerSample === 16 ? 16 : 8;
	const littleEndian = layout.littleEndian ?? true;
	if (layout.predictor === 'horizontal') {
		undoDifferencing(samples, widthPx * samplesPerPixel, samplesPerPixel, bitsPerSample, littleEndian);
	}
	const bytes = bitsPerSample === 16 ? upperBytes(samples, littleEndian) : samples;
	if (colour === 'rgb') return { layout: 'rgb', widthPx, heightPx, data: channels(bytes, samplesPerPixel, 3) };
	const data = channels(bytes, samplesPerPixel, 1);
	if (colour === 'palette') return paletteToRgb(data, layout);
	const grey = colour === 'white-is-zero' ? data.map((level) => 255 - level) : data;
	const plane = { data: grey, widthPx, heightPx, strideBytes: widthPx };
	return { layout: 'planes', colour: 'grey', widthPx, heightPx, planes: [plane] };
}

function upperBytes(samples: Uint8Array, littleEndian: boolean): Uint8Array {
	const upper = new Uint8Array(samples.length / 2);
	for (let i = 0, from = littleEndian ? 1 : 0; i < upper.length; i++, from += 2) upper[i] = samples[from]!;
	return upper;
}

/** The first `kept` of `stored` interleaved channels. */
function channels(bytes: Uint8Array, stored: number, kept: number): Uint8Array {
	if (stored === kept) return bytes;
	const data = new Uint8Array((bytes.length / stored) * kept);
	for (let from = 0, to = 0; to < data.length; from += stored) {
		for (let c = 0; c < kept; c++) data[to++] = bytes[from + c]!;
	}
	return data;
}

function paletteToRgb(indices: Uint8Array, { widthPx, heightPx, palette }: TileLayout): RgbImage {
	const data = new Uint8Array(3 * indices.length);
	for (let i = 0; i < indices.length; i++) {
		for (let c = 0; c < 3; c++) data[3 * i + c] = palette![256 * c + indices[i]!]!;
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}
