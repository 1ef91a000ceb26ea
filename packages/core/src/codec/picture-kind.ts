import type { PictureKind } from './codecs.ts';

/** What kind of picture the first bytes announce; undefined for none of these. */
export function pictureKindOf(bytes: Uint8Array): PictureKind | undefined {
	const startsWith = (text: string, at = 0): boolean =>
		text.length <= bytes.length - at && [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
	if (startsWith('\xff\xd8\xff')) return 'jpeg';
	if (startsWith('\x89PNG\r\n\x1a\n')) return 'png';
	if (startsWith('RIFF') && startsWith('WEBP', 8)) return 'webp';
	return undefined;
}
