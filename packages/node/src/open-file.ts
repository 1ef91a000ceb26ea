/**
 * Opening slides by path.
 * @module
 */
import { createCodecs, type OpenSlideOptions, openSlide, type Slide } from '@parfocal/core';
import { type FileSourceOptions, fileSource } from './file-source.ts';
import { sharpDecoder } from './sharp-decoder.ts';

/** How to open a slide file. */
export interface OpenSlideFileOptions extends OpenSlideOptions, FileSourceOptions {}

/**
 * Opens the slide or picture at a path; a web address works as well. What the library does not decode itself (PNG,
 * progressive JPEG …) goes through sharp, which is loaded when first needed.
 * @throws {ReadError} when the file cannot be read, `FormatError` when it is no slide or a broken one (see `openSlide`).
 * @example
 * ```ts
 * const slide = await openSlideFile('biopsy.svs', { mpp: 0.25 });
 * ```
 */
export async function openSlideFile(path: string, options: OpenSlideFileOptions = {}): Promise<Slide> {
	const { blocking = false, codecs = createCodecs({ fallback: sharpDecoder() }), ...open } = options;
	const isAddress = /^https?:\/\//i.test(path);
	return openSlide(isAddress ? path : await fileSource(path, { blocking }), { ...open, codecs });
}
