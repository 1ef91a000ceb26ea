/**
 * What a slide format is: a name, a test of the first bytes, and how to open it.
 * @module
 */
import type { Codecs } from '../codec/codecs.ts';
import type { ByteSource } from './byte-source.ts';
import type { Mpp, Slide } from './slide.ts';

/** What a format is given to open a slide with. */
export interface OpenContext {
	readonly codecs: Codecs;
	/** Pixel size given by the user, checked. */
	readonly mpp: Mpp | undefined;
	readonly signal: AbortSignal | undefined;
}

/** A container format. Formats are values in a list, so a reader without one does not carry its code. */
export interface SlideFormat {
	readonly name: string;
	/** True when `head`, the first bytes of the file (up to 512), are of this format. */
	canRead(head: Uint8Array): boolean;
	/** @throws {FormatError} when the file is broken or of a kind that is not read. */
	open(source: ByteSource, context: OpenContext): Promise<Slide>;
}
