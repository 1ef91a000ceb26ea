/**
 * What a method must offer to score pictures, draw maps, give verdicts and enter comparisons.
 * FocusLiteNN, a CNN and a knowledge-based metric are all focus models.
 * @module
 */
import type { Pixels, RgbImage } from '../image/pixels.ts';
import type { CellGrid } from './cells.ts';
import type { FocusLiteNNDefinition } from './focuslitenn/definition.ts';
import type { MetricDefinition } from './metric-definition.ts';
import type { NetworkDefinition } from './network-definition.ts';

/**
 * Unit of a score.
 * `defocusUm`: micrometres out of focus under the optics the model states; `blurRadiusPx`: geometric blur radius in
 * pixels of the scored image; `zLevel`: steps of FocusPath's z-stacks; `score`: relative only, not calibrated.
 */
export type ScoreUnit = 'defocusUm' | 'blurRadiusPx' | 'zLevel' | 'score';

/** What a model is, as plain data. */
export type ModelDefinition = PortableDefinition | NetworkDefinition;

/** Everything needed to build a model again, elsewhere: structured-cloneable, so it crosses to workers. */
export type PortableDefinition = FocusLiteNNDefinition | MetricDefinition;

/** A scoring method. */
export interface FocusModel {
	/** Name as the user types it. */
	readonly name: string;
	/** SHA-256 of the weights file in hex; of the definition's text for methods without weights. */
	readonly sha256: string;
	readonly licence: string;
	readonly unit: ScoreUnit;
	readonly higherMeans: 'blurrier' | 'sharper';
	/** Side of the square window one score looks at, and the step between windows in exact mode. */
	readonly windowPx: number;
	readonly stridePx: number;
	/** Which pixels it needs. */
	readonly planes: 'all' | 'luma';
	readonly definition: ModelDefinition;
	/**
	 * Exact scores of the windows of one image, row-major, starts `0, stridePx, …` while the window fits. A model may answer
	 * at once or, when it runs on an engine, later.
	 * @throws {ArgumentError} when the image is smaller than one window.
	 */
	scoreWindows(image: RgbImage, options?: ScoringOptions): WindowScores | Promise<WindowScores>;
	/**
	 * Scores only the windows whose top-left corners are `origins`, in that order. Present where a window is costly, so that
	 * those without tissue cost nothing. Rejects with the signal's reason when cancelled.
	 */
	scoreWindowsAt?(image: RgbImage, origins: readonly WindowOrigin[], options?: ScoringOptions): Promise<ScoredWindows>;
	/** Frees what the model holds outside of JavaScript's memory; absent when it holds nothing. */
	close?(): Promise<void>;
	/** The fast path: mergeable statistics on a global grid. Absent for models that cannot. */
	readonly cells?: CellScoring;
}

/** How to follow and stop the scoring of windows. */
export interface ScoringOptions {
	readonly signal?: AbortSignal;
	/** Called now and then with windows done so far. */
	readonly onProgress?: (done: number) => void;
}

/** A model that answers at once, built from a portable definition. */
export interface ImmediateModel extends FocusModel {
	readonly definition: PortableDefinition;
	scoreWindows(image: RgbImage): WindowScores;
}

/** What is said of each of some windows. */
export interface ScoredWindows {
	/** A score a window. */
	readonly scores: Float32Array;
	/** How sure the model is of each, 0..1; only of models that say so. */
	readonly certainty?: Float32Array;
	/** What the model gives each class, `[window][class]`; only of models with classes. */
	readonly probabilities?: Float32Array;
}

/** Scores of a grid of windows: `columns * rows`, row-major. */
export interface WindowScores extends ScoredWindows {
	readonly columns: number;
	readonly rows: number;
	/** The image's score: the mean over windows, clamped where the model says so. */
	readonly score: number;
}

/** The top-left corner of an exact window, px of the picture or of level 0. */
export interface WindowOrigin {
	readonly x: number;
	readonly y: number;
}

/** Fast scoring: tiles are measured once into cells, and windows are unions of cells. */
export interface CellScoring {
	/** Response channels, one a kernel. */
	readonly kernels: number;
	/** Side of a map window in cells: a score at a cell uses the `windowCells` x `windowCells` cells centred on it. */
	readonly windowCells: number;
	/**
	 * Adds the responses whose 7x7 window lies wholly inside the tile at level-0 position (`xPx`, `yPx`) to `grid`.
	 * Each response belongs to the cell that holds its window's centre pixel.
	 */
	measure(tile: Pixels, xPx: number, yPx: number, grid: CellGrid): void;
	/** The score of a union of cells given their merged statistics (`STATISTICS` numbers a kernel), NaN when empty. */
	pool(statistics: Float64Array): number;
}
