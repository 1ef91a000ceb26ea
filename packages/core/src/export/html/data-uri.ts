/**
 * Bytes inside a page.
 * @module
 */

/** Bytes turned into characters at a time: engines limit the number of arguments of a call. */
const CHUNK = 0x8000;

/** Base64 (RFC 4648 §4). */
export function base64(bytes: Uint8Array): string {
	let binary = '';
	for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
	return btoa(binary);
}

/** A JPEG or PNG file as a `data:` address. */
export function imageUri(file: Uint8Array): string {
	const type = file[0] === 0x89 ? 'image/png' : 'image/jpeg';
	return `data:${type};base64,${base64(file)}`;
}
