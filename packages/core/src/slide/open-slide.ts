/**
 * Opening a slide from wherever its bytes are.
 * @module
 */
import { browserDecoder } from '../codec/browser-decoder.ts';
import { type Codecs, createCodecs } from '../codec/codecs.ts';
import { ArgumentError, FormatError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';
import { checkUserMpp, type UserMpp } from './mpp.ts';
import { jpegFormat, pngFormat } from './picture/picture-format.ts';
import type { Slide } from './slide.ts';
import type { SlideFormat } from './slide-format.ts';
import { blobSource } from './source/blob-source.ts';
import { withBlockCache } from './source/block-cache.ts';
import { bufferSource } from './source/buffer-source.ts';
import { httpSource } from './source/http-source.ts';
import { pathSource } from './source/path-source.ts';
import { readBytes } from './source/read-range.ts';
import { tiffFormat } from './tiff/tiff-format.ts';
import { refuseFrontPages, unrecognised } from './unrecognised.ts';

/**
 * Where a slide may come from. Strings are web addresses or, in Node, paths; `openSlideFile` of `@parfocal/node` reads
 * files faster and knows more kinds of picture.
 */
export type SlideInput = ByteSource | Blob | Uint8Array | URL | string;

/** How to open a slide. */
export interface OpenSlideOptions {
	/** Micrometres per pixel of level 0, instead of what the header says: one number, or one an axis. */
	readonly mpp?: UserMpp;
	/** Cancels opening; for addresses also every later read. */
	readonly signal?: AbortSignal;
	/** Decoders; default `createCodecs()`, in browsers with `browserDecoder()` for PNG and unusual kinds of JPEG. */
	readonly codecs?: Codecs;
	/** Formats to try, in order; default all. */
	readonly formats?: readonly SlideFormat[];
	/** What to fetch addresses with. */
	readonly fetch?: typeof globalThis.fetch;
}

/** All formats that are read. */
export const slideFormats: readonly SlideFormat[] = [tiffFormat, pngFormat, jpegFormat];

/** Longest beginning a format needs to be recognised by (DICOM's mark is at 128). */
const headBytes = 512;
/** For addresses: few requests, 32 MiB of memory at most. A block holds some dozens of tiles. */
const httpBlocks = { blockBytes: 262_144, blocks: 128 } as const;

/**
 * Opens a slide: reads its header, decodes nothing. The slide owns the source: `slide.close()` closes it, and so does a
 * failure to open.
 * @throws {FormatError} when the bytes are no slide, or one that is broken or not read.
 * @throws {ReadError} when the bytes cannot be had.
 * @throws {ArgumentError} for a pixel size outside 0.05 to 20 µm, or an input that is none of `SlideInput`.
 * @example
 * ```ts
 * const slide = await openSlide(fileInput.files[0], { mpp: 0.25 });
 * const region = await slide.readRegion(0, { x: 0, y: 0, widthPx: 512, heightPx: 512 });
 * await slide.close();
 * ```
 */
export async function openSlide(input: SlideInput, options: OpenSlideOptions = {}): Promise<Slide> {
	const { signal, codecs = defaultCodecs(), formats = slideFormats } = options;
	const mpp = options.mpp === undefined ? undefined : checkUserMpp(options.mpp);
	signal?.throwIfAborted();
	const source = await sourceOf(input, options);
	try {
		if (source.size === 0) {
			throw new FormatError('file', 'truncated', `${source.name} is empty (0 bytes). Copy it again.`);
		}
		refuseFrontPages(source.name);
		const head = await readBytes(source, 0, Math.min(headBytes, source.size), signal);
		const format = formats.find((candidate) => candidate.canRead(head));
		if (format === undefined) throw unrecognised(source.name, head);
		return await format.open(source, { codecs, mpp, signal });
	} catch (error) {
		await source.close?.();
		throw error;
	}
}

function defaultCodecs(): Codecs {
	const isBrowser = 'createImageBitmap' in globalThis && 'OffscreenCanvas' in globalThis;
	return createCodecs(isBrowser ? { fallback: browserDecoder() } : {});
}

async function sourceOf(input: SlideInput, { signal, fetch }: OpenSlideOptions): Promise<ByteSource> {
	if (input instanceof Uint8Array) return bufferSource(input);
	if (input instanceof Blob) return blobSource(input);
	if (input instanceof URL || typeof input === 'string') {
		const address = URL.canParse(String(input)) ? new URL(input) : undefined;
		if (address?.protocol === 'http:' || address?.protocol === 'https:') {
			const options = { ...(signal && { signal }), ...(fetch && { fetch }) };
			return withBlockCache(await httpSource(address, options), httpBlocks);
		}
		if (address?.protocol === 'file:') return pathSource(address);
		if (typeof input === 'string' && !/^[a-z][a-z\d+.-]+:\/\//i.test(input)) return pathSource(input);
		throw new ArgumentError('input', `"${input}" is no web address that can be read: only http and https are.`);
	}
	if (typeof input?.read === 'function' && typeof input.size === 'number') return input;
	throw new ArgumentError(
		'input',
		'A slide is opened from bytes, a Blob or File, a path, a web address, or a ByteSource.',
	);
}
