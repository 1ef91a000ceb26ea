/**
 * Bytes inside a page.
 * @module
 */

const ALPHABET = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PADDING = 61;

/** Base64 (RFC 4648 §4). A loop of its own: `btoa` wants a string, and making one of a megabyte takes ten times as long. */
export function base64(bytes: Uint8Array): string {
	const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING);
	let to = 0;
	for (let at = 0; at < bytes.length; at += 3) {
		const left = bytes.length - at;
		const bits = (bytes[at]! << 16) | (left > 1 ? bytes[at + 1]! << 8 : 0) | (left > 2 ? bytes[at + 2]! : 0);
		text[to] = ALPHABET[bits >> 18]!;
		text[to + 1] = ALPHABET[(bits >> 12) & 63]!;
		if (left > 1) text[to + 2] = ALPHABET[(bits >> 6) & 63]!;
		if (left > 2) text[to + 3] = ALPHABET[bits & 63]!;
		to += 4;
	}
	return new TextDecoder().decode(text);
}

/** A JPEG or PNG file as a `data:` address. */
export function imageUri(file: Uint8Array): string {
	const type = file[0] === 0x89 ? 'image/png' : 'image/jpeg';
	return `data:${type};base64,${base64(file)}`;
}
