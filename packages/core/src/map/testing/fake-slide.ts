/**
 * A slide that is a function of its coordinates, and a model that reads the blur off its pixels: what a map should say is
 * known for every place.
 * @module
 */
import { FormatError } from '../../errors.ts';
import { CELL_PX, type CellGrid, STATISTICS_PER_KERNEL } from '../../focus/cells.ts';
import type { FocusModel, ImmediateModel, WindowOrigin } from '../../focus/focus-model.ts';
import { cropRgb } from '../../image/crop.ts';
import type { RectPx, RgbImage } from '../../image/pixels.ts';
import type { Level, Mpp, Slide } from '../../slide/slide.ts';
import { noise } from '../../tissue/testing/picture.ts';

/** Glass with blur "30": a window that lets it in shows. */
export const GLASS: readonly [number, number, number] = [243, 243, 240];

/** Stained tissue out of focus by `blur` (0..28): the model below reads it from the blue channel. */
export function tissuePixel(blur: number, x: number, y: number): readonly [number, number, number] {
	// Coarse grain that is there at every scale the mask looks at.
	const wave = 18 * noise(Math.floor(x / 40), Math.floor(y / 40));
	return [190 + wave, 110 + wave, 120 + 4 * blur];
}

/** What a fake slide is made of. */
export interface FakeSlideOptions {
	readonly widthPx: number;
	readonly heightPx: number;
	readonly pixel: (x: number, y: number) => readonly [number, number, number];
	readonly tilePx?: number;
	readonly mpp?: Mpp | undefined;
	/** Tiles of level 0 that are corrupt, as `column,row`. */
	readonly corrupt?: readonly string[];
	/** Whether `readTile` gives promises. */
	readonly asynchronous?: boolean;
	readonly warnings?: readonly string[];
	readonly name?: string;
	/** Thrown by every tile instead. */
	readonly failure?: Error;
}

/** A fake slide and the tiles that were read from its level 0. */
export interface FakeSlide extends Slide {
	readonly tilesRead: string[];
}

/** See the module. */
export function fakeSlide(options: FakeSlideOptions): FakeSlide {
	const { widthPx, heightPx, tilePx = 256, corrupt = [], name = '/slides/fake.svs' } = options;
	const tilesRead: string[] = [];
	const levels: Level[] = [];
	for (let downsample = 1; ; downsample *= 4) {
		const width = Math.ceil(widthPx / downsample);
		const height = Math.ceil(heightPx / downsample);
		levels.push({
			widthPx: width,
			heightPx: height,
			downsample,
			tileWidthPx: tilePx,
			tileHeightPx: tilePx,
			columns: Math.ceil(width / tilePx),
			rows: Math.ceil(height / tilePx),
			compression: 'uncompressed',
		});
		if (Math.max(width, height) <= 512) break;
	}
	const draw = (index: number, { x, y, widthPx: wide, heightPx: high }: RectPx): RgbImage => {
		const level = levels[index]!;
		const data = new Uint8Array(3 * wide * high).fill(255);
		for (let row = 0; row < high; row++) {
			for (let column = 0; column < wide; column++) {
				if (x + column >= level.widthPx || y + row >= level.heightPx) continue;
				const half = level.downsample / 2 - 0.5;
				const at = options.pixel((x + column) * level.downsample + half, (y + row) * level.downsample + half);
				data.set(at, 3 * (row * wide + column));
			}
		}
		return { layout: 'rgb', widthPx: wide, heightPx: high, data };
	};
	const isCorrupt = (index: number, column: number, row: number) => index === 0 && corrupt.includes(`${column},${row}`);
	const readTile = (index: number, column: number, row: number): RgbImage => {
		const level = levels[index]!;
		if (index === 0) tilesRead.push(`${column},${row}`);
		if (options.failure) throw options.failure;
		if (isCorrupt(index, column, row)) {
			throw new FormatError('tile', 'corrupt', `Tile ${column},${row} is corrupt.`);
		}
		const x = column * tilePx;
		const y = row * tilePx;
		const rect = {
			x,
			y,
			widthPx: Math.min(tilePx, level.widthPx - x),
			heightPx: Math.min(tilePx, level.heightPx - y),
		};
		return draw(index, rect);
	};
	return {
		name,
		format: 'fake',
		vendor: 'unknown',
		levels,
		mpp: 'mpp' in options ? options.mpp : { x: 0.25, y: 0.25, source: 'tag' },
		objectivePower: 40,
		associated: [],
		properties: {},
		warnings: options.warnings ?? [],
		tilesRead,
		readTile: (index, column, row) =>
			options.asynchronous
				? new Promise((resolve) => resolve(readTile(index, column, row)))
				: readTile(index, column, row),
		readRegion: async (index, rect, { onUnreadable } = {}) => {
			const image = draw(index, rect);
			const last = (startPx: number, sizePx: number) => Math.floor((startPx + sizePx - 1) / tilePx);
			for (let row = Math.floor(rect.y / tilePx); row <= last(rect.y, rect.heightPx); row++) {
				for (let column = Math.floor(rect.x / tilePx); column <= last(rect.x, rect.widthPx); column++) {
					if (index === 0) tilesRead.push(`${column},${row}`);
					if (isCorrupt(index, column, row)) onUnreadable?.(new FormatError('tile', 'corrupt', 'corrupt'));
				}
			}
			return image;
		},
		close: () => {},
	};
}

/** What may be asked of the fake model. */
export interface FakeModelOptions {
	readonly windowCells?: number;
	readonly unit?: FocusModel['unit'];
	readonly higherMeans?: FocusModel['higherMeans'];
	readonly fast?: boolean;
	readonly mppRange?: readonly [number, number];
	/** Kernels; all see the same. */
	readonly kernels?: number;
}

/** A model that scores single windows later, as a network does, and remembers which it was asked for. */
export interface FakeNetwork extends FocusModel {
	readonly asked: WindowOrigin[];
}

/** Scores as `fakeModel`; its certainty is a tenth of the score. */
export function fakeNetwork({ stridePx = 128 }: { readonly stridePx?: number } = {}): FakeNetwork {
	const { definition, cells: _, ...model } = fakeModel({ unit: 'zLevel' });
	const asked: WindowOrigin[] = [];
	const scoreAll: FakeNetwork['scoreWindows'] = async (image) => {
		const found = model.scoreWindows(image);
		return { ...found, certainty: found.scores.map((score) => score / 10) };
	};
	return {
		...model,
		stridePx,
		asked,
		definition: {
			kind: 'network',
			name: 'fake',
			sha256: 'f'.repeat(64),
			licence: 'Apache-2.0',
			origin: definition.origin,
			network: 'fake_net',
			windowPx: 235,
			stridePx,
			unit: 'zLevel',
			higherMeans: 'blurrier',
		},
		scoreWindows: scoreAll,
		async scoreWindowsAt(image, origins, { signal, onProgress } = {}) {
			const scores = new Float32Array(origins.length);
			for (const [i, { x, y }] of origins.entries()) {
				signal?.throwIfAborted();
				scores[i] = model.scoreWindows(cropRgb(image, { x, y, widthPx: 235, heightPx: 235 })).score;
				onProgress?.(i + 1);
			}
			asked.push(...origins);
			return { scores, certainty: scores.map((score) => score / 10) };
		},
	};
}

const blurOf = (blue: number) => (blue - 120) / 4;

/** A model whose score is the mean of the blur written in the pixels, with a response every fifth pixel. */
export function fakeModel(options: FakeModelOptions = {}): ImmediateModel {
	const { windowCells = 4, unit = 'blurRadiusPx', higherMeans = 'blurrier', fast = true, kernels = 2 } = options;
	const sign = higherMeans === 'blurrier' ? 1 : -1;
	return {
		name: 'fake',
		sha256: 'f'.repeat(64),
		licence: 'Apache-2.0',
		unit,
		higherMeans,
		windowPx: 235,
		stridePx: 128,
		planes: 'all',
		definition: {
			kind: 'focuslitenn',
			name: 'fake',
			sha256: 'f'.repeat(64),
			licence: 'Apache-2.0',
			origin: 'made up for tests',
			planes: 'all',
			pooling: 'min',
			kernels,
			convWeight: new Float32Array(kernels * 147),
			convBias: new Float32Array(kernels),
			head: [],
			paddingPx: 0,
			clampAtZero: false,
			unit,
			...(options.mppRange && { mppRange: options.mppRange }),
		},
		scoreWindows(image) {
			const columns = Math.floor((image.widthPx - 235) / 128) + 1;
			const rows = Math.floor((image.heightPx - 235) / 128) + 1;
			const scores = new Float32Array(columns * rows);
			for (let i = 0; i < scores.length; i++) {
				const left = 128 * (i % columns);
				const top = 128 * Math.floor(i / columns);
				let sum = 0;
				let count = 0;
				for (let y = top; y < top + 235; y += 5) {
					for (let x = left; x < left + 235; x += 5) {
						sum += blurOf(image.data[3 * (y * image.widthPx + x) + 2]!);
						count++;
					}
				}
				scores[i] = (sign * sum) / count;
			}
			return { columns, rows, scores, score: scores.reduce((sum, value) => sum + value, 0) / scores.length };
		},
		...(fast && {
			cells: {
				kernels,
				windowCells,
				measure: (tile, xPx, yPx, grid) => measure(tile as RgbImage, xPx, yPx, grid, sign),
				pool: (statistics) => statistics[3]! / statistics[0]!,
			},
		}),
	};
}

function measure(tile: RgbImage, xPx: number, yPx: number, grid: CellGrid, sign: number): void {
	// Responses sit where the global stride of 5 puts them, whatever the tile.
	for (let y = (5 - (yPx % 5)) % 5; y < tile.heightPx; y += 5) {
		const row = Math.floor((yPx + y) / CELL_PX) - grid.originRow;
		for (let x = (5 - (xPx % 5)) % 5; x < tile.widthPx; x += 5) {
			const column = Math.floor((xPx + x) / CELL_PX) - grid.originColumn;
			const blur = sign * blurOf(tile.data[3 * (y * tile.widthPx + x) + 2]!);
			for (let kernel = 0; kernel < grid.kernels; kernel++) {
				const at = ((row * grid.columns + column) * grid.kernels + kernel) * STATISTICS_PER_KERNEL;
				grid.data[at] = grid.data[at]! + 1;
				grid.data[at + 1] = Math.min(grid.data[at + 1]!, blur);
				grid.data[at + 2] = Math.max(grid.data[at + 2]!, blur);
				grid.data[at + 3] = grid.data[at + 3]! + blur;
				grid.data[at + 4] = grid.data[at + 4]! + Math.abs(blur);
				grid.data[at + 5] = grid.data[at + 5]! + blur * blur;
			}
		}
	}
}
