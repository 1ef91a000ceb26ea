import {
	CELL_PX,
	type CellGrid,
	type FocusModel,
	FormatError,
	type Level,
	ReadError,
	type RectPx,
	type RgbImage,
	type Slide,
} from '@parfocal/core';
import { expect, test } from 'vitest';
import { carryOut } from './carry-out.ts';
import { packError, type Reply, type Request } from './protocol.ts';
import { ThreadLost, type Threads } from './threads.ts';
import { type WorkerMeasurer, workerMeasurer } from './worker-measurer.ts';

const SIDE = 5000;
const TILE = 256;
const COLUMNS = Math.ceil(SIDE / TILE);
const TILES = Array.from({ length: COLUMNS * COLUMNS }, (_, i) => ({
	column: i % COLUMNS,
	row: Math.floor(i / COLUMNS),
}));

/** A slide whose every tile is grey by its place; tiles named in `bad` cannot be read. */
function greySlide(bad: readonly string[] = []): Slide {
	const level: Level = {
		widthPx: SIDE,
		heightPx: SIDE,
		downsample: 1,
		tileWidthPx: TILE,
		tileHeightPx: TILE,
		columns: COLUMNS,
		rows: COLUMNS,
		compression: 'jpeg',
	};
	return {
		levels: [level],
		readTile(_: number, column: number, row: number): RgbImage {
			if (bad.includes(`${column},${row}`))
				throw new FormatError('JPEG tile', 'corrupt', `tile ${column},${row} is corrupt`);
			return { layout: 'rgb', widthPx: TILE, heightPx: TILE, data: new Uint8Array([column, row, 0]) };
		},
		async readRegion(_: number, { x, y, widthPx, heightPx }: RectPx, options?: { onUnreadable?: () => void }) {
			if (bad.length > 0) options?.onUnreadable?.();
			return { layout: 'rgb', widthPx, heightPx, data: [x, y] };
		},
	} as unknown as Slide;
}

/** Counts tiles in the cell under their corner and sums their column plus row; a window scores its column plus row. */
const countingModel = {
	name: 'counting',
	windowPx: 235,
	stridePx: 128,
	planes: 'luma',
	definition: { kind: 'focuslitenn', name: 'counting' },
	scoreWindows({ data, widthPx, heightPx }: { data: [number, number]; widthPx: number; heightPx: number }) {
		const columns = Math.floor((widthPx - 235) / 128) + 1;
		const rows = Math.floor((heightPx - 235) / 128) + 1;
		const first = (data[0] + data[1]) / 128;
		const scores = Array.from({ length: columns * rows }, (_, i) => first + (i % columns) + Math.floor(i / columns));
		return { columns, rows, scores, score: 0 };
	},
	cells: {
		kernels: 1,
		windowCells: 2,
		measure({ data }: RgbImage, x: number, y: number, grid: CellGrid) {
			const column = Math.floor(x / CELL_PX) - grid.originColumn;
			const at = ((Math.floor(y / CELL_PX) - grid.originRow) * grid.columns + column) * 6;
			grid.data[at]! += 1;
			grid.data[at + 3]! += data[0]! + data[1]!;
		},
		pool: () => 0,
	},
} as unknown as FocusModel;

/** Threads in name only: answers after a few turns of the event loop, the later ones often first. */
function fakeThreads(slide: Slide, trouble?: (request: Request) => void): Threads {
	let calls = 0;
	return {
		count: 3,
		start() {},
		async call<R>(message: unknown, signal?: AbortSignal): Promise<R> {
			const request = structuredClone(message) as Request;
			for (let turns = (calls++ * 7) % 5; turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
			signal?.throwIfAborted();
			trouble?.(request);
			const reply: Reply = { answer: await carryOut(request, slide, () => countingModel) };
			return reply as R;
		},
		async [Symbol.asyncDispose]() {},
	};
}

function measurer(slide: Slide, trouble?: (request: Request) => void): WorkerMeasurer {
	return workerMeasurer(fakeThreads(slide, trouble), { id: 0, path: 'slide.tif' });
}

function holdsTile(request: Request, column: number, row: number): boolean {
	return 'tiles' in request && request.tiles.some((tile) => tile.column === column && tile.row === row);
}

function tilesSeen({ data }: CellGrid): number {
	return data.reduce((sum, value, i) => (i % 6 === 0 ? sum + value : sum), 0);
}

test('every tile is measured once, into its own place, with progress up to the total', async () => {
	const slide = greySlide();
	const progress: number[] = [];
	const { grid, unreadable } = await measurer(slide).cells({
		slide,
		model: countingModel,
		tiles: TILES,
		onProgress: (done, total) => {
			expect(total).toBe(TILES.length);
			progress.push(done);
		},
	});
	expect(unreadable).toEqual([]);
	expect(tilesSeen(grid)).toBe(TILES.length);
	expect(progress.at(-1)).toBe(TILES.length);
	expect([...progress].sort((a, b) => a - b)).toEqual(progress);
	for (const { column, row } of TILES) {
		const at = (row * 4 * grid.columns + column * 4) * 6;
		expect(grid.data[at]).toBe(1);
		expect(grid.data[at + 3]).toBe(column + row);
	}
});

test('tiles that cannot be read are named, the others are measured', async () => {
	const slide = greySlide(['3,4', '19,19']);
	const { grid, unreadable } = await measurer(slide).cells({ slide, model: countingModel, tiles: TILES });
	expect(unreadable).toEqual([
		{ column: 3, row: 4, message: 'tile 3,4 is corrupt' },
		{ column: 19, row: 19, message: 'tile 19,19 is corrupt' },
	]);
	expect(tilesSeen(grid)).toBe(TILES.length - 2);
	expect(await measurer(slide).read({ slide, tiles: TILES })).toEqual(unreadable);
});

test('a tile that brings workers down costs that tile only', async () => {
	const slide = greySlide();
	const deadly = (request: Request): void => {
		if (holdsTile(request, 9, 2)) throw new ThreadLost('it ended with code 7');
	};
	const { grid, unreadable } = await measurer(slide, deadly).cells({ slide, model: countingModel, tiles: TILES });
	expect(unreadable).toEqual([
		{ column: 9, row: 2, message: 'Tile 9,2 of slide.tif brought the reader down: it ended with code 7.' },
	]);
	expect(tilesSeen(grid)).toBe(TILES.length - 1);
	expect(await measurer(slide, deadly).read({ slide, tiles: TILES })).toEqual(unreadable);
});

test('a slide that brings workers down again and again is given up soon', async () => {
	const slide = greySlide();
	let calls = 0;
	const request = measurer(slide, () => {
		calls++;
		throw new ThreadLost('always');
	}).cells({ slide, model: countingModel, tiles: TILES });
	await expect(request).rejects.toMatchObject({ tag: 'format', reason: 'corrupt' });
	expect(calls).toBeLessThan(20);
});

test('windows come back in the order asked for, NaN where they cannot be read', async () => {
	const slide = greySlide(['8,3']);
	const windows = Array.from({ length: 900 }, (_, i) => ({ x: (i % 30) * 128, y: Math.floor(i / 30) * 128 })).reverse();
	const { scores, unreadable } = await measurer(slide).windows({ slide, model: countingModel, windows });
	const touchesHole = ({ x, y }: { x: number; y: number }): boolean =>
		x + 235 > 8 * TILE && x < 9 * TILE && y + 235 > 3 * TILE && y < 4 * TILE;
	expect(windows.filter(touchesHole)).toHaveLength(9);
	windows.forEach((window, i) => {
		expect(scores[i]).toBe(touchesHole(window) ? Number.NaN : (window.x + window.y) / 128);
	});
	expect(unreadable).toEqual([{ column: 8, row: 3, message: 'tile 8,3 is corrupt' }]);
});

test('a window that brings workers down is NaN and its tile is named', async () => {
	const slide = greySlide();
	const windows = [0, 128, 256].map((x) => ({ x, y: 0 }));
	const trouble = (request: Request): void => {
		if (request.kind === 'windows' && request.windows.some(({ x }) => x === 128)) throw new ThreadLost('gone');
	};
	const { scores, unreadable } = await measurer(slide, trouble).windows({ slide, model: countingModel, windows });
	expect([...scores]).toEqual([0, Number.NaN, 2]);
	expect(unreadable).toEqual([{ column: 0, row: 0, message: 'Tile 0,0 of slide.tif brought the reader down: gone.' }]);
});

test('a slide that a worker cannot open fails the whole request with the error of the family', async () => {
	const slide = greySlide();
	const error = new ReadError('slide.tif', 'vanished', 'slide.tif is gone');
	const threads = { ...fakeThreads(slide), call: async () => ({ failure: packError(error) }) } as unknown as Threads;
	const request = workerMeasurer(threads, { id: 0, path: 'slide.tif' }).cells({
		slide,
		model: countingModel,
		tiles: TILES,
	});
	await expect(request).rejects.toMatchObject({ tag: 'read', reason: 'vanished', source: 'slide.tif' });
});

test('aborting rejects with the reason of the signal', async () => {
	const slide = greySlide();
	const controller = new AbortController();
	const request = measurer(slide).cells({
		slide,
		model: countingModel,
		tiles: TILES,
		signal: controller.signal,
		onProgress: () => controller.abort(new Error('enough')),
	});
	await expect(request).rejects.toThrow('enough');
});

test('a model without a fast path is refused', async () => {
	const slide = greySlide();
	const { cells: _, ...model } = countingModel as FocusModel & { cells: unknown };
	await expect(measurer(slide).cells({ slide, model, tiles: TILES })).rejects.toMatchObject({ tag: 'model' });
});

test('a network is not sent to workers: it scores in this thread', async () => {
	const asked: unknown[] = [];
	const network = {
		...countingModel,
		definition: { kind: 'network', name: 'net' },
		async scoreWindowsAt(_: RgbImage, origins: readonly { x: number; y: number }[]) {
			asked.push(...origins);
			return { scores: Float32Array.from(origins, ({ x }) => x), certainty: new Float32Array(origins.length).fill(1) };
		},
	} as unknown as FocusModel;
	const nobody: Threads = {
		count: 1,
		start: () => {},
		call: () => Promise.reject(new Error('a worker was asked')),
		[Symbol.asyncDispose]: async () => {},
	};
	const measurer = workerMeasurer(nobody, { id: 1, path: 'slide.svs' });
	const windows = [
		{ x: 0, y: 0 },
		{ x: 128, y: 0 },
	];
	const measured = await measurer.windows({ slide: greySlide(), model: network, windows });
	expect(measured).toEqual({ scores: Float32Array.of(0, 128), certainty: Float32Array.of(1, 1), unreadable: [] });
	expect(asked).toEqual(windows);
});
