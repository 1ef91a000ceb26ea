/**
 * A TIFF in memory, for small files: maps, test slides.
 * @module
 */
import type { TiffSink } from './tiff-writer.ts';

/** A sink that keeps what is written. */
export interface MemorySink extends TiffSink {
	/** Everything written so far, gaps as zeros. */
	bytes(): Uint8Array;
}

/** Makes an empty growing buffer to write a TIFF to. */
export function memorySink(): MemorySink {
	let buffer = new Uint8Array(65_536);
	let used = 0;
	return {
		write(bytes, position) {
			const end = position + bytes.length;
			if (end > buffer.length) {
				const larger = new Uint8Array(Math.max(end, buffer.length * 2));
				larger.set(buffer.subarray(0, used));
				buffer = larger;
			}
			buffer.set(bytes, position);
			used = Math.max(used, end);
		},
		bytes: () => buffer.slice(0, used),
	};
}
