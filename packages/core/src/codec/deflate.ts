import { FormatError } from '../errors.ts';

/**
 * Undoes zlib's deflate (RFC 1950) with the platform's own decompressor. Output past `length` is not produced.
 * @throws {FormatError} `truncated` when the data gives fewer than `length` bytes, `corrupt` when it is no zlib stream.
 */
export async function decodeDeflate(bytes: Uint8Array, length: number): Promise<Uint8Array> {
	const output = new Uint8Array(length);
	const stream = new DecompressionStream('deflate');
	const writer = stream.writable.getWriter();
	// Errors of the writing end surface at the reading end as well; here they only must not go unhandled.
	writer.write(bytes as Uint8Array<ArrayBuffer>).catch(() => {});
	writer.close().catch(() => {});
	const reader = stream.readable.getReader();
	let at = 0;
	try {
		while (at < length) {
			const { done, value } = await reader.read();
			if (done) break;
			output.set(value.subarray(0, length - at), at);
			at += value.length;
		}
	} catch (cause) {
		// Platforms report a stream that stops early as an error too; it has given what it had.
		throw new FormatError('deflate data', 'corrupt', `The deflate data is broken after ${at} of ${length} bytes.`, {
			cause,
		});
	} finally {
		reader.cancel().catch(() => {});
	}
	if (at < length) {
		throw new FormatError('deflate data', 'truncated', `The deflate data ends after ${at} of ${length} bytes.`);
	}
	return output;
}
