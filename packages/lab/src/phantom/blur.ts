/**
 * Blur that differs from place to place: light is spread by the point-spread functions of a ladder of defocus values, and
 * each pixel takes the two nearest its own.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import { defocusPsf, geometricRadiusUm } from '../simulate/defocus.ts';
import { convolve } from './convolve.ts';
import type { DefocusField } from './defocus-field.ts';
import { DEFOCUS_LADDER_UM, positionsOnLadder } from './ladder.ts';
import { type LowRankKernel, lowRankKernel } from './low-rank.ts';
import type { PhantomOptics } from './options.ts';
import { createRaster, grow, type Raster, reduce, reducedRect } from './raster.ts';

/** What is kept of the diffraction rings beyond the geometric blur, in units of λ/NA: 97 % of the energy in focus. */
export const KEPT_RINGS = 1.2;

/** Error of the separable kernels, relative, root of squares. */
export const KERNEL_TOLERANCE = 0.01;

/** Geometric blur that is computed at full resolution, px; wider ones go by halves. */
const FULL_RESOLUTION_BLUR_PX = 10;

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

/** Kernels depend on the optics alone, and there are few different ones in the life of a program. */
const knownRungs = new Map<string, Rung>();

/** Makes the blur of a field. Kernels are computed when first needed. */
export function createBlur(field: DefocusField, optics: PhantomOptics): Blur {
	const rung = (step: number): Rung => {
		const key = [step, optics.numericalAperture, optics.refractiveIndex, optics.wavelengthUm, optics.mpp].join();
		let known = knownRungs.get(key);
		if (known === undefined) {
			known = createRung(DEFOCUS_LADDER_UM[step]!, optics);
			knownRungs.set(key, known);
		}
		return known;
	};
	return (rect) => {
		const { positions, rungs: used } = positionsOnLadder(field, rect);
		let haloPx = 0;
		for (const { rung: step } of used) {
			const { kernel, reduction } = rung(step);
			haloPx = Math.max(haloPx, reduction === 1 ? kernel.halfPx : (kernel.halfPx + 3) * reduction);
		}
		return {
			haloPx,
			apply(source) {
				if (used.length === 1) return spread(source, rect, rung(used[0]!.rung));
				const out = createRaster(rect);
				for (const { rung: step, part } of used) {
					addWeighted(out, spread(source, part, rung(step)), positions, step);
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
	const line = new Float32Array(stride);
	let at = 0;
	for (let y = rect.y; y < rect.y + rect.heightPx; y++) {
		const v = (y + 0.5) / factor - 0.5;
		const y0 = Math.floor(v);
		const above = (y0 - small.rect.y) * stride;
		for (let i = 0; i < stride; i++) {
			const upper = small.data[above + i]!;
			line[i] = upper + (small.data[above + stride + i]! - upper) * (v - y0);
		}
		for (let x = rect.x; x < rect.x + rect.widthPx; x++, at += 3) {
			const u = (x + 0.5) / factor - 0.5;
			const x0 = Math.floor(u);
			const right = u - x0;
			const from = 3 * (x0 - small.rect.x);
			out.data[at] = line[from]! + (line[from + 3]! - line[from]!) * right;
			out.data[at + 1] = line[from + 1]! + (line[from + 4]! - line[from + 1]!) * right;
			out.data[at + 2] = line[from + 2]! + (line[from + 5]! - line[from + 2]!) * right;
		}
	}
	return out;
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
