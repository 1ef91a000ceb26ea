/**
 * Big slides in seconds: one phantom is rendered, and its encoded tiles are repeated. Kept in `.cache/bench`.
 * @module
 */
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTiffWriter, type RgbImage } from '../../packages/core/src/index.ts';
import { readTiff } from '../../packages/core/src/slide/tiff/tiff-file.ts';
import { readChunkTable, readTiffImage } from '../../packages/core/src/slide/tiff/tiff-image.ts';
import { openDirectories } from '../../packages/lab/src/phantom/directories.ts';
import { createTileEncoder, type TileEncoder } from '../../packages/lab/src/phantom/encode-tile.ts';
import { createFileSink } from '../../packages/lab/src/phantom/file-sink.ts';
import { labelImage } from '../../packages/lab/src/phantom/label.ts';
import { type ResolvedPhantomOptions, resolvePhantomOptions } from '../../packages/lab/src/phantom/options.ts';
import { type LevelSize, pyramidSizes } from '../../packages/lab/src/phantom/pyramid.ts';
import { createPhantomRenderer } from '../../packages/lab/src/phantom/render.ts';
import { writePhantom } from '../../packages/lab/src/phantom/write-phantom.ts';
import { fileSource } from '../../packages/node/src/file-source.ts';
import { openSlideFile } from '../../packages/node/src/open-file.ts';

const cache = fileURLToPath(new URL('../../.cache/bench/', import.meta.url));

/** Part of the files' names: change it when phantoms look different, so that old files are not used. */
const VERSION = 2;

/** Side of the rendered phantom: whole tiles on levels 0, 1 and 2, whole pixels on level 10. */
const MASTER_PX = 5120;
const TILE_PX = 256;
/** Levels whose tiles are repeated as they are; smaller levels are put together from pixels. */
const REPEATED_LEVELS = 3;

/** What a benchmark slide shows. */
export interface BenchSlideOptions {
	/** `half`: tissue on the left, clean glass on the right. */
	readonly tissue: 'everywhere' | 'half';
}

/**
 * The path of a square slide of `sidePx`: generic pyramid, 4:2:0, quality 80, tiles of 256 px. Made when missing; the
 * first one takes longer, as the phantom is rendered.
 */
export async function benchSlide(sidePx: number, { tissue }: BenchSlideOptions): Promise<string> {
	const path = `${cache}slide-v${VERSION}-${sidePx}-${tissue}.tif`;
	if (!existsSync(path)) await repeatMaster(path, resolvePhantomOptions({ widthPx: sidePx, heightPx: sidePx }), tissue);
	return path;
}

/** Tiles of the master as stored, by level. */
type StoredTiles = (level: number, column: number, row: number) => Promise<Uint8Array>;

async function repeatMaster(
	path: string,
	options: ResolvedPhantomOptions,
	tissue: BenchSlideOptions['tissue'],
): Promise<void> {
	const master = await masterSlide();
	const sizes = pyramidSizes(options.widthPx, options.heightPx, TILE_PX);
	const encoder = await createTileEncoder(options);
	// The border falls on a tile of the coarsest repeated level, so that all levels agree on it.
	const unit = 2 ** (REPEATED_LEVELS - 1);
	const glassFrom = tissue === 'half' ? Math.floor(sizes[0]!.columns / 2 / unit) * unit : Number.POSITIVE_INFINITY;
	const glass = await encoder.encode(glassTile());
	const { tile: stored, close } = await storedTiles(master);
	const sink = await createFileSink(path);
	try {
		const tiff = createTiffWriter(sink, { expectedBytes: options.widthPx * options.heightPx * 0.4 });
		const { levels } = openDirectories(tiff, options, sizes, encoder.tables, labelImage(options));
		for (const [level, size] of sizes.entries()) {
			const directory = levels[level]!;
			const pixels = level < REPEATED_LEVELS ? undefined : await levelPixels(master, level);
			for (let index = 0; index < size.columns * size.rows; index++) {
				const column = index % size.columns;
				const row = Math.floor(index / size.columns);
				const isGlass = column * 2 ** level >= glassFrom;
				if (pixels !== undefined) {
					const borderPx = (glassFrom * TILE_PX) / 2 ** level;
					await directory.addTile(index, await encodeRepeated(encoder, pixels, column, row, borderPx));
				} else await directory.addTile(index, isGlass ? glass : await stored(level, column, row));
			}
		}
		await tiff.close();
		await sink.commit();
	} finally {
		await sink.discard();
		await close();
	}
}

async function masterSlide(): Promise<string> {
	const path = `${cache}master-v${VERSION}.tif`;
	mkdirSync(cache, { recursive: true });
	if (!existsSync(path)) {
		console.error(`bench/slides: rendering a phantom of ${MASTER_PX} px a side, once …`);
		await writePhantom(path, { widthPx: MASTER_PX, heightPx: MASTER_PX, tissue: 'everywhere', tileSizePx: TILE_PX });
	}
	return path;
}

async function storedTiles(path: string): Promise<{ tile: StoredTiles; close: () => Promise<void> }> {
	const source = await fileSource(path, {});
	const { directories } = await readTiff(source);
	const levels = await Promise.all(
		directories.slice(0, REPEATED_LEVELS).map(async (directory) => {
			const image = await readTiffImage(directory);
			const { offsets, byteCounts } = await readChunkTable(image);
			const tiles: (Uint8Array | undefined)[] = [];
			return { columns: image.grid.columns, rows: image.grid.rows, offsets, byteCounts, tiles };
		}),
	);
	return {
		async tile(level, column, row) {
			const { columns, rows, offsets, byteCounts, tiles } = levels[level]!;
			const index = (row % rows) * columns + (column % columns);
			tiles[index] ??= Uint8Array.from(await source.read(offsets[index]!, byteCounts[index]!));
			return tiles[index];
		},
		close: async () => source.close?.(),
	};
}

/** A whole level of the master; those it does not have are made by halving. */
async function levelPixels(master: string, level: number): Promise<RgbImage> {
	const slide = await openSlideFile(master);
	try {
		const stored = Math.min(level, slide.levels.length - 1);
		const { widthPx, heightPx } = slide.levels[stored]!;
		let image = await slide.readRegion(stored, { x: 0, y: 0, widthPx, heightPx });
		for (let at = stored; at < level; at++) image = halve(image);
		return image;
	} finally {
		await slide.close();
	}
}

function halve({ widthPx, heightPx, data }: RgbImage): RgbImage {
	const size: LevelSize = { widthPx: widthPx >> 1, heightPx: heightPx >> 1, columns: 1, rows: 1 };
	const out = new Uint8Array(3 * size.widthPx * size.heightPx);
	for (let i = 0; i < out.length; i++) {
		const pixel = Math.floor(i / 3);
		const from = 3 * (2 * Math.floor(pixel / size.widthPx) * widthPx + 2 * (pixel % size.widthPx)) + (i % 3);
		out[i] = (data[from]! + data[from + 3]! + data[from + 3 * widthPx]! + data[from + 3 * widthPx + 3]! + 2) >> 2;
	}
	return { layout: 'rgb', widthPx: size.widthPx, heightPx: size.heightPx, data: out };
}

/** A tile of a level that repeats `pixels`, glass from column `borderPx` on. */
function encodeRepeated(
	encoder: TileEncoder,
	pixels: RgbImage,
	column: number,
	row: number,
	borderPx: number,
): Promise<Uint8Array> {
	const data = new Uint8Array(3 * TILE_PX * TILE_PX).fill(243);
	for (let y = 0; y < TILE_PX; y++) {
		const from = ((row * TILE_PX + y) % pixels.heightPx) * pixels.widthPx;
		for (let x = 0; x < TILE_PX && column * TILE_PX + x < borderPx; x++) {
			const at = 3 * (from + ((column * TILE_PX + x) % pixels.widthPx));
			data.set(pixels.data.subarray(at, at + 3), 3 * (y * TILE_PX + x));
		}
	}
	return encoder.encode({ data, widthPx: TILE_PX, heightPx: TILE_PX });
}

/** Clean glass, from the right half of a phantom with tissue on its left. */
function glassTile(): Pick<RgbImage, 'data' | 'widthPx' | 'heightPx'> {
	const renderer = createPhantomRenderer(resolvePhantomOptions({ widthPx: 65_536, tissue: 'half' }));
	const { data } = renderer.render({ x: 60_000, y: 1000, widthPx: TILE_PX, heightPx: TILE_PX });
	return { data, widthPx: TILE_PX, heightPx: TILE_PX };
}
