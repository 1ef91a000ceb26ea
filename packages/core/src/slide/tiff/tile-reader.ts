/**
 * The tiles of one TIFF image: stored tiles as they are, strips as bands over the full width.
 * @module
 */
import type { Codecs } from '../../codec/codecs.ts';
import type { TileLayout, TileRequest } from '../../codec/tile-codec.ts';
import { FormatError } from '../../errors.ts';
import { copyPixels } from '../../image/crop.ts';
import { greyImage, lumaPlane } from '../../image/luma-plane.ts';
import type { Pixels, Plane } from '../../image/pixels.ts';
import type { ByteSource } from '../byte-source.ts';
import { type MaybeAsync, whenReady } from '../maybe-async.ts';
import type { TileReader } from '../tile-slide.ts';
import { stripReader } from './strip-reader.ts';
import { compressions, photometric, tag } from './tags.ts';
import { type ChunkTable, readChunkTable, type TiffImage } from './tiff-image.ts';

/** Longest stored piece read at once. */
const maxChunkBytes = 2 ** 29;

/** Reads pieces of one image. */
export interface ChunkReader {
	readonly image: TiffImage;
	/**
	 * Pixels of a piece (index in the first plane), `rows` high. With `skipRows`, for uncompressed pieces only, that many
	 * rows are left out first. Undefined for a piece that was never written.
	 */
	read(
		index: number,
		rows: number,
		request: TileRequest,
		signal: AbortSignal | undefined,
		skipRows?: number,
	): MaybeAsync<Pixels> | undefined;
}

/**
 * Prepares the tiles of an image for reading: its tile tables are read, so that each tile is one read of the source.
 * @throws {FormatError} `unsupported` when its storage is not read; `corrupt` or `truncated` for broken tables.
 */
export async function tiffTileReader(
	image: TiffImage,
	source: ByteSource,
	littleEndian: boolean,
	codecs: Codecs,
): Promise<TileReader> {
	if (image.unsupported !== undefined) {
		throw new FormatError('TIFF image', 'unsupported', `${source.name}: the image ${image.unsupported}.`);
	}
	const { grid, widthPx, heightPx } = image;
	const chunks = chunkReader(source, image, await readChunkTable(image), await tileLayout(image, littleEndian), codecs);
	if (grid.kind === 'strip') return stripReader(chunks);
	return {
		widthPx,
		heightPx,
		tileWidthPx: grid.widthPx,
		tileHeightPx: grid.heightPx,
		columns: grid.columns,
		rows: grid.rows,
		compression: compressions[image.compression] ?? 'unknown',
		read: (column, row, request, signal) =>
			chunks.read(row * grid.columns + column, grid.heightPx, request, signal) ?? white(grid.widthPx, grid.heightPx),
	};
}

function chunkReader(
	source: ByteSource,
	image: TiffImage,
	table: ChunkTable,
	layout: TileLayout,
	codecs: Codecs,
): ChunkReader {
	const { grid } = image;
	const method = compressions[image.compression] ?? 'unknown';
	// These decoders go on after an await, when a reused buffer may hold other bytes.
	const decodesLater = method === 'deflate' || method === 'jpeg2000';
	const separate = image.planarConfiguration === 2 && image.samplesPerPixel > 1;
	const rowBytes = (grid.widthPx * layout.samplesPerPixel * image.bitsPerSample) / 8;

	function decode(bytes: Uint8Array, rows: number, request: TileRequest): MaybeAsync<Pixels> {
		const fitting = rows === layout.heightPx ? layout : { ...layout, heightPx: rows };
		return codecs.decode(method, decodesLater ? bytes.slice() : bytes, fitting, request);
	}

	function readOne(
		index: number,
		rows: number,
		request: TileRequest,
		signal: AbortSignal | undefined,
		skipRows: number,
	): MaybeAsync<Pixels> {
		const skip = skipRows * rowBytes;
		let length = table.byteCounts[index]! - skip;
		if (method === 'uncompressed') length = Math.min(length, rows * rowBytes);
		if (length > maxChunkBytes) {
			throw new FormatError('tile', 'too-large', `It takes ${length} bytes, more than the ${maxChunkBytes} allowed.`);
		}
		const bytes = source.read(table.offsets[index]! + skip, Math.max(0, length), signal ? { signal } : undefined);
		if (bytes instanceof Uint8Array) return decode(bytes, rows, request);
		// Decoded and copied in one turn: another decode may run before the caller goes on.
		return bytes.then((arrived) => whenReady(decode(arrived, rows, request), copyPixels));
	}

	/** Colours stored plane by plane, each like a grey image. */
	async function readPlanes(
		index: number,
		rows: number,
		signal: AbortSignal | undefined,
		skipRows: number,
	): Promise<Pixels> {
		const planes: Plane[] = [];
		for (let sample = 0; sample < (image.photometric === photometric.rgb ? 3 : 1); sample++) {
			const chunk = sample * grid.columns * grid.rows + index;
			const read =
				table.byteCounts[chunk] === 0 ? white(grid.widthPx, rows) : readOne(chunk, rows, {}, signal, skipRows);
			const pixels = read instanceof Promise ? await read : read;
			if (pixels.layout === 'planes') planes.push(pixels.planes[0]!);
		}
		if (planes.length === 1) return greyImage(planes[0]!);
		return { layout: 'planes', colour: 'rgb', widthPx: grid.widthPx, heightPx: rows, planes };
	}

	return {
		image,
		read(index, rows, request, signal, skipRows = 0) {
			if (table.byteCounts[index] === 0) return undefined;
			if (!separate) return readOne(index, rows, request, signal, skipRows);
			const pixels = readPlanes(index, rows, signal, skipRows);
			return request.planes === 'luma' ? pixels.then((colours) => greyImage(lumaPlane(colours))) : pixels;
		},
	};
}

/** What the codecs must know of a piece. */
async function tileLayout(image: TiffImage, littleEndian: boolean): Promise<TileLayout> {
	const separate = image.planarConfiguration === 2 && image.samplesPerPixel > 1;
	const isPacked = image.compression === 5 || compressions[image.compression] === 'deflate';
	return {
		widthPx: image.grid.widthPx,
		heightPx: image.grid.heightPx,
		colour: separate && image.photometric !== photometric.whiteIsZero ? 'grey' : colourOf(image),
		samplesPerPixel: separate ? 1 : image.samplesPerPixel,
		bitsPerSample: image.bitsPerSample,
		littleEndian,
		predictor: isPacked && image.predictor === 2 ? 'horizontal' : 'none',
		jpegTables: image.compression === 7 ? await image.directory.bytes(tag.jpegTables) : undefined,
		palette:
			image.photometric === photometric.palette
				? paletteBytes(await image.directory.numbers(tag.colourMap))
				: undefined,
	};
}

function colourOf(image: TiffImage): TileLayout['colour'] {
	// 33003 stores YCbCr whatever the photometric tag says (OpenSlide, openslide-decode-tiff.c).
	if (image.compression === 33003) return 'ycbcr';
	switch (image.photometric) {
		case photometric.whiteIsZero:
			return 'white-is-zero';
		case photometric.palette:
			return 'palette';
		case photometric.rgb:
			return 'rgb';
		case photometric.ycbcr:
			return 'ycbcr';
		default:
			return 'grey';
	}
}

/** A ColorMap (TIFF 6.0 §5: reds, greens, blues, 16 bits each) as 8-bit values; missing entries are black. */
function paletteBytes(map: Float64Array | undefined): Uint8Array {
	const palette = new Uint8Array(768);
	const size = Math.min(256, Math.floor((map?.length ?? 0) / 3));
	for (let channel = 0; channel < 3; channel++) {
		for (let i = 0; i < size; i++) palette[256 * channel + i] = map![channel * size + i]! / 256;
	}
	return palette;
}

function white(widthPx: number, heightPx: number): Pixels {
	const data = new Uint8Array(widthPx * heightPx).fill(255);
	return greyImage({ data, widthPx, heightPx, strideBytes: widthPx });
}
