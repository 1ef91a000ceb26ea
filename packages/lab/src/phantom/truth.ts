/**
 * What is known of a phantom: how far out of focus it is and what lies where.
 * @module
 */
import { KEPT_RINGS, KERNEL_TOLERANCE } from './blur.ts';
import type { DefocusField } from './defocus-field.ts';
import { type KindSamples, placeKinds } from './kinds.ts';
import { DEFOCUS_LADDER_UM } from './ladder.ts';
import { type PhantomOptics, phantomOptics, type ResolvedPhantomOptions } from './options.ts';
import type { DefocusRegion, PhantomPlan } from './plan.ts';

/** Name and version of the file's structure. */
export const TRUTH_SCHEMA = 'parfocal-phantom-truth/1';

/** Level-0 pixels a cell of the truth, on each axis. */
export const TRUTH_STEP_PX = 64;

/** The content of `OUT.truth.json`. */
export interface PhantomTruth {
	readonly schema: typeof TRUTH_SCHEMA;
	/** Always true: the slide is drawn, not scanned. */
	readonly simulated: true;
	readonly options: ResolvedPhantomOptions;
	readonly optics: PhantomOptics;
	/** How the blur was computed. */
	readonly rendering: {
		/** Defocus values whose point-spread functions are mixed. */
		readonly ladderUm: readonly number[];
		/** Share of the point-spread function beyond the geometric blur that is kept, in units of λ/NA. */
		readonly keptAiryUnits: number;
		/** Relative error of the separable kernels. */
		readonly kernelTolerance: number;
	};
	/** The field as a formula: the greatest of these counts; 0 outside all. */
	readonly regions: readonly DefocusRegion[];
	readonly grid: TruthGrid;
}

/**
 * Cells of `stepPx` x `stepPx` level-0 pixels, row-major from the top left. The shares add up to 1 with that of glass; they
 * come from 16 samples a cell or more.
 */
export interface TruthGrid {
	readonly stepPx: number;
	readonly columns: number;
	readonly rows: number;
	/** Defocus at the centre of each cell, µm. */
	readonly defocusUm: ArrayLike<number>;
	/** Share of tissue with texture: stroma, nests of cells. */
	readonly tissue: ArrayLike<number>;
	/** Share of fat: empty cells between thin membranes. */
	readonly fat: ArrayLike<number>;
	/** Share of tissue without texture: mucus. Its focus cannot be judged. */
	readonly textureless: ArrayLike<number>;
}

/** Gathers the truth of a slide tile by tile. */
export class TruthCollector {
	readonly #options: ResolvedPhantomOptions;
	readonly #plan: PhantomPlan;
	readonly #defocusAt: DefocusField;
	readonly #columns: number;
	readonly #rows: number;
	/** Samples of each kind a cell, in the order of `KindSamples`. */
	readonly #counts: readonly Uint16Array[];

	constructor(options: ResolvedPhantomOptions, plan: PhantomPlan, defocusAt: DefocusField) {
		this.#options = options;
		this.#plan = plan;
		this.#defocusAt = defocusAt;
		this.#columns = Math.ceil(options.widthPx / TRUTH_STEP_PX);
		this.#rows = Math.ceil(options.heightPx / TRUTH_STEP_PX);
		this.#counts = placeKinds.map(() => new Uint16Array(this.#columns * this.#rows));
	}

	/** Counts the samples of a tile; those beyond the slide's edge do not count. */
	add({ kinds, columns, stepPx, ...origin }: KindSamples): void {
		for (let i = 0; i < kinds.length; i++) {
			const x = origin.x + (i % columns) * stepPx;
			const y = origin.y + Math.floor(i / columns) * stepPx;
			if (x >= this.#options.widthPx || y >= this.#options.heightPx) continue;
			const cell = Math.floor(y / TRUTH_STEP_PX) * this.#columns + Math.floor(x / TRUTH_STEP_PX);
			const counts = this.#counts[kinds[i]!]!;
			counts[cell] = counts[cell]! + 1;
		}
	}

	/** The truth so far. */
	finish(): PhantomTruth {
		const cells = this.#columns * this.#rows;
		const share = (name: (typeof placeKinds)[number]): Float32Array => {
			const kind = placeKinds.indexOf(name);
			return Float32Array.from({ length: cells }, (_, cell) => {
				const total = this.#counts.reduce((sum, counts) => sum + counts[cell]!, 0);
				return total === 0 ? 0 : this.#counts[kind]![cell]! / total;
			});
		};
		return {
			schema: TRUTH_SCHEMA,
			simulated: true,
			options: this.#options,
			optics: phantomOptics(this.#options.mpp),
			rendering: { ladderUm: DEFOCUS_LADDER_UM, keptAiryUnits: KEPT_RINGS, kernelTolerance: KERNEL_TOLERANCE },
			regions: this.#plan.regions,
			grid: {
				stepPx: TRUTH_STEP_PX,
				columns: this.#columns,
				rows: this.#rows,
				defocusUm: Float32Array.from({ length: cells }, (_, cell) =>
					this.#defocusAt(
						((cell % this.#columns) + 0.5) * TRUTH_STEP_PX,
						(Math.floor(cell / this.#columns) + 0.5) * TRUTH_STEP_PX,
					),
				),
				tissue: share('tissue'),
				fat: share('fat'),
				textureless: share('textureless'),
			},
		};
	}
}

/** The truth as JSON, in pieces: a slide of 100,000 px a side has two million cells. */
export function* truthJson(truth: PhantomTruth): Generator<string> {
	const { grid, ...rest } = truth;
	yield `${JSON.stringify(rest, undefined, 2).slice(0, -2)},\n  "grid": {\n`;
	yield `    "stepPx": ${grid.stepPx},\n    "columns": ${grid.columns},\n    "rows": ${grid.rows}`;
	for (const [name, digits] of [
		['defocusUm', 3],
		['tissue', 3],
		['fat', 3],
		['textureless', 3],
	] as const) {
		yield `,\n    "${name}": [`;
		for (let row = 0; row < grid.rows; row++) {
			const values = Array.prototype.slice.call(grid[name], row * grid.columns, (row + 1) * grid.columns) as number[];
			yield `${row === 0 ? '' : ','}\n      ${values.map((value) => Number(value.toFixed(digits))).join(',')}`;
		}
		yield '\n    ]';
	}
	yield '\n  }\n}\n';
}
