/**
 * Measuring with worker threads: the same as measuring in this thread, but on all cores, and a tile that brings a
 * worker down costs that tile only.
 * @module
 */
import {
	type CellMeasurement,
	gridUnder,
	type MeasureRequest,
	type Measurer,
	ModelError,
	measureInThread,
	mergeCells,
	type Slide,
	type TileIndex,
	type UnreadableTile,
	type WindowMeasurement,
	type WindowRequest,
} from '@parfocal/core';
import { tileBatches, windowBatches } from './batches.ts';
import { dispatch } from './dispatch.ts';
import type { Subject } from './protocol.ts';
import type { ThreadLost, Threads } from './threads.ts';

/** What may also be asked of workers. */
export interface WorkerMeasurer extends Measurer {
	/** Reads tiles and drops the pixels: which of them cannot be read, and what reading alone costs. */
	read(request: ReadRequest): Promise<readonly UnreadableTile[]>;
}

/** Tiles of level 0 to read. */
export interface ReadRequest {
	readonly slide: Slide;
	readonly tiles: readonly TileIndex[];
	/** As for `Slide.readTile`; default `all`. */
	readonly planes?: 'all' | 'luma';
	readonly signal?: AbortSignal;
	readonly onProgress?: (done: number, total: number) => void;
}

/** A measurer for the slide at `subject.path`; the `slide` of its requests must be that same slide. */
export function workerMeasurer(threads: Threads, subject: Subject): WorkerMeasurer {
	return {
		cells: (request) => measureCells(threads, subject, request),
		windows: (request) => scoreWindows(threads, subject, request),
		read: (request) => readTiles(threads, subject, request),
	};
}

async function measureCells(
	threads: Threads,
	subject: Subject,
	{ slide, model, tiles, signal, onProgress }: MeasureRequest,
): Promise<CellMeasurement> {
	if (!model.cells)
		throw new ModelError(model.name, `The model ${model.name} has no fast path. Use exact mode instead.`);
	const level = slide.levels[0]!;
	const grid = gridUnder(tiles, level, model.cells.kernels);
	const unreadable: UnreadableTile[] = [];
	await dispatch(threads, {
		batches: tileBatches(level, tiles),
		request: (batch) => ({ kind: 'cells', subject, model: model.definition, tiles: batch }) as const,
		use(answer) {
			mergeCells(grid, answer.grid);
			unreadable.push(...answer.unreadable);
		},
		giveUp: (tile, why) => void unreadable.push(lostTile(subject, tile, why)),
		signal,
		onProgress,
	});
	return { grid, unreadable };
}

async function scoreWindows(threads: Threads, subject: Subject, request: WindowRequest): Promise<WindowMeasurement> {
	const { slide, model, windows, signal, onProgress } = request;
	// A network cannot cross to workers: its engine has threads of its own.
	if (model.definition.kind === 'network') return measureInThread.windows(request);
	const { tileWidthPx, tileHeightPx } = slide.levels[0]!;
	const scores = new Float32Array(windows.length).fill(Number.NaN);
	// Windows overlap, so one bad tile is met more than once.
	const unreadable = new Map<string, UnreadableTile>();
	const record = (tile: UnreadableTile): void => void unreadable.set(`${tile.column},${tile.row}`, tile);
	await dispatch(threads, {
		batches: windowBatches(windows.map(({ x, y }, index) => ({ x, y, index }))),
		request: (batch) => ({ kind: 'windows', subject, model: model.definition, windows: batch }) as const,
		use(answer, batch) {
			batch.forEach(({ index }, i) => {
				scores[index] = answer.scores[i]!;
			});
			answer.unreadable.forEach(record);
		},
		giveUp({ x, y }, why) {
			const tile = { column: Math.floor(x / tileWidthPx), row: Math.floor(y / tileHeightPx) };
			record(lostTile(subject, tile, why));
		},
		signal,
		onProgress,
	});
	return { scores, unreadable: [...unreadable.values()] };
}

async function readTiles(
	threads: Threads,
	subject: Subject,
	{ slide, tiles, planes = 'all', signal, onProgress }: ReadRequest,
): Promise<UnreadableTile[]> {
	const unreadable: UnreadableTile[] = [];
	await dispatch(threads, {
		batches: tileBatches(slide.levels[0]!, tiles),
		request: (batch) => ({ kind: 'read', subject, planes, tiles: batch }) as const,
		use: (answer) => void unreadable.push(...answer),
		giveUp: (tile, why) => void unreadable.push(lostTile(subject, tile, why)),
		signal,
		onProgress,
	});
	return unreadable;
}

function lostTile({ path }: Subject, { column, row }: TileIndex, why: ThreadLost): UnreadableTile {
	return { column, row, message: `Tile ${column},${row} of ${path} brought the reader down: ${why.message}.` };
}
