/**
 * A slide made of tile readers: what all formats share of checking, clipping, error context and regions.
 * @module
 */
import type { TileRequest } from '../codec/tile-codec.ts';
import { ArgumentError, FormatError } from '../errors.ts';
import { cropToSize } from '../image/crop.ts';
import type { Pixels } from '../image/pixels.ts';
import { type MaybeAsync, whenReady } from './maybe-async.ts';
import { readRegion } from './region.ts';
import type { Level, Slide, TileOptions } from './slide.ts';

/** How an image is cut. */
export type TileGrid = Omit<Level, 'downsample'>;

/** Reads the tiles of one image. */
export interface TileReader extends TileGrid {
	/**
	 * A tile, with the padding it is stored with. At once where source and codec can; then planes may be views of memory
	 * that the next decode on this thread overwrites. Later answers own their pixels.
	 */
	read(column: number, row: number, request: TileRequest, signal: AbortSignal | undefined): MaybeAsync<Pixels>;
}

/** The parts of a slide: everything its header says, a reader a level, largest first. */
export type SlideParts = Omit<Slide, 'levels' | 'readTile' | 'readRegion'> & {
	readonly readers: readonly TileReader[];
};

/** Puts a slide together. */
export function tileSlide({ readers, ...header }: SlideParts): Slide {
	const [largest] = readers;
	const levels = readers.map(
		({ widthPx, heightPx, tileWidthPx, tileHeightPx, columns, rows, compression }): Level => ({
			widthPx,
			heightPx,
			downsample: largest ? (largest.widthPx / widthPx + largest.heightPx / heightPx) / 2 : 1,
			tileWidthPx,
			tileHeightPx,
			columns,
			rows,
			compression,
		}),
	);

	/** The tile with its padding; failures say which tile it was. */
	function readPadded(level: number, column: number, row: number, options: TileOptions): MaybeAsync<Pixels> {
		const reader = readers[level];
		if (reader === undefined) throw outOfRange('level', level, readers.length);
		if (!isIndex(column, reader.columns)) throw outOfRange('column', column, reader.columns);
		if (!isIndex(row, reader.rows)) throw outOfRange('row', row, reader.rows);
		const explain = (error: unknown): never => {
			if (!(error instanceof FormatError)) throw error;
			const where = `Tile ${column}, ${row} of level ${level} of ${header.name} cannot be read.`;
			throw new FormatError(error.what, error.reason, `${where} ${error.message}`, { cause: error });
		};
		try {
			const pixels = reader.read(column, row, options, options.signal);
			return pixels instanceof Promise ? pixels.catch(explain) : pixels;
		} catch (error) {
			return explain(error);
		}
	}

	return {
		...header,
		levels,
		readTile(level, column, row, options = {}) {
			const padded = readPadded(level, column, row, options);
			const { widthPx, heightPx, tileWidthPx, tileHeightPx } = levels[level]!;
			const width = Math.min(tileWidthPx, widthPx - column * tileWidthPx);
			const height = Math.min(tileHeightPx, heightPx - row * tileHeightPx);
			return whenReady(padded, (pixels) => cropToSize(pixels, width, height));
		},
		readRegion(index, rect, options = {}) {
			const level = levels[index];
			if (level === undefined) throw outOfRange('level', index, levels.length);
			const { signal, onUnreadable } = options;
			const read = (column: number, row: number): MaybeAsync<Pixels> =>
				readPadded(index, column, row, signal ? { signal } : {});
			return readRegion(level, rect, read, onUnreadable);
		},
	};
}

function isIndex(value: number, count: number): boolean {
	return Number.isInteger(value) && value >= 0 && value < count;
}

function outOfRange(name: string, value: number, count: number): ArgumentError {
	return new ArgumentError(name, `There is no ${name} ${value}: the slide has ${count}, counted from 0.`);
}
