/**
 * What a file that is no slide looks like, in words.
 * @module
 */
import { FormatError } from '../errors.ts';

/** Known beginnings: bytes as text (Latin-1), where, what it is, and whether it is a slide format that is not read yet. */
const beginnings: readonly (readonly [text: string, at: number, what: string, isSlide: boolean])[] = [
	['DICM', 128, 'DICOM', true],
	['ZISRAWFILE', 0, 'Zeiss CZI', true],
	['\x89HDF', 0, 'HDF5', true],
	['\0\0\0\x0cjP  ', 0, 'JPEG 2000 (JP2)', true],
	['\xff\x4f\xff\x51', 0, 'JPEG 2000 codestream', true],
	['SQLite format 3', 0, 'SQLite (3DHISTECH or Sakura)', true],
	['PK', 0, 'ZIP archive (unpack it first)', false],
	['\x1f\x8b', 0, 'gzip archive (unpack it first)', false],
	['7z\xbc\xaf', 0, '7-Zip archive (unpack it first)', false],
	['Rar!', 0, 'RAR archive (unpack it first)', false],
	['%PDF', 0, 'PDF document', false],
	['GIF8', 0, 'GIF picture', false],
	['BM', 0, 'BMP picture', false],
	['WEBP', 8, 'WebP picture', false],
];

/** Files that start like a picture but are the front page of a folder of data. */
const frontPages: Readonly<Record<string, string>> = { mrxs: 'MIRAX (3DHISTECH)', vsi: 'Olympus VSI' };

/**
 * Refuses files whose name says that their pixels are elsewhere: a `.mrxs` is a JPEG preview, a `.vsi` a small TIFF.
 * @throws {FormatError} `unsupported`.
 */
export function refuseFrontPages(name: string): void {
	const what = frontPages[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
	if (what !== undefined) throw unsupported(name, what);
}

/** The error for a file of no format that is read, saying what its first bytes look like. */
export function unrecognised(name: string, head: Uint8Array): FormatError {
	const text = String.fromCharCode(...head);
	const known = beginnings.find(([start, at]) => text.startsWith(start, at));
	if (known?.[3]) return unsupported(name, known[2]);
	const what = known?.[2] ?? guess(head, text);
	const message = `${name} is not a slide or picture that can be read: it looks like ${what}. Read are TIFF (Aperio SVS, OME-TIFF, pyramids), PNG and JPEG.`;
	return new FormatError('slide', 'unrecognised', message);
}

function unsupported(name: string, what: string): FormatError {
	const message = `${name} is ${what}, which is not read yet. Convert it to pyramidal TIFF or OME-TIFF first.`;
	return new FormatError('slide', 'unsupported', message);
}

function guess(head: Uint8Array, text: string): string {
	const start = text.trimStart().slice(0, 64).toLowerCase();
	if (start.startsWith('<!doctype html') || start.startsWith('<html')) {
		return 'a web page (an error page saved in place of the slide?)';
	}
	if (start.startsWith('<?xml') || start.startsWith('<')) return 'XML';
	if (start.startsWith('{') || start.startsWith('[')) return 'JSON or a settings file';
	if (head.every((byte) => byte === 0)) return 'nothing but zeros (an unfinished copy or download?)';
	if (head.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13))) return 'text';
	return `data of an unknown kind (first bytes ${Array.from(head.subarray(0, 8), hex).join(' ')})`;
}

function hex(byte: number): string {
	return byte.toString(16).padStart(2, '0');
}
