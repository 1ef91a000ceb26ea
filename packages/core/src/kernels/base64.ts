/** Bytes of a base64 text (RFC 4648, section 4). */
export function bytesFromBase64(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
