/**
 * Bytes already in memory as a source.
 * @module
 */
import type { ByteSource } from '../byte-source.ts';
import { checkRange } from './read-range.ts';

/**
 * A source over bytes in memory; answers at once with views of them.
 * @example
 * ```ts
 * const slide = await openSlide(bufferSource(bytes, 'biopsy.svs'));
 * ```
 */
export function bufferSource(bytes: Uint8Array, name = 'buffer'): ByteSource {
	const source: ByteSource = {
		name,
		size: bytes.length,
		read(offset, length, options) {
			options?.signal?.throwIfAborted();
			checkRange(source, offset, length);
			return bytes.subarray(offset, offset + length);
		},
	};
	return source;
}
