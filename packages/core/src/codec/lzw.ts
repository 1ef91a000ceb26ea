import { FormatError } from '../errors.ts';

const clear = 256;
const end = 257;
const firstFree = 258;
const tableSize = 4096;

/**
 * Undoes TIFF's LZW (TIFF 6.0 section 13): codes from the most significant bit, 9 to 12 bits, width switched one code
 * early. The older flavour (libtiff's "old-style", least significant bit first) is told apart and refused.
 * @param length Bytes expected; decoding stops there.
 * @throws {FormatError} `truncated` when the data gives fewer, `corrupt` at an impossible code.
 */
export function decodeLzw(bytes: Uint8Array, length: number): Uint8Array {
	if (bytes.length >= 2 && bytes[0] === 0 && (bytes[1]! & 1) === 1) {
		throw new FormatError(
			'LZW data',
			'unsupported',
			'The LZW data is of the pre-1993 flavour, which is not supported.',
		);
	}
	const output = new Uint8Array(length);
	// A string is its last byte and the string before it; `starts` finds strings already written instead of copying them.
	const starts = new Int32Array(tableSize);
	const lengths = new Int32Array(tableSize);
	let next = firstFree;
	let width = 9;
	let hasPrevious = false;
	let previousStart = 0;
	let previousLength = 0;
	let at = 0;
	let buffer = 0;
	let bits = 0;
	let from = 0;
	while (at < length) {
		while (bits < width) {
			if (from >= bytes.length) throw truncated(at, length);
			buffer = ((buffer << 8) | bytes[from++]!) & 0xffffff;
			bits += 8;
		}
		bits -= width;
		const code = (buffer >> bits) & ((1 << width) - 1);
		if (code === end) throw truncated(at, length);
		if (code === clear) {
			next = firstFree;
			width = 9;
			hasPrevious = false;
			continue;
		}
		const start = at;
		if (code < clear) {
			output[at++] = code;
		} else {
			if (!hasPrevious || code > next || code < firstFree || (code === next && next >= tableSize)) {
				throw new FormatError('LZW data', 'corrupt', `The LZW data has the impossible code ${code}.`);
			}
			// The code being defined right now is the previous string and its own first byte, which lies right behind it.
			const source = code === next ? previousStart : starts[code]!;
			const count = Math.min(code === next ? previousLength + 1 : lengths[code]!, length - at);
			for (let i = 0; i < count; i++) output[at++] = output[source + i]!;
		}
		if (hasPrevious && next < tableSize) {
			starts[next] = previousStart;
			lengths[next] = previousLength + 1;
			next++;
			if (next + 1 >= 1 << width && width < 12) width++;
		}
		hasPrevious = true;
		previousStart = start;
		previousLength = at - start;
	}
	return output;
}

function truncated(got: number, length: number): FormatError {
	return new FormatError('LZW data', 'truncated', `The LZW data ends after ${got} of ${length} bytes.`);
}
