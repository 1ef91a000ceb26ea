/**
 * The skeleton of a TIFF or BigTIFF file: header and directories. Nothing of the pixels is read.
 * @module
 */
import { FormatError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { readBytes } from '../source/read-range.ts';
import { type DirectoryEntry, type TiffDirectory, tiffDirectory } from './directory.ts';
import { type TiffType, tag, tiffTypes } from './tags.ts';

/** Where the 32-bit offsets of classic TIFF end. NDPI has 64-bit ones under the same header. */
const classicLimitBytes = 2 ** 32;
/** Directories followed at most; OME-TIFFs of many planes have hundreds. */
const maxDirectories = 4096;
/** Entries of one directory at most; real ones have some dozens. */
const maxEntries = 4096;
/** SubIFDs of one directory at most: levels of a pyramid. */
const maxSubDirectories = 64;

/** An open TIFF file. */
export interface TiffFile {
	readonly littleEndian: boolean;
	/** True for BigTIFF. */
	readonly big: boolean;
	/** The main chain, at least one directory. */
	readonly directories: readonly TiffDirectory[];
	/** Where the main chain broke off, as sentences; empty for a sound file. */
	readonly warnings: readonly string[];
	/** The directories below one (tag SubIFDs), in order. */
	subDirectories(directory: TiffDirectory): Promise<TiffDirectory[]>;
}

/** True for the first bytes of a TIFF or BigTIFF in either byte order. */
export function isTiff(head: Uint8Array): boolean {
	return (
		(head[0] === 0x49 && head[1] === 0x49 && (head[2] === 42 || head[2] === 43) && head[3] === 0) ||
		(head[0] === 0x4d && head[1] === 0x4d && head[2] === 0 && (head[3] === 42 || head[3] === 43))
	);
}

const typeOfId: ReadonlyMap<number, TiffType> = new Map(
	Object.entries(tiffTypes).map(([name, { id }]) => [id, name as TiffType]),
);

/**
 * Reads header and directories. A chain that breaks after its first directory (a loop, an offset outside the file, a
 * corrupt directory) ends there with a warning.
 * @throws {FormatError} when not even the first directory can be read, or the file is of a dialect known by a private
 * offset format (Hamamatsu NDPI).
 */
export async function readTiff(source: ByteSource, signal?: AbortSignal): Promise<TiffFile> {
	const head = await readBytes(source, 0, Math.min(16, source.size), signal);
	if (!isTiff(head)) throw corrupt(source, 'it does not start like a TIFF file');
	const littleEndian = head[0] === 0x49;
	const view = new DataView(head.buffer);
	const big = view.getUint16(2, littleEndian) === 43;
	if (!big && source.size > classicLimitBytes) {
		const message = `${source.name} is a classic TIFF above 4 GiB, as only Hamamatsu NDPI files are, which are not read yet.`;
		throw new FormatError('slide', 'unsupported', message);
	}
	if (head.length < (big ? 16 : 8)) throw cut(source, 'the header is cut short');
	if (big && view.getUint16(4, littleEndian) !== 8) throw corrupt(source, 'its offsets are not 8 bytes wide');
	const readOffset = (at: DataView, position: number): number =>
		big ? Number(at.getBigUint64(position, littleEndian)) : at.getUint32(position, littleEndian);

	/** The directory at a position, and the position of its successor (0: none). */
	async function readDirectory(position: number): Promise<{ directory: TiffDirectory; next: number }> {
		const countBytes = big ? 8 : 2;
		const offsetBytes = big ? 8 : 4;
		const entryBytes = big ? 20 : 12;
		if (position < 8 || position + countBytes > source.size) {
			throw cut(source, `a directory should be at byte ${position}, outside the file of ${source.size} bytes`);
		}
		const start = dataView(await readBytes(source, position, countBytes, signal));
		const count = big ? Number(start.getBigUint64(0, littleEndian)) : start.getUint16(0, littleEndian);
		if (count === 0 || count > maxEntries)
			throw corrupt(source, `the directory at byte ${position} has ${count} entries`);
		const length = count * entryBytes;
		if (position + countBytes + length > source.size)
			throw cut(source, `the directory at byte ${position} is cut short`);
		// The pointer to the next directory may be cut off with the end of the file: then there is no next one.
		const withNext = Math.min(length + offsetBytes, source.size - position - countBytes);
		const body = dataView(await readBytes(source, position + countBytes, withNext, signal));
		const entries = new Map<number, DirectoryEntry>();
		for (let i = 0; i < count; i++) {
			const at = i * entryBytes;
			const type = typeOfId.get(body.getUint16(at + 2, littleEndian));
			// TIFF 6.0 §2: readers skip entries of unexpected types.
			if (type === undefined) continue;
			const values = readOffset(body, at + 4);
			const inline = values * tiffTypes[type].bytes <= offsetBytes;
			const valueAt = at + (big ? 12 : 8);
			const where = inline ? position + countBytes + valueAt : readOffset(body, valueAt);
			entries.set(body.getUint16(at, littleEndian), { type, count: values, position: where });
		}
		const next = withNext === length + offsetBytes ? readOffset(body, length) : 0;
		return { directory: tiffDirectory(source, littleEndian, position, entries, signal), next };
	}

	const directories: TiffDirectory[] = [];
	const warnings: string[] = [];
	const seen = new Set<number>();
	let next = readOffset(view, big ? 8 : 4);
	while (next !== 0) {
		if (seen.has(next)) {
			warnings.push(`The chain of directories loops back to byte ${next}; it was read up to there.`);
			break;
		}
		if (directories.length === maxDirectories) {
			warnings.push(`The file has more than ${maxDirectories} directories; the rest was not read.`);
			break;
		}
		seen.add(next);
		try {
			const read = await readDirectory(next);
			directories.push(read.directory);
			// NDPI chains its directories by 64-bit pointers under a 32-bit header: only the first can be trusted.
			if (read.directory.entries.has(tag.ndpiFormat)) break;
			next = read.next;
		} catch (error) {
			if (directories.length === 0 || !(error instanceof FormatError)) throw error;
			warnings.push(`The chain of directories breaks off after ${directories.length}: ${error.message}`);
			break;
		}
	}
	if (directories.length === 0) throw corrupt(source, 'it has no directory');
	return {
		littleEndian,
		big,
		directories,
		warnings,
		async subDirectories(directory) {
			const positions = (await directory.numbers(tag.subIfds)) ?? [];
			if (positions.length > maxSubDirectories) throw corrupt(source, `a directory has ${positions.length} SubIFDs`);
			const found: TiffDirectory[] = [];
			for (const position of positions) found.push((await readDirectory(position)).directory);
			return found;
		},
	};
}

function dataView(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function corrupt(source: ByteSource, what: string): FormatError {
	return new FormatError('TIFF directory', 'corrupt', `${source.name} is not a sound TIFF file: ${what}.`);
}

function cut(source: ByteSource, what: string): FormatError {
	return new FormatError('TIFF directory', 'truncated', `${source.name} is cut short or corrupt: ${what}.`);
}
