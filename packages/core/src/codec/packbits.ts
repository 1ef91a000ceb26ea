import { FormatError } from '../errors.ts';

/**
 * Undoes PackBits (TIFF 6.0 section 9).
 * @param length Bytes expected; decoding stops there.
 * @throws {FormatError} `truncated` when the data gives fewer.
 */
export function decodePackBits(bytes: Uint8Array, length: number): Uint8Array {
	const output = new Uint8Array(length);
	let from = 0;
	let at = 0;
	while (at < length) {
		const head = bytes[from++];
		if (head === 128) continue; // no operation
		if (head === undefined) throw truncated(at, length);
		if (head < 128) {
			const run = bytes.subarray(from, from + head + 1);
			if (run.length <= head) throw truncated(at, length);
			output.set(run.subarray(0, length - at), at);
			from += run.length;
			at += run.length;
		} else {
			const value = bytes[from++];
			if (value === undefined) throw truncated(at, length);
			output.fill(value, at, at + 257 - head);
			at += 257 - head;
		}
	}
	return output;
}

function truncated(got: number, length: number): FormatError {
	return new FormatError('PackBits data', 'truncated', `The PackBits data ends after ${got} of ${length} bytes.`);
}
