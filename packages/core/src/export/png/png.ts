/**
 * Writing PNG (W3C PNG, third edition): 8-bit RGB, no dependency, the same in Node and the browser.
 * @module
 */
import type { RgbImage } from '../../image/pixels.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const COLOUR_TYPE_RGB = 2;
/** Filter "Up" (§9.2): maps are made of equal rows, so most bytes become zero. */
const FILTER_UP = 2;

/** What is written beside the pixels. */
export interface PngOptions {
	/** `tEXt` entries (§11.3.3), Latin-1 after replacing what does not fit. */
	readonly text?: Readonly<Record<string, string>>;
	/** Makes a zlib stream (RFC 1950) of the rows; the platform's `CompressionStream` when not given. */
	readonly deflate?: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
}

/** The image as a PNG file. */
export async function encodePng(image: RgbImage, options: PngOptions = {}): Promise<Uint8Array> {
	const { text = {}, deflate = compress } = options;
	const header = new Uint8Array(13);
	const view = new DataView(header.buffer);
	view.setUint32(0, image.widthPx);
	view.setUint32(4, image.heightPx);
	header[8] = 8;
	header[9] = COLOUR_TYPE_RGB;
	const texts = Object.entries(text).map(([key, value]) => chunk('tEXt', latin1(`${key}\0${value}`)));
	return concat([
		new Uint8Array(SIGNATURE),
		chunk('IHDR', header),
		...texts,
		chunk('IDAT', await deflate(filterUp(image))),
		chunk('IEND', new Uint8Array(0)),
	]);
}

function filterUp({ data, widthPx, heightPx }: RgbImage): Uint8Array<ArrayBuffer> {
	const stride = widthPx * 3;
	const filtered = new Uint8Array(heightPx * (stride + 1));
	for (let y = 0; y < heightPx; y++) {
		const to = y * (stride + 1);
		const from = y * stride;
		filtered[to] = FILTER_UP;
		if (y === 0) filtered.set(data.subarray(0, stride), 1);
		else for (let x = 0; x < stride; x++) filtered[to + 1 + x] = data[from + x]! - data[from + x - stride]!;
	}
	return filtered;
}

/** zlib stream (RFC 1950), which `CompressionStream` calls `deflate`. */
async function compress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
	const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
	return new Uint8Array(await new Response(compressed).arrayBuffer());
}

function chunk(type: string, data: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(data.length + 12);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, data.length);
	bytes.set(latin1(type), 4);
	bytes.set(data, 8);
	view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
	return bytes;
}

function latin1(text: string): Uint8Array {
	return Uint8Array.from(text, (character) => {
		const code = character.codePointAt(0)!;
		return code < 256 ? code : 0x3f;
	});
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
	return value;
});

/** CRC-32 as PNG uses it (annex D, "Sample CRC implementation"). */
export function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
	return (crc ^ 0xffffffff) >>> 0;
}
