/**
 * Files of tile coordinates as pipelines for slides keep them: CLAM's and TRIDENT's HDF5, tables, GeoJSON.
 * @module
 */
import { extname } from 'node:path';
import { FormatError, type RectPx } from '@parfocal/core';

/** Tiles of a slide, and the file that they came from. */
export interface TileFile {
	/** In level-0 pixels. */
	readonly tiles: readonly RectPx[];
	/**
	 * The file with some of its tiles, in their order; all else in it stays as it was.
	 * @param kept - places in `tiles`, ascending
	 */
	write(path: string, kept: readonly number[]): Promise<void>;
}

/** What a file does not say itself. */
export interface TileFileOptions {
	/** Side of tiles in level-0 pixels, where the file has none. */
	readonly tilePx?: number | undefined;
	/** How much smaller each level of the slide is than level 0. */
	readonly downsamples?: readonly number[] | undefined;
}

/**
 * Opens a file of coordinates by its ending: `.h5`, `.hdf5`, `.csv`, `.tsv`, `.parquet`, `.geojson`, `.json`.
 * @throws {FormatError} when it is none of these, is damaged, or has no coordinates or no size of tiles
 * @throws {ReadError} when it cannot be read
 * @example
 * ```ts
 * const file = await openTileFile('patches/slide.h5');
 * await file.write('sharp/slide.h5', keptIndices);
 * ```
 */
export async function openTileFile(path: string, options: TileFileOptions = {}): Promise<TileFile> {
	switch (extname(path).toLowerCase()) {
		case '.h5':
		case '.hdf5':
			return (await import('./hdf5-tiles.ts')).openHdf5Tiles(path, options);
		case '.csv':
		case '.tsv':
			return (await import('./csv-tiles.ts')).openCsvTiles(path, options);
		case '.parquet':
			return (await import('./parquet-tiles.ts')).openParquetTiles(path, options);
		case '.geojson':
		case '.json':
			return (await import('./geojson-tiles.ts')).openGeoJsonTiles(path);
		default:
			throw new FormatError(
				'coordinates',
				'unsupported',
				`${path} is no file of coordinates that is known: .h5 of CLAM or TRIDENT, .csv, .tsv, .parquet or .geojson.`,
			);
	}
}

/** The error of a file without a size of tiles. */
export function noTileSize(path: string): FormatError {
	return new FormatError(
		'coordinates',
		'unsupported',
		`${path} does not say how large its tiles are. Say it with --patch-size, in level-0 pixels.`,
	);
}

/** Names that columns of a table may have, in order of preference. */
const COLUMNS = {
	x: ['x', 'xpx', 'coordx', 'tilex', 'left', 'startx'],
	y: ['y', 'ypx', 'coordy', 'tiley', 'top', 'starty'],
	width: ['widthpx', 'width', 'w', 'patchsizelevel0', 'tilesize', 'patchsize', 'size'],
	height: ['heightpx', 'height', 'h', 'patchsizelevel0', 'tilesize', 'patchsize', 'size'],
} as const;

/** Where a table has coordinates: places of columns; -1 where there is no size. */
export interface TileColumns {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Finds the columns of coordinates by their names; undefined when there are none. */
export function tileColumns(names: readonly string[]): TileColumns | undefined {
	const plain = names.map((name) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
	const place = (which: keyof typeof COLUMNS): number => {
		const found = COLUMNS[which].find((name) => plain.includes(name));
		return found === undefined ? -1 : plain.indexOf(found);
	};
	const columns = { x: place('x'), y: place('y'), width: place('width'), height: place('height') };
	return columns.x >= 0 && columns.y >= 0 ? columns : undefined;
}

/**
 * A tile from the numbers of a row.
 * @throws {FormatError} naming the row when a number is none
 */
export function tileOf(path: string, row: number, x: number, y: number, widthPx: number, heightPx: number): RectPx {
	if ([x, y].every(Number.isFinite) && widthPx > 0 && heightPx > 0 && Math.max(widthPx, heightPx) < 1e7) {
		return { x, y, widthPx, heightPx };
	}
	throw new FormatError(
		'coordinates',
		'corrupt',
		`${path}, row ${row}: ${[x, y, widthPx, heightPx].join(', ')} is no place and size of a tile.`,
	);
}
