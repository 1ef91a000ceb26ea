/**
 * Measuring: turning tiles of level 0 into cell statistics, here or in other threads.
 * @module
 */
import type { CellGrid } from '../focus/cells.ts';
import type { FocusModel, WindowOrigin } from '../focus/focus-model.ts';
import type { Slide } from '../slide/slide.ts';

/** A tile of level 0. */
export interface TileIndex {
	readonly column: number;
	readonly row: number;
}

/** A tile that could not be read, and the sentence that says why. */
export interface UnreadableTile extends TileIndex {
	readonly message: string;
}

/** What is to be measured. */
export interface MeasureRequest {
	readonly slide: Slide;
	readonly model: FocusModel;
	readonly tiles: readonly TileIndex[];
	readonly signal?: AbortSignal;
	/** Called now and then with tiles done so far. */
	readonly onProgress?: (done: number, total: number) => void;
}

/** Cell statistics of all tiles asked for, and those that failed. */
export interface CellMeasurement {
	readonly grid: CellGrid;
	readonly unreadable: readonly UnreadableTile[];
}

/** What is to be scored in exact mode: windows of `model.windowPx`, in any order. */
export interface WindowRequest {
	readonly slide: Slide;
	readonly model: FocusModel;
	readonly windows: readonly WindowOrigin[];
	readonly signal?: AbortSignal;
	readonly onProgress?: (done: number, total: number) => void;
}

/** A score a window, in the order asked for; NaN where a tile under it could not be read. */
export interface WindowMeasurement {
	readonly scores: Float32Array;
	/** How sure the model is of each, 0..1; only of models that say so. */
	readonly certainty?: Float32Array;
	readonly unreadable: readonly UnreadableTile[];
}

/** Does the measuring. The one in `core` works in this thread; `@parfocal/node` has one with worker threads. */
export interface Measurer {
	/** @throws {ModelError} when the model has no fast path. */
	cells(request: MeasureRequest): Promise<CellMeasurement>;
	windows(request: WindowRequest): Promise<WindowMeasurement>;
}
