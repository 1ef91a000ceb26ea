/**
 * What lies where, for the truth: one sample at every lattice point.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import { field } from './anatomy.ts';
import { FIELD_COUNT, type Lattice } from './lattice.ts';

/** Kinds of place, in the order of their numbers in `KindSamples`. */
export const placeKinds = ['glass', 'tissue', 'fat', 'textureless'] as const;

/** Samples at the lattice points of a rectangle. */
export interface KindSamples {
	/** Slide position of the first sample, px; the next ones lie every `stepPx`. */
	readonly x: number;
	readonly y: number;
	readonly stepPx: number;
	readonly columns: number;
	/** Index into `placeKinds` of each sample, row-major. */
	readonly kinds: Uint8Array;
}

/** The samples that lie in a rectangle; the lattice must cover it. */
export function kindsIn(lattice: Lattice, rect: RectPx): KindSamples {
	const { stepPx } = lattice;
	const left = Math.ceil(rect.x / stepPx);
	const top = Math.ceil(rect.y / stepPx);
	const columns = Math.max(0, Math.ceil((rect.x + rect.widthPx) / stepPx) - left);
	const rows = Math.max(0, Math.ceil((rect.y + rect.heightPx) / stepPx) - top);
	const kinds = new Uint8Array(columns * rows);
	for (let row = 0, i = 0; row < rows; row++) {
		const point = (top + row - lattice.top) * lattice.columns + left - lattice.left;
		for (let column = 0; column < columns; column++, i++) {
			kinds[i] = kindAt(lattice.data, (point + column) * FIELD_COUNT);
		}
	}
	return { x: left * stepPx, y: top * stepPx, stepPx, columns, kinds };
}

function kindAt(data: Float32Array, at: number): number {
	if (data[at + field.inside]! <= 0) return 0;
	if (data[at + field.mucus]! > 0) return 3;
	return data[at + field.fat]! > 0 ? 2 : 1;
}
