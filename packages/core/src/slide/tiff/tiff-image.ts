/**
 * What a TIFF directory says about its image: size, cut, storage. Checked, so that the rest can trust it.
 * @module
 */
import { FormatError } from '../../errors.ts';
import type { TiffDirectory } from './directory.ts';
import { compressions, photometric, tag } from './tags.ts';

/** How the stored pieces (tiles or strips) lie on the image. */
export interface ChunkGrid {
	readonly kind: 'tile' | 'strip';
	/** Size of a piece. Tiles are stored whole, padded; the last strip only has the rows that are left. */
	readonly widthPx: number;
	readonly heightPx: number;
	readonly columns: number;
	readonly rows: number;
	/** Pieces in all: `columns * rows`, times the samples when each has its own plane. */
	readonly count: number;
}

/** The image of a directory. */
export interface TiffImage {
	readonly directory: TiffDirectory;
	readonly widthPx: number;
	readonly heightPx: number;
	readonly grid: ChunkGrid;
	/** Values of the tags of these names. */
	readonly compression: number;
	readonly photometric: number;
	readonly samplesPerPixel: number;
	readonly bitsPerSample: number;
	readonly planarConfiguration: number;
	readonly predictor: number;
	readonly subfileType: number;
	readonly description: string;
	/** Why the pixels cannot be read, to follow "The image …"; undefined when they can. */
	readonly unsupported: string | undefined;
}

/** Where the pieces of an image are in the file. A byte count of 0 is a piece that was never written. */
export interface ChunkTable {
	readonly offsets: Float64Array;
	readonly byteCounts: Float64Array;
}

const maxSidePx = 2 ** 31;
/** Largest piece decoded at once: 300 MB of RGB. */
const maxChunkPx = 1e8;

/**
 * Reads and checks what a directory says. Storage that is well-formed but not read here is told in `unsupported`.
 * @throws {FormatError} `corrupt` when sizes are missing, zero or absurd, or there are fewer pieces than the image needs.
 */
export async function readTiffImage(directory: TiffDirectory): Promise<TiffImage> {
	const widthPx = await sidePx(directory, tag.imageWidth, 'width');
	const heightPx = await sidePx(directory, tag.imageLength, 'height');
	const number = async (of: number, otherwise: number): Promise<number> => (await directory.number(of)) ?? otherwise;
	const samplesPerPixel = await number(tag.samplesPerPixel, 1);
	const bits = [...((await directory.numbers(tag.bitsPerSample))?.subarray(0, 8) ?? [1])];
	const planarConfiguration = await number(tag.planarConfiguration, 1);
	const image = {
		directory,
		widthPx,
		heightPx,
		grid: await chunkGrid(directory, widthPx, heightPx, planarConfiguration === 2 ? samplesPerPixel : 1),
		compression: await number(tag.compression, 1),
		photometric: await number(tag.photometric, samplesPerPixel >= 3 ? photometric.rgb : photometric.blackIsZero),
		samplesPerPixel,
		bitsPerSample: bits.every((value) => value === bits[0]) ? (bits[0] ?? 1) : Number.NaN,
		planarConfiguration,
		predictor: await number(tag.predictor, 1),
		subfileType: await number(tag.subfileType, 0),
		description: (await directory.text(tag.imageDescription)) ?? '',
	};
	return { ...image, unsupported: unsupportedStorage(image, await number(tag.sampleFormat, 1)) };
}

async function sidePx(directory: TiffDirectory, of: number, name: string): Promise<number> {
	const value = (await directory.number(of)) ?? 0;
	if (Number.isInteger(value) && value > 0 && value < maxSidePx) return value;
	throw corrupt(directory, `its image ${name} is ${value}`);
}

async function chunkGrid(
	directory: TiffDirectory,
	widthPx: number,
	heightPx: number,
	planes: number,
): Promise<ChunkGrid> {
	const tiled = directory.entries.has(tag.tileWidth);
	const across = tiled ? await sidePx(directory, tag.tileWidth, 'tile width') : widthPx;
	const down = tiled
		? await sidePx(directory, tag.tileLength, 'tile height')
		: Math.min(heightPx, (await directory.number(tag.rowsPerStrip)) ?? heightPx);
	if (!(Number.isInteger(down) && down > 0)) throw corrupt(directory, `its strips are ${down} rows high`);
	const columns = Math.ceil(widthPx / across);
	const rows = Math.ceil(heightPx / down);
	const count = columns * rows * planes;
	const stored = offsetEntry(directory)?.count ?? 0;
	if (stored < count) {
		throw corrupt(directory, `its ${widthPx} x ${heightPx} px need ${count} pieces, but it stores ${stored}`);
	}
	return { kind: tiled ? 'tile' : 'strip', widthPx: across, heightPx: down, columns, rows, count };
}

/** Some writers list tiles under the strip tags. */
function offsetEntry(directory: TiffDirectory): { count: number } | undefined {
	return directory.entries.get(tag.tileOffsets) ?? directory.entries.get(tag.stripOffsets);
}

type Storage = Omit<TiffImage, 'unsupported'>;

const readCompressions: ReadonlySet<number> = new Set([1, 5, 7, 8, 32773, 32946, 33003, 33005, 34712]);

function unsupportedStorage(image: Storage, sampleFormat: number): string | undefined {
	const { compression, bitsPerSample, samplesPerPixel, planarConfiguration, predictor } = image;
	const isJpeg = compression === 7;
	const isCodec = isJpeg || compressions[compression] === 'jpeg2000';
	if (!readCompressions.has(compression)) {
		return `is compressed with ${compressions[compression] ?? `method ${compression}`}, which is not read`;
	}
	const { grid } = image;
	// Uncompressed strips are read row by row, so their height does not matter.
	const atOncePx = grid.kind === 'strip' && compression === 1 ? grid.widthPx : grid.widthPx * grid.heightPx;
	if (atOncePx > maxChunkPx) return `is stored in pieces of ${grid.widthPx} x ${grid.heightPx} px, which is too large`;
	if (sampleFormat !== 1) return 'has signed or floating-point samples, which are not read';
	if (bitsPerSample !== 8 && !(bitsPerSample === 16 && !isCodec)) {
		return `has ${Number.isNaN(bitsPerSample) ? 'unequal' : bitsPerSample} bits a sample; 8 and 16 are read`;
	}
	if (planarConfiguration !== 1 && planarConfiguration !== 2) return 'has an unknown planar configuration';
	if (planarConfiguration === 2 && isCodec && samplesPerPixel > 1) return 'stores each colour as its own JPEG';
	if (!isCodec && predictor !== 1 && predictor !== 2) return `uses predictor ${predictor}, which is not read`;
	switch (image.photometric) {
		case photometric.whiteIsZero:
		case photometric.blackIsZero:
		case photometric.palette:
			if (image.photometric === photometric.palette && (bitsPerSample !== 8 || isCodec)) {
				return 'has a palette of other than 8 bits';
			}
			return samplesPerPixel < 1 ? 'has no samples' : undefined;
		case photometric.rgb:
			return samplesPerPixel < 3 ? 'has too few samples for a colour image' : undefined;
		case photometric.ycbcr:
			if (!isCodec) return 'stores YCbCr samples without JPEG, which is not read';
			return samplesPerPixel < 3 ? 'has too few samples for a colour image' : undefined;
		default:
			return `has photometric interpretation ${image.photometric}, which is not read`;
	}
}

/**
 * Where the pieces of an image lie.
 * @throws {FormatError} when the tables lie outside the file or are too short.
 */
export async function readChunkTable(image: TiffImage): Promise<ChunkTable> {
	const { directory, grid } = image;
	const offsets = (await directory.numbers(tag.tileOffsets)) ?? (await directory.numbers(tag.stripOffsets));
	let byteCounts = (await directory.numbers(tag.tileByteCounts)) ?? (await directory.numbers(tag.stripByteCounts));
	// Old writers leave the byte counts of uncompressed strips out; they follow from the sizes.
	if (byteCounts === undefined && image.compression === 1) byteCounts = uncompressedByteCounts(image);
	if (offsets === undefined || byteCounts === undefined || byteCounts.length < grid.count) {
		throw corrupt(directory, 'it does not say where its pixels are');
	}
	return { offsets, byteCounts };
}

function uncompressedByteCounts(image: TiffImage): Float64Array {
	const { grid } = image;
	const samples = image.planarConfiguration === 2 ? 1 : image.samplesPerPixel;
	const rowBytes = (grid.widthPx * samples * image.bitsPerSample) / 8;
	return new Float64Array(grid.count).map((_, index) => {
		const row = Math.floor(index / grid.columns) % grid.rows;
		return rowBytes * (grid.kind === 'tile' ? grid.heightPx : chunkRows(image, row));
	});
}

/** Stored rows of a piece in a row of the grid: strips end with the image, tiles are padded. */
export function chunkRows({ grid, heightPx }: Pick<TiffImage, 'grid' | 'heightPx'>, row: number): number {
	return grid.kind === 'tile' ? grid.heightPx : Math.min(grid.heightPx, heightPx - row * grid.heightPx);
}

function corrupt(directory: TiffDirectory, what: string): FormatError {
	const message = `The TIFF directory at byte ${directory.position} is corrupt: ${what}.`;
	return new FormatError('TIFF directory', 'corrupt', message);
}
