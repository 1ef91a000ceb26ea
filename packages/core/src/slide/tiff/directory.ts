/**
 * One TIFF directory (IFD): its entries, and their values read when asked for.
 * @module
 */
import { FormatError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { readBytes } from '../source/read-range.ts';
import { type TiffType, tiffTypes } from './tags.ts';

/** A directory's entry as stored: type, number of values, and where the values are. */
export interface DirectoryEntry {
	readonly type: TiffType;
	readonly count: number;
	/** Absolute position of the values, inside the entry itself when they are short. */
	readonly position: number;
}

/** Most numbers of one tag: the tile table of a slide of a million px a side stays below. */
const maxNumbers = 2 ** 24;
/** Longest raw value (JPEG tables, colour profiles). */
const maxValueBytes = 2 ** 27;
/** Longest text read; OME-XML of large studies takes a few MB. */
const maxTextBytes = 2 ** 24;

/** A directory of a TIFF file. Values are read on demand; reads throw `FormatError` when they lie outside the file. */
export interface TiffDirectory {
	/** Where the directory starts in the file, in bytes. */
	readonly position: number;
	readonly entries: ReadonlyMap<number, DirectoryEntry>;
	/** All numbers of a tag; undefined when the tag is absent. Rationals come as quotients. */
	numbers(tag: number): Promise<Float64Array | undefined>;
	/** The first number of a tag. */
	number(tag: number): Promise<number | undefined>;
	/** A text up to its first zero byte. UTF-8, as what vendors write is ASCII or UTF-8. */
	text(tag: number): Promise<string | undefined>;
	/** The raw bytes of a tag, the caller's to keep. */
	bytes(tag: number): Promise<Uint8Array | undefined>;
}

/** Makes a directory of its entries. */
export function tiffDirectory(
	source: ByteSource,
	littleEndian: boolean,
	position: number,
	entries: ReadonlyMap<number, DirectoryEntry>,
	signal?: AbortSignal,
): TiffDirectory {
	async function raw(tag: number, limit: number, maxCount = Infinity): Promise<Uint8Array | undefined> {
		const entry = entries.get(tag);
		if (entry === undefined) return undefined;
		const length = Math.min(entry.count, maxCount) * tiffTypes[entry.type].bytes;
		if (length > limit) {
			throw new FormatError(
				'TIFF directory',
				'too-large',
				`${source.name}: the value of tag ${tag} takes ${length} bytes, more than the ${limit} this reader allows.`,
			);
		}
		return readBytes(source, entry.position, length, signal);
	}

	async function numbers(tag: number, maxCount?: number): Promise<Float64Array | undefined> {
		const entry = entries.get(tag);
		if (entry === undefined) return undefined;
		const size = tiffTypes[entry.type].bytes;
		const bytes = (await raw(tag, maxNumbers * size, maxCount)) ?? new Uint8Array(0);
		const read = readNumber[entry.type];
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const values = new Float64Array(bytes.length / size);
		for (let i = 0; i < values.length; i++) values[i] = read(view, i * size, littleEndian);
		return values;
	}

	return {
		position,
		entries,
		numbers: (tag) => numbers(tag),
		number: async (tag) => (await numbers(tag, 1))?.[0],
		async text(tag) {
			const bytes = await raw(tag, maxTextBytes);
			if (bytes === undefined) return undefined;
			const end = bytes.indexOf(0);
			return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
		},
		bytes: (tag) => raw(tag, maxValueBytes),
	};
}

type ReadNumber = (view: DataView, at: number, littleEndian: boolean) => number;

const readNumber: Readonly<Record<TiffType, ReadNumber>> = {
	byte: (view, at) => view.getUint8(at),
	ascii: (view, at) => view.getUint8(at),
	undefined: (view, at) => view.getUint8(at),
	sbyte: (view, at) => view.getInt8(at),
	short: (view, at, little) => view.getUint16(at, little),
	sshort: (view, at, little) => view.getInt16(at, little),
	long: (view, at, little) => view.getUint32(at, little),
	ifd: (view, at, little) => view.getUint32(at, little),
	slong: (view, at, little) => view.getInt32(at, little),
	long8: (view, at, little) => Number(view.getBigUint64(at, little)),
	ifd8: (view, at, little) => Number(view.getBigUint64(at, little)),
	slong8: (view, at, little) => Number(view.getBigInt64(at, little)),
	float: (view, at, little) => view.getFloat32(at, little),
	double: (view, at, little) => view.getFloat64(at, little),
	rational: (view, at, little) => view.getUint32(at, little) / view.getUint32(at + 4, little),
	srational: (view, at, little) => view.getInt32(at, little) / view.getInt32(at + 4, little),
};
