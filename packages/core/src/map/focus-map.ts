/**
 * A focus map: one number every `stepPx` level-0 pixels, and where there is none, why not.
 * @module
 */
import type { ScoreUnit } from '../focus/focus-model.ts';

/** Why a place has a value or none. The codes are stored in `FocusMap.validity`. */
export const VALIDITY = {
	/** Has a value. */
	assessable: 0,
	/** Glass, outside the region of interest, or a rim with more than a quarter of glass in it. */
	background: 1,
	/** Tissue without enough texture to tell sharp from blurry: fat lumen, mucus, a fold's flat centre. */
	littleTexture: 2,
	/** A tile under it could not be read. */
	unreadable: 3,
	/** Pen mark or other opaque dirt. */
	penMark: 4,
} as const;

/** One of the codes of `VALIDITY`. */
export type Validity = (typeof VALIDITY)[keyof typeof VALIDITY];

/** A scalar grid over level 0. Place `(column, row)` covers `stepPx` x `stepPx` pixels from `originPx + index * stepPx`. */
export interface FocusMap {
	readonly originXPx: number;
	readonly originYPx: number;
	readonly stepPx: number;
	/** Side of the square window, centred on the place, that its value looked at. */
	readonly windowPx: number;
	readonly columns: number;
	readonly rows: number;
	/** Row-major; NaN where `validity` is not assessable. */
	readonly values: Float32Array;
	/** Row-major codes of `VALIDITY`. */
	readonly validity: Uint8Array;
	/** Fraction of each place that is tissue, 0..1, for areas. */
	readonly tissueFraction: Float32Array;
	readonly unit: ScoreUnit;
	readonly higherMeans: 'blurrier' | 'sharper';
	/** Row-major, how sure the model is of each value, 0..1, NaN where there is none; only of models that say so. */
	readonly certainty?: Float32Array;
}
