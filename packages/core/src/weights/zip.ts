/**
 * The entries of an uncompressed zip archive, which is what PyTorch writes.
 * Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.14-16, 4.5.3. Only the central directory is believed:
 * PyTorch's local headers carry no sizes.
 * @module
 */
import { FormatError, type FormatFailure } from '../errors.ts';

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MAXIMUM_COMMENT_BYTES = 0xffff;
const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_BYTES = 20;
const END64_SIGNATURE = 0x06064b50;
const END64_BYTES = 56;
const DIRECTORY_SIGNATURE = 0x02014b50;
const DIRECTORY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const ZIP64_EXTRA = 1;
const ABSENT_32 = 0xffffffff;
const ABSENT_16 = 0xffff;
const ENCRYPTED = 1;

/** True when `bytes` start like a zip archive. */
export function looksLikeZip(bytes: Uint8Array): boolean {
	return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/**
 * Views of all entries by name.
 * @throws {FormatError} when the archive is damaged, compressed or encrypted.
 */
export function readZip(bytes: Uint8Array): Map<string, Uint8Array> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const { count, offset } = findDirectory(view);
	if (count > bytes.length / DIRECTORY_BYTES) fail('corrupt', `its directory claims ${count} entries`);
	const entries = new Map<string, Uint8Array>();
	let at = offset;
	for (let i = 0; i < count; i++) {
		const entry = readDirectoryEntry(bytes, view, at);
		if (entries.has(entry.name)) fail('corrupt', `it has two entries named '${entry.name}'`);
		entries.set(entry.name, entryData(bytes, view, entry));
		at = entry.next;
	}
	return entries;
}

/** Number of entries and where the first lies. */
function findDirectory(view: DataView): { count: number; offset: number } {
	const lowest = Math.max(0, view.byteLength - END_BYTES - MAXIMUM_COMMENT_BYTES);
	for (let at = view.byteLength - END_BYTES; at >= lowest; at--) {
		if (view.getUint32(at, true) !== END_SIGNATURE) continue;
		const count = view.getUint16(at + 10, true);
		const offset = view.getUint32(at + 16, true);
		if (count !== ABSENT_16 && offset !== ABSENT_32) return { count, offset };
		return findDirectory64(view, at) ?? { count, offset };
	}
	return fail('truncated', 'its directory is missing; the file was probably cut off');
}

function findDirectory64(view: DataView, end: number): { count: number; offset: number } | undefined {
	const locator = end - LOCATOR_BYTES;
	if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_SIGNATURE) return undefined;
	const at = Number(view.getBigUint64(locator + 8, true));
	if (at + END64_BYTES > view.byteLength || view.getUint32(at, true) !== END64_SIGNATURE) {
		return fail('corrupt', 'its 64-bit directory is not where it should be');
	}
	return { count: Number(view.getBigUint64(at + 32, true)), offset: Number(view.getBigUint64(at + 48, true)) };
}

interface DirectoryEntry {
	readonly name: string;
	readonly size: number;
	readonly offset: number;
	/** Where the next entry of the directory starts. */
	readonly next: number;
}

function readDirectoryEntry(bytes: Uint8Array, view: DataView, at: number): DirectoryEntry {
	if (at + DIRECTORY_BYTES > bytes.length || view.getUint32(at, true) !== DIRECTORY_SIGNATURE) {
		fail('corrupt', 'its directory is damaged');
	}
	const nameEnd = at + DIRECTORY_BYTES + view.getUint16(at + 28, true);
	const extraEnd = nameEnd + view.getUint16(at + 30, true);
	const next = extraEnd + view.getUint16(at + 32, true);
	if (next > bytes.length) fail('truncated', 'its directory is cut off');
	const name = new TextDecoder().decode(bytes.subarray(at + DIRECTORY_BYTES, nameEnd));
	if (view.getUint16(at + 8, true) & ENCRYPTED) fail('unsupported', `entry '${name}' is encrypted`);
	if (view.getUint16(at + 10, true) !== 0) fail('unsupported', `entry '${name}' is compressed`);
	const short = {
		size: view.getUint32(at + 24, true),
		stored: view.getUint32(at + 20, true),
		offset: view.getUint32(at + 42, true),
	};
	const { size, stored, offset } = withZip64(view, nameEnd, extraEnd, short);
	if (size !== stored) fail('corrupt', `entry '${name}' is stored with two sizes`);
	return { name, size, offset, next };
}

/** Sizes and offset that do not fit 32 bits stand, in this order, in an extra field. */
function withZip64<Sizes extends Record<'size' | 'stored' | 'offset', number>>(
	view: DataView,
	from: number,
	to: number,
	sizes: Sizes,
): Sizes {
	for (let at = from; at + 4 <= to; ) {
		const end = Math.min(to, at + 4 + view.getUint16(at + 2, true));
		if (view.getUint16(at, true) === ZIP64_EXTRA) {
			const long = { ...sizes };
			let field = at + 4;
			for (const key of ['size', 'stored', 'offset'] as const) {
				if (long[key] !== ABSENT_32 || field + 8 > end) continue;
				long[key] = Number(view.getBigUint64(field, true)) as Sizes[typeof key];
				field += 8;
			}
			return long;
		}
		at = end;
	}
	return sizes;
}

function entryData(bytes: Uint8Array, view: DataView, { name, size, offset }: DirectoryEntry): Uint8Array {
	if (offset + LOCAL_BYTES > bytes.length || view.getUint32(offset, true) !== LOCAL_SIGNATURE) {
		fail('corrupt', `entry '${name}' is not where the directory says`);
	}
	const from = offset + LOCAL_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
	if (from + size > bytes.length) fail('truncated', `entry '${name}' is cut off`);
	return bytes.subarray(from, from + size);
}

function fail(reason: FormatFailure, problem: string): never {
	throw new FormatError('zip archive', reason, `The zip archive cannot be read: ${problem}.`);
}
