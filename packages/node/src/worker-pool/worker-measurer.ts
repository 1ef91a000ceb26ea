/**
 * Measuring with worker threads: the same as measuring in this thread, but on all cores, and a tile that brings a
 * worker down costs that tile only.
 * @module
 */
import {
	type CellMeasurement,
	createCellGrid,
	type FocusModel,
	FormatError,
	type MeasureRequest,
	type Measurer,
	ModelError,
	mergeCells,
	type Slide,
	type TileIndex,
	type UnreadableTile,
	type WindowMeasurement,
	type WindowRequest,
} from '@parfocal/core';
import { cellsOfLevel, cellsOfTiles, tileBatches, windowBatches } from './batches.ts';
import { type Done, type Reply, type Request, type Subject, unpackError } from './protocol.ts';
import { ThreadLost, type Threads } from './threads.ts';

/** Threads that may be lost over one slide before the slide is given up. */
const MAXIMUM_LOSSES = 16;

/** What may also be asked of workers. */
export interface WorkerMeasurer extends Measurer {
	/** Reads tiles and drops the pixels: which of them cannot be read, and what reading alone costs. */
	read(request: ReadRequest): Promise<readonly UnreadableTile[]>;
}

/** Tiles to read. */
export interface ReadRequest {
	readonly slide: Slide;
	readonly tiles: readonly TileIndex[];
	readonly planes?: 'all' | 'luma';
	readonly signal?: AbortSignal;
	readonly onProgress?: (done: number, total: number) => void;
}

/** A measurer for the slide at `subject.path`; the `slide` of its requests must be that same slide. */
export function workerMeasurer(threads: Threads, subject: Subject): WorkerMeasurer {
	return {
		async cells({ slide, model, tiles, signal, onProgress }: MeasureRequest): Promise<CellMeasurement> {
			const level = slide.levels[0]!;
			const whole = cellsOfLevel(level);
			const grid = createCellGrid(0, 0, whole.columns, whole.rows, kernelsOf(model));
			const unreadable: UnreadableTile[] = [];
			await inBatches(threads, subject.path, tileBatches(level, tiles), signal, onProgress, {
				request: (batch) => ({
					kind: 'cells',
					subject,
					model: model.definition,
					places: pairs(batch, 'column', 'row'),
					cells: cellsOfTiles(level, batch),
				}),
				use: (batch, done) => {
					mergeCells(grid, { ...cellsOfTiles(level, batch), kernels: grid.kernels, data: done.numbers });
					unreadable.push(...done.unreadable);
				},
				giveUp: ([tile], why) => void unreadable.push({ ...tile!, message: lostTile(subject, tile!, why) }),
			});
			return { grid, unreadable };
		},

		async windows({ slide, model, windows, signal, onProgress }: WindowRequest): Promise<WindowMeasurement> {
			const level = slide.levels[0]!;
			const scores = new Float32Array(windows.length).fill(Number.NaN);
			const unreadable = new Map<string, UnreadableTile>();
			const record = (tile: UnreadableTile): void => void unreadable.set(`${tile.column},${tile.row}`, tile);
			const numbered = windows.map(({ x, y }, index) => ({ x, y, index }));
			await inBatches(threads, subject.path, windowBatches(numbered), signal, onProgress, {
				request: (batch) => ({ kind: 'windows', subject, model: model.definition, places: pairs(batch, 'x', 'y') }),
				use: (batch, done) => {
					batch.forEach(({ index }, i) => {
						scores[index] = done.numbers[i]!;
					});
					done.unreadable.forEach(record);
				},
				giveUp: ([window], why) => {
					const tile = {
						column: Math.floor(window!.x / level.tileWidthPx),
						row: Math.floor(window!.y / level.tileHeightPx),
					};
					record({ ...tile, message: lostTile(subject, tile, why) });
				},
			});
			return { scores, unreadable: [...unreadable.values()] };
		},

		async read({ slide, tiles, planes = 'all', signal, onProgress }: ReadRequest): Promise<UnreadableTile[]> {
			const unreadable: UnreadableTile[] = [];
			await inBatches(threads, subject.path, tileBatches(slide.levels[0]!, tiles), signal, onProgress, {
				request: (batch) => ({ kind: 'read', subject, planes, places: pairs(batch, 'column', 'row') }),
				use: (_, done) => void unreadable.push(...done.unreadable),
				giveUp: ([tile], why) => void unreadable.push({ ...tile!, message: lostTile(subject, tile!, why) }),
			});
			return unreadable;
		},
	};
}

function kernelsOf(model: FocusModel): number {
	if (model.cells) return model.cells.kernels;
	throw new ModelError(model.name, `the model "${model.name}" has no fast path; use the exact mode`);
}

function lostTile(subject: Subject, tile: TileIndex, why: ThreadLost): string {
	return `tile ${tile.column},${tile.row} of ${subject.path} brought the reader down: ${why.message}`;
}

function givenUp(path: string, cause: ThreadLost): FormatError {
	const message = `${path} brought the reader down more than ${MAXIMUM_LOSSES} times, last: ${cause.message}; the file is damaged`;
	return new FormatError('slide', 'corrupt', message, { cause });
}

function pairs<K extends string>(items: readonly Record<K, number>[], first: K, second: K): Int32Array {
	const places = new Int32Array(items.length * 2);
	items.forEach((item, i) => {
		places[2 * i] = item[first];
		places[2 * i + 1] = item[second];
	});
	return places;
}

/** How one kind of work is asked for, and what is done with the answers. */
interface Work<Item> {
	request(batch: readonly Item[]): Request;
	use(batch: readonly Item[], done: Done): void;
	/** A single item that brings threads down. */
	giveUp(single: readonly Item[], why: ThreadLost): void;
}

/**
 * Hands batches to threads and uses the answers in the order of the batches, whichever comes first: sums of 32-bit floats depend
 * on their order, and the same slide must give the same bytes.
 */
async function inBatches<Item>(
	threads: Threads,
	path: string,
	batches: readonly (readonly Item[])[],
	signal: AbortSignal | undefined,
	onProgress: ((done: number, total: number) => void) | undefined,
	work: Work<Item>,
): Promise<void> {
	const total = batches.reduce((sum, batch) => sum + batch.length, 0);
	const uses = new Map<number, () => void>();
	let next = 0;
	let used = 0;
	let finished = 0;
	let losses = 0;

	async function carryOut(batch: readonly Item[]): Promise<() => void> {
		try {
			const reply = await threads.call<Reply>(work.request(batch), signal);
			if ('failure' in reply) throw unpackError(reply.failure);
			return () => work.use(batch, reply);
		} catch (error) {
			if (!(error instanceof ThreadLost)) throw error;
			if (++losses > MAXIMUM_LOSSES) throw givenUp(path, error);
			if (batch.length === 1) return () => work.giveUp(batch, error);
			return oneByOne(batch);
		}
	}

	async function oneByOne(batch: readonly Item[]): Promise<() => void> {
		const uses: (() => void)[] = [];
		for (const item of batch) uses.push(await carryOut([item]));
		return () => {
			for (const use of uses) use();
		};
	}

	async function lane(): Promise<void> {
		while (next < batches.length) {
			const index = next++;
			const batch = batches[index]!;
			uses.set(index, await carryOut(batch));
			for (let use = uses.get(used); use; use = uses.get(used)) {
				uses.delete(used++);
				use();
			}
			finished += batch.length;
			onProgress?.(finished, total);
		}
	}

	try {
		await Promise.all(Array.from({ length: threads.count }, lane));
	} finally {
		// After a failure the other lanes find nothing more to do.
		next = batches.length;
	}
}
