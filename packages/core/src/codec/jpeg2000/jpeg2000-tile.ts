import { FormatError } from '../../errors.ts';
import type { Pixels } from '../../image/pixels.ts';
import { ycbcrRowToRgb } from '../../image/to-rgb.ts';
import { fitTile } from '../jpeg/jpeg-tile.ts';
import type { TileLayout } from '../tile-codec.ts';
import { readCodestreamSize } from './codestream.ts';
import { dropOpenJpeg, openJpeg } from './openjpeg.ts';

/**
 * A JPEG 2000 tile through OpenJPEG (loaded when first met). `ycbcr` layouts (TIFF compression 33003) hold YCbCr that the
 * codestream's own colour transform knows nothing of; it is converted here.
 * @throws {FormatError} `unsupported` for components other than one or three plain bytes.
 */
export async function decodeJpeg2000Tile(bytes: Uint8Array, layout: TileLayout): Promise<Pixels> {
	const { componentCount, bitsPerSample, widthPx, heightPx } = readCodestreamSize(bytes);
	if (bitsPerSample !== 8 || (componentCount !== 1 && componentCount !== 3)) {
		const message = 'Only JPEG 2000 with one or three full-size components of 8 bits is supported.';
		throw new FormatError('JPEG 2000 image', 'unsupported', message);
	}
	// The tile's size bounds the decoder's memory: larger images than a tile rounded up to whole blocks are refused.
	if (widthPx > layout.widthPx + 64 || heightPx > layout.heightPx + 64) {
		const message = `The JPEG 2000 image is ${widthPx} x ${heightPx} px, larger than its tile.`;
		throw new FormatError('JPEG 2000 image', 'corrupt', message);
	}
	const samples = await decodeSamples(bytes, widthPx * heightPx * componentCount);
	if (componentCount === 1) {
		const plane = { data: samples, widthPx, heightPx, strideBytes: widthPx };
		return fitTile({ layout: 'planes', colour: 'grey', widthPx, heightPx, planes: [plane] }, layout, 'JPEG 2000');
	}
	if (layout.colour === 'ycbcr') convertInPlace(samples);
	return fitTile({ layout: 'rgb', widthPx, heightPx, data: samples }, layout, 'JPEG 2000');
}

/** Interleaved samples, copied out of the decoder's memory. */
async function decodeSamples(bytes: Uint8Array, length: number): Promise<Uint8Array> {
	const { decoder, complaints } = await openJpeg();
	complaints.length = 0;
	try {
		decoder.getEncodedBuffer(bytes.length).set(bytes);
		decoder.decode();
		const decoded = decoder.getDecodedBuffer();
		if (complaints.length === 0 && decoded.length === length) return new Uint8Array(decoded);
	} catch (cause) {
		if (cause instanceof WebAssembly.RuntimeError) dropOpenJpeg();
		throw broken('corrupt', 'cannot be decoded', cause);
	}
	if (complaints.length === 0) throw broken('corrupt', 'decodes to another size than it states');
	const isShort = complaints.some((text) => /too short|inconsistent with stream length/i.test(text));
	throw broken(isShort ? 'truncated' : 'corrupt', `cannot be decoded: ${complaints[0]}`);
}

function broken(reason: 'truncated' | 'corrupt', words: string, cause?: unknown): FormatError {
	return new FormatError('JPEG 2000 image', reason, `The JPEG 2000 image ${words}.`, { cause });
}

function convertInPlace(samples: Uint8Array): void {
	const pixels = samples.length / 3;
	const channel = (offset: number): Uint8Array =>
		Uint8Array.from({ length: pixels }, (_, i) => samples[3 * i + offset]!);
	ycbcrRowToRgb(channel(0), channel(1), channel(2), samples);
}
