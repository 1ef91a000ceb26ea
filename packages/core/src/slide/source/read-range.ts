/**
 * What all byte sources and their readers share: checked ranges, and bytes that stay.
 * @module
 */
import { FormatError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';

/**
 * Refuses ranges outside the source.
 * @throws {FormatError} `truncated` when the range passes the end, or is no range at all (a corrupt offset).
 */
export function checkRange(source: Pick<ByteSource, 'name' | 'size'>, offset: number, length: number): void {
	if (Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0) {
		if (offset + length <= source.size) return;
	}
	throw new FormatError(
		'file',
		'truncated',
		`${source.name} ends at byte ${source.size}, but ${length} bytes at ${offset} are needed: the file is cut short or its directory is corrupt.`,
	);
}

/**
 * Bytes that stay valid after the next read, which those of `ByteSource.read` may not: for headers and other reads that
 * are followed by an `await`.
 */
export async function readBytes(
	source: ByteSource,
	offset: number,
	length: number,
	signal?: AbortSignal,
): Promise<Uint8Array> {
	const answer = source.read(offset, length, signal ? { signal } : {});
	// Copied in the same turn when it came at once: another reader may run during the await.
	return answer instanceof Uint8Array ? answer.slice() : (await answer).slice();
}
