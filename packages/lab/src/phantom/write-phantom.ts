/**
 * Writes a phantom slide: rendered row by row, its pyramid and its truth made on the way.
 * @module
 */
import { availableParallelism } from 'node:os';
import { createTiffWriter, isParfocalError, type RgbImage, type TiffDirectory, type TiffSink } from '@parfocal/core';
import { toWriteError } from '@parfocal/node';
import { MACRO_SIZE, openDirectories, overviewLevel, type PhantomDirectories, STRIP_ROWS } from './directories.ts';
import { createTileEncoder, type TileEncoder } from './encode-tile.ts';
import { createFileSink, type FileFs } from './file-sink.ts';
import { needsBigTiff } from './file-size.ts';
import { inOrder, type OrderedWrites, orderedWrites } from './in-order.ts';
import { labelImage, macroImage } from './label.ts';
import { type PhantomOptions, type ResolvedPhantomOptions, resolvePhantomOptions } from './options.ts';
import { type FinishedTile, type LevelSize, Pyramid, pyramidSizes } from './pyramid.ts';
import { createPhantomRenderer } from './render.ts';
import { createTileSource } from './tile-source.ts';
import { type PhantomTruth, TruthCollector, truthJson } from './truth.ts';

/** Options of `writePhantom`: what to draw, and how to go about it. */
export interface WritePhantomOptions extends PhantomOptions {
	/** Rendering threads; 0 renders in this thread. Default: one a core, none for a small slide. */
	readonly threads?: number;
	readonly signal?: AbortSignal;
	/** Called after every tile of level 0. */
	readonly onProgress?: (done: number, total: number) => void;
	/** Tests replace it. */
	readonly fs?: FileFs;
}

/** What was written. */
export interface WrittenPhantom {
	readonly options: ResolvedPhantomOptions;
	/** Bytes of the slide. */
	readonly bytes: number;
	readonly bigTiff: boolean;
	/** Levels of the pyramid, the largest first. */
	readonly levels: readonly { readonly widthPx: number; readonly heightPx: number }[];
	readonly truth: PhantomTruth;
}

/** Slides up to this size are rendered in the calling thread, px. */
const SMALL_SLIDE_PX = 2048 * 2048;

/** Tiles being encoded or waiting to be written. */
const PENDING_WRITES = 16;

/** Where the truth of a slide is written: `slide.tif` has `slide.truth.json`. */
export function truthPathOf(slidePath: string): string {
	return `${slidePath.replace(/\.(tiff?|svs|btf)$/i, '')}.truth.json`;
}

/**
 * Draws a phantom slide and writes it to a file, with its truth beside it (`truthPathOf`), or to a sink, without.
 * The same options give the same bytes. Memory does not grow with the height of the slide.
 * @example
 * ```ts
 * const { truth } = await writePhantom('phantom.tif', { widthPx: 4096, heightPx: 4096, seed: 7 });
 * ```
 * @throws {ArgumentError} for an option that cannot be used.
 * @throws {WriteError} when the file cannot be written; nothing is left behind.
 * @throws the signal's reason when cancelled; nothing is left behind.
 */
export async function writePhantom(
	target: string | TiffSink,
	given: WritePhantomOptions = {},
): Promise<WrittenPhantom> {
	const { threads, signal, onProgress, fs, ...what } = given;
	const options = resolvePhantomOptions(what);
	signal?.throwIfAborted();
	if (typeof target !== 'string') {
		try {
			return await writeSlide(target, options, given);
		} catch (error) {
			if (isParfocalError(error) || error === signal?.reason) throw error;
			throw toWriteError('The phantom slide', error);
		}
	}
	const slide = await createFileSink(target, fs);
	try {
		const written = await writeSlide(slide, options, given);
		const truth = await createFileSink(truthPathOf(target), fs);
		try {
			for (const piece of truthJson(written.truth)) await truth.append(piece);
			signal?.throwIfAborted();
			await slide.commit();
			await truth.commit();
		} finally {
			await truth.discard();
		}
		return written;
	} finally {
		await slide.discard();
	}
}

async function writeSlide(
	sink: TiffSink,
	options: ResolvedPhantomOptions,
	{ threads, signal, onProgress }: WritePhantomOptions,
): Promise<WrittenPhantom> {
	const { widthPx, heightPx, tileSizePx } = options;
	const sizes = pyramidSizes(widthPx, heightPx, tileSizePx);
	const renderer = createPhantomRenderer(options);
	const encoder = await createTileEncoder(options);
	const tiff = createTiffWriter(sink, { big: needsBigTiff(options) });
	const label = labelImage(options);
	const directories = openDirectories(tiff, options, sizes, encoder.tables, label);
	const truth = new TruthCollector(options, renderer.plan, renderer.defocusAt);
	const writes = orderedWrites(PENDING_WRITES);
	const overview = new Overview(sizes, tileSizePx);
	const pyramid = new Pyramid(sizes, tileSizePx, async (tile) => {
		overview.add(tile);
		const directory = directories.levels[tile.level];
		if (directory === undefined) return;
		const index = tile.row * sizes[tile.level]!.columns + tile.column;
		const jpeg = encoder.encode({ data: tile.data, widthPx: tileSizePx, heightPx: tileSizePx });
		await writes.add(jpeg, (bytes) => directory.addTile(index, bytes));
	});

	const { columns, rows } = sizes[0]!;
	const small = widthPx * heightPx <= SMALL_SLIDE_PX;
	await using source = createTileSource(renderer, threads ?? (small ? 0 : Math.min(8, availableParallelism())));
	const place = (index: number): { column: number; row: number } => ({
		column: index % columns,
		row: Math.floor(index / columns),
	});
	let done = 0;
	const tiles = inOrder(columns * rows, source.concurrency, async (index) => {
		const { column, row } = place(index);
		return source.tile({ x: column * tileSizePx, y: row * tileSizePx, widthPx: tileSizePx, heightPx: tileSizePx });
	});
	for await (const tile of tiles) {
		signal?.throwIfAborted();
		truth.add(tile.places);
		await pyramid.add({ level: 0, ...place(done), data: tile.data });
		done++;
		onProgress?.(done, columns * rows);
	}
	await writeAssociated(directories, writes, encoder, overview.image(), label, options);
	await writes.drain();
	signal?.throwIfAborted();
	await tiff.close();
	return {
		options,
		bytes: tiff.size,
		bigTiff: tiff.big,
		levels: sizes
			.filter((_, level) => directories.levels[level] !== undefined)
			.map((size) => ({ widthPx: size.widthPx, heightPx: size.heightPx })),
		truth: truth.finish(),
	};
}

/** The picture of the whole slide, gathered from the tiles of one level. */
class Overview {
	readonly #level: number;
	readonly #tilePx: number;
	readonly #image: RgbImage;

	constructor(sizes: readonly LevelSize[], tilePx: number) {
		this.#level = overviewLevel(sizes);
		this.#tilePx = tilePx;
		const { widthPx, heightPx } = sizes[this.#level]!;
		this.#image = { layout: 'rgb', widthPx, heightPx, data: new Uint8Array(3 * widthPx * heightPx) };
	}

	add({ level, column, row, data }: FinishedTile): void {
		if (level !== this.#level) return;
		const { widthPx, heightPx } = this.#image;
		const left = column * this.#tilePx;
		const top = row * this.#tilePx;
		const width = 3 * Math.min(this.#tilePx, widthPx - left);
		for (let y = 0; y < Math.min(this.#tilePx, heightPx - top); y++) {
			const from = 3 * y * this.#tilePx;
			this.#image.data.set(data.subarray(from, from + width), 3 * ((top + y) * widthPx + left));
		}
	}

	image(): RgbImage {
		return this.#image;
	}
}

async function writeAssociated(
	{ thumbnail, label, macro }: PhantomDirectories,
	writes: OrderedWrites,
	encoder: TileEncoder,
	overview: RgbImage,
	labelPicture: RgbImage,
	options: ResolvedPhantomOptions,
): Promise<void> {
	if (thumbnail) await writeStrips(thumbnail, overview, writes, encoder);
	if (label) await writes.add(Promise.resolve(labelPicture.data), (bytes) => label.addTile(0, bytes));
	if (macro) await writeStrips(macro, macroImage(options, overview, MACRO_SIZE), writes, encoder);
}

async function writeStrips(
	directory: TiffDirectory,
	image: RgbImage,
	writes: OrderedWrites,
	encoder: TileEncoder,
): Promise<void> {
	for (let strip = 0; strip < directory.tileCount; strip++) {
		const top = strip * STRIP_ROWS;
		const heightPx = Math.min(STRIP_ROWS, image.heightPx - top);
		const data = image.data.subarray(3 * top * image.widthPx, 3 * (top + heightPx) * image.widthPx);
		const jpeg = encoder.encode({ data, widthPx: image.widthPx, heightPx });
		await writes.add(jpeg, (bytes) => directory.addTile(strip, bytes));
	}
}
