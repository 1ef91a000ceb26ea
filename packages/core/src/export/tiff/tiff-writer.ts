/**
 * Streaming TIFF and BigTIFF writer. Tiles are appended as they come, in any order and for several directories at once
 * (a pyramid's levels grow together); the directories follow at `close()`. Memory: 12 bytes a tile.
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import { tag, tiffTypes } from '../../slide/tiff/tags.ts';
import { encodeValue, type TiffValue } from './tiff-value.ts';

/**
 * Where the bytes go. Every write names its position. Positions only grow, apart from one last write that fills in the
 * first bytes of the file, and may leave gaps of up to 7 bytes, which must read as zeros (files do that by themselves).
 */
export interface TiffSink {
	/** May answer later; `bytes` is the sink's until then. */
	write(bytes: Uint8Array, position: number): void | Promise<void>;
}

/** How a directory's pixels are cut: into tiles, or into strips over the full width. */
export type TiffLayout =
	| { readonly tileWidthPx: number; readonly tileHeightPx: number }
	| { readonly rowsPerStrip: number };

/** A directory (one image). Size, layout and compression are given by name, everything else as raw tags. */
export interface TiffDirectoryOptions {
	readonly widthPx: number;
	readonly heightPx: number;
	readonly layout: TiffLayout;
	/** Value of the Compression tag (1 none, 5 LZW, 7 JPEG, 8 deflate, 32773 PackBits, 33005 JPEG 2000). */
	readonly compression: number;
	/** Value of PhotometricInterpretation (1 black is zero, 2 RGB, 6 YCbCr). */
	readonly photometric: number;
	/** Bits of each sample: `[8, 8, 8]` for RGB. */
	readonly bitsPerSample: readonly number[];
	/** 1 interleaved (default), 2 one plane after another: tile indices then run over plane 0, plane 1 … */
	readonly planarConfiguration?: 1 | 2;
	/** Further tags by number. They win over the ones made from the fields above. */
	readonly tags?: Readonly<Record<number, TiffValue>>;
}

/** A directory being written. */
export interface TiffDirectory {
	/** Tiles (or strips) in all; row-major. */
	readonly tileCount: number;
	/**
	 * Appends the encoded bytes of one tile. A tile never added, or added empty, is stored as missing (byte count 0).
	 * @throws {ArgumentError} for an index out of range, a tile added twice, or a classic TIFF growing past 4 GiB.
	 */
	addTile(index: number, bytes: Uint8Array): void | Promise<void>;
	/** Opens a directory below this one (tag SubIFDs), as OME-TIFF stores pyramids. */
	subDirectory(options: TiffDirectoryOptions): TiffDirectory;
}

/** A TIFF being written. */
export interface TiffWriter {
	/** True for BigTIFF. */
	readonly big: boolean;
	/** Bytes appended so far. */
	readonly size: number;
	/** Opens the next directory of the main chain; several may be open at once. */
	directory(options: TiffDirectoryOptions): TiffDirectory;
	/** Writes the directories and the header. The file is not a TIFF before that. */
	close(): Promise<void>;
}

/** How to write. */
export interface TiffWriterOptions {
	/** Write BigTIFF (64-bit offsets). Default: when `expectedBytes` is above 4 GB. */
	readonly big?: boolean;
	/** Rough upper bound of the file's size in bytes, to choose between TIFF and BigTIFF. */
	readonly expectedBytes?: number;
	/** Byte order of the directories; default true (`II`). Pixels are written as given. */
	readonly littleEndian?: boolean;
}

const classicLimitBytes = 2 ** 32;
const expectedLimitBytes = 4e9;

interface OpenDirectory {
	readonly options: TiffDirectoryOptions;
	readonly offsets: Float64Array;
	readonly byteCounts: Uint32Array;
	readonly children: OpenDirectory[];
}

/**
 * Starts a TIFF on a sink.
 * @example
 * ```ts
 * const tiff = createTiffWriter(sink, { expectedBytes: 10e9 });
 * const level0 = tiff.directory({ widthPx: 512, heightPx: 512, layout: { tileWidthPx: 256, tileHeightPx: 256 },
 *   compression: 7, photometric: 6, bitsPerSample: [8, 8, 8], tags: { 347: { type: 'undefined', values: jpegTables } } });
 * await level0.addTile(0, jpeg);
 * await tiff.close();
 * ```
 */
export function createTiffWriter(sink: TiffSink, options: TiffWriterOptions = {}): TiffWriter {
	const big = options.big ?? (options.expectedBytes ?? 0) > expectedLimitBytes;
	const littleEndian = options.littleEndian ?? true;
	const headerBytes = big ? 16 : 8;
	const main: OpenDirectory[] = [];
	let end = headerBytes;
	let closed = false;

	/** Takes room for `length` bytes at an even position (TIFF 6.0 §2), 8-aligned in BigTIFF. */
	function reserve(length: number): number {
		const position = Math.ceil(end / (big ? 8 : 2)) * (big ? 8 : 2);
		if (!big && position + length > classicLimitBytes) {
			throw new ArgumentError('expectedBytes', 'The TIFF grows past 4 GiB: write it with `big: true` (BigTIFF).');
		}
		end = position + length;
		return position;
	}

	function open(siblings: OpenDirectory[], given: TiffDirectoryOptions): TiffDirectory {
		if (closed) throw new ArgumentError('directory', 'This TIFF is already closed.');
		const tileCount = countTiles(given);
		const entry: OpenDirectory = {
			options: given,
			offsets: new Float64Array(tileCount),
			byteCounts: new Uint32Array(tileCount),
			children: [],
		};
		siblings.push(entry);
		return {
			tileCount,
			addTile(index, bytes) {
				if (closed) throw new ArgumentError('addTile', 'This TIFF is already closed.');
				if (!(Number.isInteger(index) && index >= 0 && index < tileCount)) {
					throw new ArgumentError('index', `Tile ${index} is out of range: the directory has ${tileCount} tiles.`);
				}
				if (entry.byteCounts[index] !== 0) throw new ArgumentError('index', `Tile ${index} was already added.`);
				if (bytes.length === 0) return undefined;
				const position = reserve(bytes.length);
				entry.offsets[index] = position;
				entry.byteCounts[index] = bytes.length;
				return sink.write(bytes, position);
			},
			subDirectory: (child) => open(entry.children, child),
		};
	}

	/** Writes directories last to first, so that each knows where its successor lies. Returns the first one's position. */
	async function writeChain(chain: readonly OpenDirectory[]): Promise<number[]> {
		const positions: number[] = [];
		let next = 0;
		for (const entry of chain.toReversed()) {
			const below = await writeChain(entry.children);
			next = await writeDirectory(allTags(entry, below, big), next);
			positions.unshift(next);
		}
		return positions;
	}

	async function writeDirectory(tags: ReadonlyMap<number, TiffValue>, next: number): Promise<number> {
		const inlineBytes = big ? 8 : 4;
		const entryBytes = big ? 20 : 12;
		const bytes = new Uint8Array((big ? 16 : 6) + tags.size * entryBytes);
		const view = new DataView(bytes.buffer);
		const setOffset = (at: number, value: number): void =>
			big ? view.setBigUint64(at, BigInt(value), littleEndian) : view.setUint32(at, value, littleEndian);
		if (big) view.setBigUint64(0, BigInt(tags.size), littleEndian);
		else view.setUint16(0, tags.size, littleEndian);
		let at = big ? 8 : 2;
		for (const [number, value] of [...tags].sort((a, b) => a[0] - b[0])) {
			const encoded = encodeValue(value, littleEndian);
			view.setUint16(at, number, littleEndian);
			view.setUint16(at + 2, tiffTypes[value.type].id, littleEndian);
			setOffset(at + 4, encoded.length / tiffTypes[value.type].bytes);
			const valueAt = at + (big ? 12 : 8);
			if (encoded.length <= inlineBytes) bytes.set(encoded, valueAt);
			else {
				const position = reserve(encoded.length);
				setOffset(valueAt, position);
				await sink.write(encoded, position);
			}
			at += entryBytes;
		}
		setOffset(at, next);
		const position = reserve(bytes.length);
		await sink.write(bytes, position);
		return position;
	}

	return {
		big,
		get size() {
			return end;
		},
		directory: (given) => open(main, given),
		async close() {
			if (closed) throw new ArgumentError('close', 'This TIFF is already closed.');
			if (main.length === 0) throw new ArgumentError('directory', 'A TIFF needs at least one directory.');
			closed = true;
			const first = (await writeChain(main))[0] ?? 0;
			const header = new Uint8Array(headerBytes);
			const view = new DataView(header.buffer);
			header.fill(littleEndian ? 0x49 : 0x4d, 0, 2);
			view.setUint16(2, big ? 43 : 42, littleEndian);
			if (big) {
				view.setUint16(4, 8, littleEndian);
				view.setBigUint64(8, BigInt(first), littleEndian);
			} else view.setUint32(4, first, littleEndian);
			await sink.write(header, 0);
		},
	};
}

function countTiles(options: TiffDirectoryOptions): number {
	const { widthPx, heightPx, layout } = options;
	const [acrossPx, downPx] =
		'rowsPerStrip' in layout ? [widthPx, layout.rowsPerStrip] : [layout.tileWidthPx, layout.tileHeightPx];
	for (const [name, value] of Object.entries({ widthPx, heightPx, acrossPx, downPx })) {
		if (!(Number.isInteger(value) && value > 0 && value < 2 ** 32)) {
			throw new ArgumentError(name, `A TIFF directory needs whole positive sizes: ${name} is ${value}.`);
		}
	}
	const planes = options.planarConfiguration === 2 ? options.bitsPerSample.length : 1;
	return Math.ceil(widthPx / acrossPx) * Math.ceil(heightPx / downPx) * planes;
}

function allTags(entry: OpenDirectory, below: readonly number[], big: boolean): Map<number, TiffValue> {
	const { options, offsets, byteCounts } = entry;
	const offsetType = big ? 'long8' : 'long';
	const tags = new Map<number, TiffValue>([
		[tag.imageWidth, { type: 'long', values: [options.widthPx] }],
		[tag.imageLength, { type: 'long', values: [options.heightPx] }],
		[tag.bitsPerSample, { type: 'short', values: options.bitsPerSample }],
		[tag.compression, { type: 'short', values: [options.compression] }],
		[tag.photometric, { type: 'short', values: [options.photometric] }],
		[tag.samplesPerPixel, { type: 'short', values: [options.bitsPerSample.length] }],
		[tag.planarConfiguration, { type: 'short', values: [options.planarConfiguration ?? 1] }],
	]);
	if ('rowsPerStrip' in options.layout) {
		tags.set(tag.rowsPerStrip, { type: 'long', values: [options.layout.rowsPerStrip] });
		tags.set(tag.stripOffsets, { type: offsetType, values: offsets });
		tags.set(tag.stripByteCounts, { type: 'long', values: byteCounts });
	} else {
		tags.set(tag.tileWidth, { type: 'long', values: [options.layout.tileWidthPx] });
		tags.set(tag.tileLength, { type: 'long', values: [options.layout.tileHeightPx] });
		tags.set(tag.tileOffsets, { type: offsetType, values: offsets });
		tags.set(tag.tileByteCounts, { type: 'long', values: byteCounts });
	}
	if (below.length > 0) tags.set(tag.subIfds, { type: big ? 'ifd8' : 'ifd', values: below });
	for (const [number, value] of Object.entries(options.tags ?? {})) tags.set(Number(number), value);
	return tags;
}
