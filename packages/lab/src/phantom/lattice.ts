/**
 * The anatomy of a block, computed every eighth pixel and interpolated between. Lattice points lie at fixed places of the
 * slide, so that neighbouring blocks agree.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import { type Anatomy, anatomyFields } from './anatomy.ts';

/** Level-0 pixels from one lattice point to the next. */
export const LATTICE_PX = 8;

/** Numbers a lattice point has. */
export const FIELD_COUNT: number = anatomyFields.length;

/** Fields at lattice points; point (`column`, `row`) lies at slide position `(left + column) * 8`, `(top + row) * 8`. */
export interface Lattice {
	readonly left: number;
	readonly top: number;
	readonly columns: number;
	readonly rows: number;
	/** `FIELD_COUNT` values a point, row-major. */
	readonly data: Float32Array;
}

/** The lattice that covers a rectangle: every pixel of it lies between four points. */
export function sampleLattice(anatomy: Anatomy, rect: RectPx, mpp: number): Lattice {
	const left = Math.floor(rect.x / LATTICE_PX);
	const top = Math.floor(rect.y / LATTICE_PX);
	const columns = Math.floor((rect.x + rect.widthPx - 1) / LATTICE_PX) + 2 - left;
	const rows = Math.floor((rect.y + rect.heightPx - 1) / LATTICE_PX) + 2 - top;
	const data = new Float32Array(columns * rows * FIELD_COUNT);
	for (let row = 0, at = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++, at += FIELD_COUNT) {
			anatomy((left + column) * LATTICE_PX * mpp, (top + row) * LATTICE_PX * mpp, data, at);
		}
	}
	return { left, top, columns, rows, data };
}
