/**
 * Small encoders for test files: what scanners and image libraries write, in the simplest form that is legal.
 * @module
 */

/** PackBits (TIFF 6.0 §9): runs of at least three as repeats, everything else as literals. */
export function encodePackBits(bytes: Uint8Array): Uint8Array {
	const out: number[] = [];
	for (let i = 0; i < bytes.length; ) {
		let run = 1;
		while (run < 128 && bytes[i + run] === bytes[i]) run++;
		if (run >= 3) {
			out.push(257 - run, bytes[i]!);
			i += run;
			continue;
		}
		let end = i + 1;
		while (end < bytes.length && end - i < 128 && !(bytes[end] === bytes[end + 1] && bytes[end] === bytes[end + 2]))
			end++;
		out.push(end - i - 1, ...bytes.subarray(i, end));
		i = end;
	}
	return Uint8Array.from(out);
}

/** TIFF's LZW (TIFF 6.0 §13): most significant bit first, width switched one code early. */
export function encodeLzw(bytes: Uint8Array): Uint8Array {
	const out: number[] = [];
	let held = 0;
	let bits = 0;
	let table = new Map<string, number>();
	let width = 9;
	let next = 258;
	const put = (code: number): void => {
		held = (held << width) | code;
		bits += width;
		while (bits >= 8) {
			out.push((held >> (bits - 8)) & 255);
			bits -= 8;
		}
		held &= (1 << bits) - 1;
	};
	const codeOf = (text: string): number => (text.length === 1 ? text.charCodeAt(0) : table.get(text)!);
	put(256);
	let prefix = '';
	for (const byte of bytes) {
		const longer = prefix + String.fromCharCode(byte);
		if (longer.length === 1 || table.has(longer)) {
			prefix = longer;
			continue;
		}
		put(codeOf(prefix));
		table.set(longer, next++);
		if (next === 512 || next === 1024 || next === 2048) width++;
		if (next === 4095) {
			put(256);
			table = new Map();
			width = 9;
			next = 258;
		}
		prefix = String.fromCharCode(byte);
	}
	if (prefix !== '') {
		put(codeOf(prefix));
		next++;
		if (next === 512 || next === 1024 || next === 2048) width++;
	}
	put(257);
	if (bits > 0) out.push((held << (8 - bits)) & 255);
	return Uint8Array.from(out);
}

/** Horizontal differencing of 8- or 16-bit samples (TIFF 6.0 §14); the inverse of what a reader does. */
export function difference(
	bytes: Uint8Array,
	samplesPerRow: number,
	channels: number,
	bits: number,
	little: boolean,
): Uint8Array {
	const out = bytes.slice();
	const view = new DataView(out.buffer);
	const rowBytes = (samplesPerRow * bits) / 8;
	for (let row = 0; row < out.length; row += rowBytes) {
		for (let i = samplesPerRow - 1; i >= channels; i--) {
			if (bits === 8) out[row + i] = out[row + i]! - out[row + i - channels]!;
			else {
				const at = row + 2 * i;
				view.setUint16(at, view.getUint16(at, little) - view.getUint16(at - 2 * channels, little), little);
			}
		}
	}
	return out;
}
