/**
 * Blur that differs from place to place: light is spread by the point-spread functions of a ladder of defocus values, and
 * each pixel takes the two nearest its own.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import { defocusPsf, geometricRadiusUm } from '../simulate/defocus.ts';
import { convolve } from './convolve.ts';
import type { DefocusField } from './defocus-field.ts';
import { type LowRankKernel, lowRankKernel } from './low-rank.ts';
import type { PhantomOptics } from './options.ts';
import { createRaster, grow, type Raster, reduce, reducedRect } from './raster.ts';

/** Steps of the ladder, µm; between two of them the images are mixed. */
export const DEFOCUS_LADDER_UM: readonly number[] = [
	0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8,
];

/** What is kept of the diffraction rings beyond the geometric blur, in units of λ/NA: 97 % of the energy in focus. */
export const KEPT_RINGS = 1.2;

/** Error of the separable kernels, relative, root of squares. */
export const KERNEL_TOLERANCE = 0.03;

/** Geometric blur that is computed at full resolution, px; wider ones go by halves. */
const FULL_RESOLUTION_BLUR_PX = 10;

/** Level-0 pixels between the places where the field is computed; linear between them. */
const FIELD_STEP_PX = 8;

/** A step of the ladder: a kernel for pixels `reduction` times as large. */
interface Rung {
	readonly defocusUm: number;
	readonly reduction: number;
	readonly kernel: LowRankKernel;
}

/** Prepares the blur of a rectangle. */
export type Blur = (rect: RectPx) => RectBlur;

/** Blurs one rectangle of a phantom. */
export interface RectBlur {
	/** How many pixels around the rectangle contribute to it. */
	readonly haloPx: number;
	/** The blurred light, from a source that reaches `haloPx` further. */
	apply(source: Raster): Raster;
}

/** Makes the blur of a field. Kernels are computed when first needed. */
export function createBlur(field: DefocusField, optics: PhantomOptics): Blur {
	const rungs: (Rung | undefined)[] = DEFOCUS_LADDER_UM.map(() => undefined);
	const rung = (step: number): Rung => {
		rungs[step] ??= createRung(DEFOCUS_LADDER_UM[step]!, optics);
		return rungs[step];
	};
	return (rect) => {
		const { positions, lowest, highest } = positionsOnLadder(field, rect);
		let haloPx = 0;
		for (let step = lowest; step <= highest; step++) {
			const { kernel, reduction } = rung(step);
			haloPx = Math.max(haloPx, reduction === 1 ? kernel.halfPx : (kernel.halfPx + 3) * reduction);
		}
		return {
			haloPx,
			apply(source) {
				if (lowest === highest) return spread(source, rect, rung(lowest));
				const out = createRaster(rect);
				for (let step = lowest; step <= highest; step++) {
					const part = weightedPart(positions, rect, step);
					if (part !== undefined) addWeighted(out, spread(source, part, rung(step)), positions, step);
				}
				return out;
			},
		};
	};
}

function createRung(defocusUm: number, optics: PhantomOptics): Rung {
	const blurPx = geometricRadiusUm({ ...optics, defocusUm }) / optics.mpp;
	const reduction = 2 ** Math.max(0, Math.ceil(Math.log2(blurPx / FULL_RESOLUTION_BLUR_PX)));
	const mpp = optics.mpp * reduction;
	const keptUm = blurPx * optics.mpp + (KEPT_RINGS * optics.wavelengthUm) / optics.numericalAperture;
	const kernel = lowRankKernel(defocusPsf({ ...optics, defocusUm, mpp }), Math.ceil(keptUm / mpp), KERNEL_TOLERANCE);
	return { defocusUm, reduction, kernel };
}

/** The light of a rectangle spread by one kernel. */
function spread(source: Raster, rect: RectPx, { reduction, kernel }: Rung): Raster {
	if (reduction === 1) return convolve(source, rect, kernel);
	const small = grow(reducedRect(rect, reduction), 1);
	const blurred = convolve(reduce(source, grow(small, kernel.halfPx), reduction), small, kernel);
	return enlarge(blurred, rect, reduction);
}

/** Linear interpolation between the centres of larger pixels. */
function enlarge(small: Raster, rect: RectPx, factor: number): Raster {
	const out = createRaster(rect);
	const stride = 3 * small.rect.widthPx;
	let at = 0;
	for (let y = rect.y; y < rect.y + rect.heightPx; y++) {
		const v = (y + 0.5) / factor - 0.5;
		const y0 = Math.floor(v);
		const down = v - y0;
		for (let x = rect.x; x < rect.x + rect.widthPx; x++) {
			const u = (x + 0.5) / factor - 0.5;
			const x0 = Math.floor(u);
			const right = u - x0;
			const from = (y0 - small.rect.y) * stride + 3 * (x0 - small.rect.x);
			for (let c = 0; c < 3; c++) {
				const a = small.data[from + c]!;
				const b = small.data[from + stride + c]!;
				const top = a + (small.data[from + 3 + c]! - a) * right;
				const bottom = b + (small.data[from + stride + 3 + c]! - b) * right;
				out.data[at++] = top + (bottom - top) * down;
			}
		}
	}
	return out;
}

interface LadderPositions {
	/** Each pixel's place on the ladder: 2.25 is a quarter of the way from rung 2 to rung 3. */
	readonly positions: Float32Array;
	/** Rungs that have any weight. */
	readonly lowest: number;
	readonly highest: number;
}

function positionsOnLadder(field: DefocusField, rect: RectPx): LadderPositions {
	const left = Math.floor(rect.x / FIELD_STEP_PX);
	const top = Math.floor(rect.y / FIELD_STEP_PX);
	const columns = Math.floor((rect.x + rect.widthPx - 1) / FIELD_STEP_PX) + 2 - left;
	const rows = Math.floor((rect.y + rect.heightPx - 1) / FIELD_STEP_PX) + 2 - top;
	const lattice = new Float32Array(columns * rows);
	let lowest = DEFOCUS_LADDER_UM.length;
	let highest = 0;
	for (let i = 0; i < lattice.length; i++) {
		const x = (left + (i % columns)) * FIELD_STEP_PX;
		const y = (top + Math.floor(i / columns)) * FIELD_STEP_PX;
		const position = ladderPosition(field(x, y));
		lattice[i] = position;
		lowest = Math.min(lowest, Math.floor(position));
		highest = Math.max(highest, Math.ceil(position));
	}
	const positions = new Float32Array(lowest === highest ? 0 : rect.widthPx * rect.heightPx);
	for (let i = 0; i < positions.length; i++) {
		const u = (rect.x + (i % rect.widthPx) + 0.5) / FIELD_STEP_PX;
		const v = (rect.y + Math.floor(i / rect.widthPx) + 0.5) / FIELD_STEP_PX;
		const column = Math.floor(u);
		const row = Math.floor(v);
		const at = (row - top) * columns + column - left;
		const upper = lattice[at]! + (lattice[at + 1]! - lattice[at]!) * (u - column);
		const lower = lattice[at + columns]! + (lattice[at + columns + 1]! - lattice[at + columns]!) * (u - column);
		positions[i] = upper + (lower - upper) * (v - row);
	}
	return { positions, lowest, highest };
}

function ladderPosition(defocusUm: number): number {
	const last = DEFOCUS_LADDER_UM.length - 1;
	let step = 0;
	while (step < last && DEFOCUS_LADDER_UM[step + 1]! <= defocusUm) step++;
	if (step === last) return last;
	const low = DEFOCUS_LADDER_UM[step]!;
	return step + (defocusUm - low) / (DEFOCUS_LADDER_UM[step + 1]! - low);
}

/** The part of a rectangle in which a rung has any weight. */
function weightedPart(positions: Float32Array, rect: RectPx, step: number): RectPx | undefined {
	let left = rect.widthPx;
	let right = -1;
	let top = rect.heightPx;
	let bottom = -1;
	for (let y = 0, i = 0; y < rect.heightPx; y++) {
		for (let x = 0; x < rect.widthPx; x++, i++) {
			if (Math.abs(positions[i]! - step) >= 1) continue;
			if (x < left) left = x;
			if (x > right) right = x;
			if (y < top) top = y;
			bottom = y;
		}
	}
	if (right < 0) return undefined;
	return { x: rect.x + left, y: rect.y + top, widthPx: right - left + 1, heightPx: bottom - top + 1 };
}

function addWeighted(out: Raster, part: Raster, positions: Float32Array, step: number): void {
	for (let y = 0, from = 0; y < part.rect.heightPx; y++) {
		let pixel = (part.rect.y + y - out.rect.y) * out.rect.widthPx + part.rect.x - out.rect.x;
		for (let x = 0; x < part.rect.widthPx; x++, pixel++, from += 3) {
			const weight = 1 - Math.abs(positions[pixel]! - step);
			if (weight <= 0) continue;
			const to = 3 * pixel;
			out.data[to] = out.data[to]! + weight * part.data[from]!;
			out.data[to + 1] = out.data[to + 1]! + weight * part.data[from + 1]!;
			out.data[to + 2] = out.data[to + 2]! + weight * part.data[from + 2]!;
		}
	}
}
