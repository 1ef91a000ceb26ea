/**
 * Where the pixels of a rectangle stand on a ladder of defocus values.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import type { DefocusField } from './defocus-field.ts';

/** Steps of the ladder, µm; between two of them the images are mixed. */
export const DEFOCUS_LADDER_UM: readonly number[] = [
	0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8,
];

/** Level-0 pixels between the places where the field is computed; linear between them. */
const STEP_PX = 8;

/** A rectangle's pixels on the ladder. */
export interface LadderPositions {
	/** Each pixel's position: 2.25 is a quarter of the way from rung 2 to rung 3. Empty when only one rung counts. */
	readonly positions: Float32Array;
	/** Rungs that have any weight, and the part of the rectangle that holds all of it. */
	readonly rungs: readonly { readonly rung: number; readonly part: RectPx }[];
}

/** Looks the field up over a rectangle. */
export function positionsOnLadder(field: DefocusField, rect: RectPx): LadderPositions {
	const left = Math.floor(rect.x / STEP_PX);
	const top = Math.floor(rect.y / STEP_PX);
	const columns = Math.floor((rect.x + rect.widthPx - 1) / STEP_PX) + 2 - left;
	const rows = Math.floor((rect.y + rect.heightPx - 1) / STEP_PX) + 2 - top;
	const lattice = new Float32Array(columns * rows);
	for (let row = 0, i = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++, i++) {
			lattice[i] = ladderPosition(field((left + column) * STEP_PX, (top + row) * STEP_PX));
		}
	}
	const parts = new Map<number, Bounds>();
	for (let row = 0; row + 1 < rows; row++) {
		for (let column = 0; column + 1 < columns; column++) {
			const at = row * columns + column;
			const corners = [lattice[at]!, lattice[at + 1]!, lattice[at + columns]!, lattice[at + columns + 1]!];
			const last = Math.ceil(Math.max(...corners));
			for (let rung = Math.floor(Math.min(...corners)); rung <= last; rung++) {
				let bounds = parts.get(rung);
				if (bounds === undefined) {
					bounds = new Bounds();
					parts.set(rung, bounds);
				}
				bounds.add((left + column) * STEP_PX, (top + row) * STEP_PX);
			}
		}
	}
	const rungs = [...parts].sort((a, b) => a[0] - b[0]).map(([rung, bounds]) => ({ rung, part: bounds.within(rect) }));
	const positions = new Float32Array(rungs.length === 1 ? 0 : rect.widthPx * rect.heightPx);
	if (rungs.length > 1) interpolate(lattice, columns, left, top, rect, positions);
	return { positions, rungs };
}

/** Bounds of some lattice cells. */
class Bounds {
	#left = Number.POSITIVE_INFINITY;
	#top = Number.POSITIVE_INFINITY;
	#right = Number.NEGATIVE_INFINITY;
	#bottom = Number.NEGATIVE_INFINITY;

	add(x: number, y: number): void {
		this.#left = Math.min(this.#left, x);
		this.#top = Math.min(this.#top, y);
		this.#right = Math.max(this.#right, x + STEP_PX);
		this.#bottom = Math.max(this.#bottom, y + STEP_PX);
	}

	within(rect: RectPx): RectPx {
		const x = Math.max(rect.x, this.#left);
		const y = Math.max(rect.y, this.#top);
		const right = Math.min(rect.x + rect.widthPx, this.#right);
		const bottom = Math.min(rect.y + rect.heightPx, this.#bottom);
		return { x, y, widthPx: right - x, heightPx: bottom - y };
	}
}

function interpolate(
	lattice: Float32Array,
	columns: number,
	left: number,
	top: number,
	rect: RectPx,
	out: Float32Array,
): void {
	let at = 0;
	for (let y = rect.y; y < rect.y + rect.heightPx; y++) {
		const row = Math.floor(y / STEP_PX);
		const down = (y + 0.5) / STEP_PX - row;
		const above = (row - top) * columns - left;
		for (let x = rect.x; x < rect.x + rect.widthPx; ) {
			const column = Math.floor(x / STEP_PX);
			const corner = above + column;
			const start = lattice[corner]! + (lattice[corner + columns]! - lattice[corner]!) * down;
			const end = lattice[corner + 1]! + (lattice[corner + columns + 1]! - lattice[corner + 1]!) * down;
			const stop = Math.min((column + 1) * STEP_PX, rect.x + rect.widthPx);
			for (; x < stop; x++) out[at++] = start + (end - start) * ((x + 0.5) / STEP_PX - column);
		}
	}
}

function ladderPosition(defocusUm: number): number {
	const last = DEFOCUS_LADDER_UM.length - 1;
	let step = 0;
	while (step < last && DEFOCUS_LADDER_UM[step + 1]! <= defocusUm) step++;
	if (step === last) return last;
	const low = DEFOCUS_LADDER_UM[step]!;
	return step + (defocusUm - low) / (DEFOCUS_LADDER_UM[step + 1]! - low);
}
