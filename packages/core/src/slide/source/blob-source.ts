/**
 * A `Blob` or `File` (what a page gets from a file picker or a drop) as a source.
 * @module
 */
import { ReadError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { checkRange } from './read-range.ts';

/**
 * A source over a `Blob`; only the ranges asked for are read, so a file of many gigabytes never enters memory.
 * Its reads throw a `ReadError` with reason `vanished` when the file was changed, moved or deleted after it was chosen.
 */
export function blobSource(blob: Blob, name: string = fileName(blob)): ByteSource {
	const source: ByteSource = {
		name,
		size: blob.size,
		async read(offset, length, options) {
			options?.signal?.throwIfAborted();
			checkRange(source, offset, length);
			let bytes: Uint8Array;
			try {
				bytes = new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
			} catch (cause) {
				throw vanished(name, cause);
			}
			options?.signal?.throwIfAborted();
			if (bytes.length !== length) throw vanished(name);
			return bytes;
		},
	};
	return source;
}

function fileName(blob: Blob): string {
	return 'name' in blob && typeof blob.name === 'string' ? blob.name : 'blob';
}

function vanished(name: string, cause?: unknown): ReadError {
	const message = `${name} could not be read any more: it was changed, moved or deleted after it was chosen. Choose it again.`;
	return new ReadError(name, 'vanished', message, { cause });
}
