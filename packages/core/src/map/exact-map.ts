/**
 * The map of exact mode: the published windows, wherever they hold enough tissue.
 * @module
 */
import type { FocusModel, WindowOrigin } from '../focus/focus-model.ts';
import type { Level } from '../slide/slide.ts';
import type { GridSize } from '../tissue/grid.ts';
import type { TissueMask } from '../tissue/tissue-mask.ts';
import { coverPlaces, type Places } from './coverage.ts';
import { type FocusMap, VALIDITY } from './focus-map.ts';
import { markUnreadable } from './holes.ts';
import type { WindowMeasurement } from './measure.ts';
import type { UnitConversion } from './units.ts';

/** Which windows to score, and the places of the map they belong to. */
export interface ExactPlan {
	/** The windows of the published grid: starts `0, stridePx, …` while they fit. */
	readonly windows: Places;
	/** Codes of `VALIDITY` a window. */
	readonly validity: Uint8Array;
	/** Part of each map place (a stride wide, in the middle of its window) that is tissue. */
	readonly tissueFraction: Float32Array;
	/** Top-left corners of the assessable windows, row by row. */
	readonly origins: readonly WindowOrigin[];
}

/** Plans exact scoring: a window counts by what is under all of it, because all of it is scored. */
export function planWindows(model: FocusModel, mask: TissueMask, slideSize: GridSize): ExactPlan {
	const { windowPx, stridePx } = model;
	const count = (px: number) => (px < windowPx ? 0 : Math.floor((px - windowPx) / stridePx) + 1);
	const columns = count(slideSize.widthPx);
	const rows = count(slideSize.heightPx);
	const windows: Places = { originXPx: 0, originYPx: 0, stepPx: stridePx, sizePx: windowPx, columns, rows };
	const { validity } = coverPlaces(mask, windows, slideSize);
	const { tissueFraction } = coverPlaces(mask, middles(windows), slideSize);
	const origins: WindowOrigin[] = [];
	validity.forEach((code, i) => {
		if (code !== VALIDITY.assessable) return;
		const column = i % columns;
		origins.push({ x: column * stridePx, y: ((i - column) / columns) * stridePx });
	});
	return { windows, validity, tissueFraction, origins };
}

/** Puts the scores of `plan.origins` in their places. */
export function exactMap(
	model: FocusModel,
	plan: ExactPlan,
	{ scores, certainty, unreadable }: WindowMeasurement,
	level: Level,
	{ unit, convert, higherMeans = model.higherMeans }: UnitConversion,
): FocusMap {
	const { columns, rows, stepPx, originXPx, originYPx } = middles(plan.windows);
	const validity = plan.validity.slice();
	const values = new Float32Array(columns * rows).fill(Number.NaN);
	const sure = certainty && new Float32Array(values.length).fill(Number.NaN);
	let next = 0;
	for (let i = 0; i < values.length; i++) {
		if (plan.validity[i] !== VALIDITY.assessable) continue;
		const value = convert(scores[next]!);
		if (Number.isFinite(value)) {
			values[i] = value;
			if (sure) sure[i] = certainty![next]!;
		} else validity[i] = VALIDITY.littleTexture;
		next++;
	}
	markHoles(validity, values, plan, unreadable, level);
	return {
		originXPx,
		originYPx,
		stepPx,
		windowPx: model.windowPx,
		columns,
		rows,
		values,
		validity,
		tissueFraction: plan.tissueFraction,
		unit,
		higherMeans,
		...(sure && { certainty: sure }),
	};
}

/** Where a window had no score because of a tile under it, say so. */
function markHoles(
	validity: Uint8Array,
	values: Float32Array,
	plan: ExactPlan,
	unreadable: WindowMeasurement['unreadable'],
	level: Level,
): void {
	const holes = plan.validity.slice();
	markUnreadable(holes, unreadable, plan.windows, level);
	for (let i = 0; i < validity.length; i++) {
		if (holes[i] === VALIDITY.unreadable && Number.isNaN(values[i])) validity[i] = VALIDITY.unreadable;
	}
}

/** The middle `stepPx` square of each window. */
function middles(windows: Places): Places {
	const inset = Math.floor((windows.sizePx - windows.stepPx) / 2);
	return {
		...windows,
		originXPx: windows.originXPx + inset,
		originYPx: windows.originYPx + inset,
		sizePx: windows.stepPx,
	};
}
