/**
 * Size and resolution of PNG and JPEG pictures, from their first bytes.
 * @module
 */
import { jpegHeader } from '../../codec/jpeg/jpeg-header.ts';
import { FormatError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { readBytes } from '../source/read-range.ts';

/** What a picture says of itself. */
export interface PictureHeader {
	readonly widthPx: number;
	readonly heightPx: number;
	/** Micrometres per pixel by its resolution field; undefined without one. Usually junk: screens' dots per inch. */
	readonly mpp: { readonly x: number; readonly y: number } | undefined;
}

/** First bytes read; metadata of most pictures ends before. */
const headBytes = 65_536;

/** PNG signature (ISO/IEC 15948 §5.2). */
export function isPng(head: Uint8Array): boolean {
	return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, i) => head[i] === byte);
}

/** JPEG start-of-image marker, followed by another marker. */
export function isJpeg(head: Uint8Array): boolean {
	return head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff;
}

/** Reads the header of a PNG: the IHDR chunk, and pHYs when it comes early (ISO/IEC 15948 §11). */
export async function readPngHeader(source: ByteSource, signal?: AbortSignal): Promise<PictureHeader> {
	const bytes = await readBytes(source, 0, Math.min(headBytes, source.size), signal);
	const view = new DataView(bytes.buffer);
	if (bytes.length < 33 || chunkName(bytes, 8) !== 'IHDR') {
		throw new FormatError('PNG picture', 'truncated', `${source.name}: the PNG header is cut short.`);
	}
	let mpp: PictureHeader['mpp'];
	for (let at = 8; at + 21 <= bytes.length; at += 12 + view.getUint32(at)) {
		const name = chunkName(bytes, at);
		if (name === 'IDAT') break;
		if (name !== 'pHYs' || bytes[at + 16] !== 1) continue;
		mpp = { x: 1e6 / view.getUint32(at + 8), y: 1e6 / view.getUint32(at + 12) };
	}
	return { widthPx: view.getUint32(16), heightPx: view.getUint32(20), mpp };
}

function chunkName(bytes: Uint8Array, at: number): string {
	return String.fromCharCode(...bytes.subarray(at + 4, at + 8));
}

/** Reads the header of a JPEG; more of the file when long metadata stand before the frame header. */
export async function readJpegHeader(source: ByteSource, signal?: AbortSignal): Promise<PictureHeader> {
	for (let length = headBytes; ; length *= 16) {
		const bytes = await readBytes(source, 0, Math.min(length, source.size), signal);
		try {
			const { widthPx, heightPx } = jpegHeader(bytes);
			return { widthPx, heightPx, mpp: jfifMpp(bytes) };
		} catch (error) {
			if (!(error instanceof FormatError) || error.reason !== 'truncated' || length >= source.size) throw error;
		}
	}
}

/** Pixel density of a JFIF segment (ITU-T T.871 §10.1): dots per inch (1) or centimetre (2). */
function jfifMpp(bytes: Uint8Array): PictureHeader['mpp'] {
	if (bytes[3] !== 0xe0 || String.fromCharCode(...bytes.subarray(6, 10)) !== 'JFIF') return undefined;
	const view = new DataView(bytes.buffer);
	const unitUm = { 1: 25_400, 2: 10_000 }[bytes[13] ?? 0];
	return unitUm === undefined ? undefined : { x: unitUm / view.getUint16(14), y: unitUm / view.getUint16(16) };
}
