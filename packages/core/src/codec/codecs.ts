import { FormatError } from '../errors.ts';
import { greyImage, lumaPlane } from '../image/luma-plane.ts';
import type { Pixels, RgbImage } from '../image/pixels.ts';
import { decodeDeflate } from './deflate.ts';
import { decodeJpegTile, fitTile } from './jpeg/jpeg-tile.ts';
import { standaloneJpeg } from './jpeg/splice.ts';
import { decodeLzw } from './lzw.ts';
import { decodePackBits } from './packbits.ts';
import { sampleBytes, samplesToPixels } from './samples.ts';
import type { TileDecoder, TileLayout, TileRequest } from './tile-codec.ts';

/** Kinds of picture a fallback decoder may be asked for. */
export type PictureKind = 'jpeg' | 'png' | 'webp';

/**
 * Decodes whole pictures that this library leaves to its host: progressive, 12-bit and CMYK JPEG, PNG, WebP.
 * `sharp` in Node (`sharpDecoder` of `@parfocal/node`), the browser's own decoder there (`browserDecoder`).
 * @throws {FormatError} for bytes it cannot decode.
 */
export type PictureDecoder = (bytes: Uint8Array, kind: PictureKind) => Promise<RgbImage>;

/** The codecs of one reader. */
export interface Codecs {
	/** True when `decode` knows the compression (for PNG and WebP: when there is a fallback decoder). */
	supports(compression: string): boolean;
	/**
	 * One tile's pixels. Answers at once for JPEG, LZW, PackBits and uncompressed tiles. The bytes may be overwritten as
	 * soon as the call has returned, even when the answer is a promise.
	 * @param compression `jpeg`, `jpeg2000`, `lzw`, `deflate`, `packbits`, `uncompressed`, `png` or `webp`.
	 * @throws {FormatError} when the bytes are truncated, corrupt, unsupported or too large.
	 */
	decode(compression: string, bytes: Uint8Array, layout: TileLayout, request?: TileRequest): Pixels | Promise<Pixels>;
}

/**
 * The codecs, with an optional decoder for what they do not know themselves.
 * @example
 * ```ts
 * const codecs = createCodecs({ fallback: sharpDecoder() });
 * const pixels = await codecs.decode('jpeg', bytes, layout, { planes: 'luma' });
 * ```
 */
export function createCodecs(options: { readonly fallback?: PictureDecoder | undefined } = {}): Codecs {
	const { fallback } = options;
	const decoders: Readonly<Record<string, TileDecoder>> = {
		...sampleCodecs,
		jpeg: fallback ? jpegOr(fallback) : decodeJpegTile,
		jpeg2000: later(async (bytes, layout) => {
			const { decodeJpeg2000Tile } = await import('./jpeg2000/jpeg2000-tile.ts');
			return decodeJpeg2000Tile(bytes, layout);
		}),
		...(fallback ? { png: picture(fallback, 'png'), webp: picture(fallback, 'webp') } : {}),
	};
	return {
		supports: (compression) => Object.hasOwn(decoders, compression),
		decode(compression, bytes, layout, request = {}) {
			const decoder = Object.hasOwn(decoders, compression) ? decoders[compression] : undefined;
			if (!decoder) {
				throw new FormatError('tile', 'unsupported', `Tiles compressed with ${compression} are not supported.`);
			}
			const pixels = decoder(bytes, layout, request);
			if (request.planes !== 'luma') return pixels;
			return pixels instanceof Promise ? pixels.then(brightness) : brightness(pixels);
		},
	};
}

function brightness(pixels: Pixels): Pixels {
	return pixels.layout === 'planes' && pixels.colour === 'grey' ? pixels : greyImage(lumaPlane(pixels));
}

/** Codecs that compress plain samples. */
const sampleCodecs: Readonly<Record<string, TileDecoder>> = {
	uncompressed(bytes, layout) {
		const length = sampleBytes(layout);
		if (bytes.length < length) {
			throw new FormatError('tile', 'truncated', `The tile has ${bytes.length} of ${length} bytes.`);
		}
		// A copy: the predictor works in place, and the caller's bytes may be a buffer that its next read overwrites.
		return samplesToPixels(new Uint8Array(bytes.subarray(0, length)), layout);
	},
	lzw: (bytes, layout) => samplesToPixels(decodeLzw(bytes, sampleBytes(layout)), layout),
	packbits: (bytes, layout) => samplesToPixels(decodePackBits(bytes, sampleBytes(layout)), layout),
	deflate: later(async (bytes, layout) => samplesToPixels(await decodeDeflate(bytes, sampleBytes(layout)), layout)),
};

/** A decoder that goes on after an await works on a copy: the caller's bytes may be overwritten by then. */
function later(decoder: (bytes: Uint8Array, layout: TileLayout) => Promise<Pixels>): TileDecoder {
	// Not slice(): that of a Node Buffer does not copy.
	return (bytes, layout) => decoder(new Uint8Array(bytes), layout);
}

/** Our own JPEG decoder, and the fallback for the kinds of JPEG it leaves to others. */
function jpegOr(fallback: PictureDecoder): TileDecoder {
	return (bytes, layout, request) => {
		try {
			return decodeJpegTile(bytes, layout, request);
		} catch (error) {
			if (!(error instanceof FormatError) || error.reason !== 'unsupported') throw error;
			const standalone = standaloneJpeg(bytes, layout.jpegTables, layout.colour);
			return fallback(standalone, 'jpeg').then((image) => fitTile(image, layout, 'JPEG'));
		}
	};
}

function picture(fallback: PictureDecoder, kind: PictureKind): TileDecoder {
	return later(async (bytes, layout) => fitTile(await fallback(bytes, kind), layout, kind.toUpperCase()));
}
