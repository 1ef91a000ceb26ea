/**
 * The anatomy of a block, computed every few pixels and interpolated between. Lattice points lie at fixed places of the
 * slide, so that neighbouring blocks agree.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import { type Anatomy, anatomyFields } from './anatomy.ts';

/** Numbers a lattice point has. */
export const FIELD_COUNT: number = anatomyFields.length;

/** Widest spacing of lattice points that still shows the crimp of fibres, µm. */
const WIDEST_STEP_UM = 4;

/** Fields at lattice points; point (`column`, `row`) lies at slide position `(left + column, top + row) * stepPx`. */
export interface Lattice {
	readonly stepPx: number;
	readonly left: number;
	readonly top: number;
	readonly columns: number;
	readonly rows: number;
	/** `FIELD_COUNT` values a point, row-major. */
	readonly data: Float32Array;
}

/** Pixels from one lattice point to the next: 16, 8 or 4, the last for coarse pixels. */
export function latticeStepPx(mpp: number): number {
	return Math.min(16, Math.max(4, 2 ** Math.floor(Math.log2(WIDEST_STEP_UM / mpp))));
}

/** The lattice that covers a rectangle: every pixel of it lies between four points. */
export function sampleLattice(anatomy: Anatomy, rect: RectPx, mpp: number): Lattice {
	const stepPx = latticeStepPx(mpp);
	const left = Math.floor(rect.x / stepPx);
	const top = Math.floor(rect.y / stepPx);
	const columns = Math.floor((rect.x + rect.widthPx - 1) / stepPx) + 2 - left;
	const rows = Math.floor((rect.y + rect.heightPx - 1) / stepPx) + 2 - top;
	const data = new Float32Array(columns * rows * FIELD_COUNT);
	for (let row = 0, at = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++, at += FIELD_COUNT) {
			anatomy((left + column) * stepPx * mpp, (top + row) * stepPx * mpp, data, at);
		}
	}
	return { stepPx, left, top, columns, rows, data };
}

/** The fields along one row of pixels of one lattice cell: field `f` at slide column `x` is `start[f] + step[f] * x`. */
export interface Span {
	readonly start: Float64Array;
	readonly step: Float64Array;
}

/** Visits every row of pixels of every lattice cell of a rectangle; `at` is the index of the first pixel in it. */
export function forEachSpan(
	rect: RectPx,
	lattice: Lattice,
	visit: (span: Span, x: number, y: number, count: number, at: number) => void,
): void {
	const { data, columns, stepPx } = lattice;
	const start = new Float64Array(FIELD_COUNT);
	const step = new Float64Array(FIELD_COUNT);
	const span = { start, step };
	const line = new Float64Array(columns * FIELD_COUNT);
	for (let y = rect.y; y < rect.y + rect.heightPx; y++) {
		const latticeRow = Math.floor(y / stepPx);
		const down = (y - latticeRow * stepPx + 0.5) / stepPx;
		const above = (latticeRow - lattice.top) * line.length;
		for (let i = 0; i < line.length; i++) {
			line[i] = data[above + i]! + (data[above + line.length + i]! - data[above + i]!) * down;
		}
		for (let x = rect.x; x < rect.x + rect.widthPx; ) {
			const latticeColumn = Math.floor(x / stepPx);
			const end = Math.min((latticeColumn + 1) * stepPx, rect.x + rect.widthPx);
			const left = (latticeColumn - lattice.left) * FIELD_COUNT;
			for (let f = 0; f < FIELD_COUNT; f++) {
				const slope = (line[left + FIELD_COUNT + f]! - line[left + f]!) / stepPx;
				step[f] = slope;
				start[f] = line[left + f]! + slope * (0.5 - latticeColumn * stepPx);
			}
			visit(span, x, y, end - x, (y - rect.y) * rect.widthPx + x - rect.x);
			x = end;
		}
	}
}

/** The least and the greatest value of each field. */
export function fieldRanges({ data }: Lattice): { readonly lowest: Float32Array; readonly highest: Float32Array } {
	const lowest = data.slice(0, FIELD_COUNT);
	const highest = data.slice(0, FIELD_COUNT);
	for (let i = 0; i < data.length; i += FIELD_COUNT) {
		for (let f = 0; f < FIELD_COUNT; f++) {
			const value = data[i + f]!;
			if (value < lowest[f]!) lowest[f] = value;
			if (value > highest[f]!) highest[f] = value;
		}
	}
	return { lowest, highest };
}

/** Whether a field is above a threshold at any corner of the lattice cell that holds a pixel. */
export function anyAbove(lattice: Lattice, which: number, threshold: number): (x: number, y: number) => boolean {
	const { data, left, top, columns, stepPx } = lattice;
	return (x, y) => {
		const cell = (Math.floor(y / stepPx) - top) * columns + Math.floor(x / stepPx) - left;
		const at = cell * FIELD_COUNT + which;
		const below = at + columns * FIELD_COUNT;
		return (
			data[at]! > threshold ||
			data[at + FIELD_COUNT]! > threshold ||
			data[below]! > threshold ||
			data[below + FIELD_COUNT]! > threshold
		);
	};
}
