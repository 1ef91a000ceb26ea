/**
 * Maps and masks written down place by place.
 * @module
 */
import { TISSUE_CLASS, type TissueMask } from '../../tissue/tissue-mask.ts';
import { type FocusMap, VALIDITY } from '../focus-map.ts';

/** A map of `columns` x `rows` places of 64 px; `value` NaN makes a place background. */
export function fakeMap(
	columns: number,
	rows: number,
	value: (column: number, row: number) => number,
	changes: Partial<FocusMap> = {},
): FocusMap {
	const values = Float32Array.from({ length: columns * rows }, (_, i) => value(i % columns, Math.floor(i / columns)));
	return {
		originXPx: 0,
		originYPx: 0,
		stepPx: 64,
		windowPx: 256,
		columns,
		rows,
		values,
		validity: Uint8Array.from(values, (v) => (Number.isNaN(v) ? VALIDITY.background : VALIDITY.assessable)),
		tissueFraction: Float32Array.from(values, (v) => Number(!Number.isNaN(v))),
		unit: 'defocusUm',
		higherMeans: 'blurrier',
		...changes,
	};
}

/** The mask that belongs to such a map: a pixel a place. */
export function maskFor(map: FocusMap): TissueMask {
	const codes = {
		[VALIDITY.assessable]: TISSUE_CLASS.tissue,
		[VALIDITY.background]: TISSUE_CLASS.glass,
		[VALIDITY.littleTexture]: TISSUE_CLASS.littleTexture,
		[VALIDITY.unreadable]: TISSUE_CLASS.tissue,
		[VALIDITY.penMark]: TISSUE_CLASS.penMark,
	} as const;
	return {
		widthPx: map.columns,
		heightPx: map.rows,
		downsampleX: map.stepPx,
		downsampleY: map.stepPx,
		classes: map.validity.map((code) => codes[code as keyof typeof codes]),
		source: 'detected',
	};
}
