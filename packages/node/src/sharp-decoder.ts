import { FormatError, type FormatFailure, type PictureDecoder, pictureKindOf, type RgbImage } from '@parfocal/core';

/** Pixels of one picture at most: 1.2 GB of RGB, as for the library's own decoders. */
const MAX_PIXELS = 400_000_000;

/**
 * The `sharp` library as picture decoder for `createCodecs`: progressive and CMYK JPEG, PNG, WebP. Loaded when first used.
 * Colours are as stored, 16-bit samples lose their lower byte, transparent pixels become white.
 * @throws {FormatError} from the decoder, for bytes that are no such picture, broken, or above 400 megapixels.
 * @example
 * ```ts
 * const codecs = createCodecs({ fallback: sharpDecoder() });
 * ```
 */
export function sharpDecoder(): PictureDecoder {
	return async (bytes, kind): Promise<RgbImage> => {
		if (pictureKindOf(bytes) !== kind) {
			throw new FormatError(`${kind} picture`, 'unrecognised', `The picture does not start like a ${kind} file.`);
		}
		const { default: sharp } = await import('sharp');
		try {
			const { data, info } = await sharp(bytes, { failOn: 'error', limitInputPixels: MAX_PIXELS })
				.flatten({ background: 'white' })
				.toColourspace('srgb')
				.raw()
				.toBuffer({ resolveWithObject: true });
			return asRgb(new Uint8Array(data.buffer, data.byteOffset, data.length), info.width, info.height, info.channels);
		} catch (cause) {
			const [reason, words] = explain(cause instanceof Error ? cause.message : String(cause));
			throw new FormatError(`${kind} picture`, reason, `The ${kind} picture ${words}.`, { cause });
		}
	};
}

function asRgb(data: Uint8Array, widthPx: number, heightPx: number, channels: number): RgbImage {
	if (channels === 3) return { layout: 'rgb', widthPx, heightPx, data };
	const rgb = new Uint8Array(3 * widthPx * heightPx);
	for (let i = 0, from = 0; i < rgb.length; i += 3, from += channels) rgb.fill(data[from]!, i, i + 3);
	return { layout: 'rgb', widthPx, heightPx, data: rgb };
}

/** What the messages of sharp and libvips amount to. */
function explain(message: string): [FormatFailure, string] {
	if (/pixel limit/i.test(message)) return ['too-large', 'has more than 400 megapixels'];
	if (/premature|truncated|end of (input|stream|file)|not enough/i.test(message))
		return ['truncated', 'ends too early'];
	if (/unsupported|precision/i.test(message)) return ['unsupported', 'is of a kind that sharp cannot decode'];
	return ['corrupt', `cannot be decoded (${message.trim().split('\n', 1)[0]})`];
}
