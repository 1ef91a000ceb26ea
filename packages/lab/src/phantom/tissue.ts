/**
 * Tissue as densities of stain: stroma with its fibres, nests of cells, fat, mucus, and the nuclei in them.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import { type Anatomy, field } from './anatomy.ts';
import type { Grains } from './grain.ts';
import { anyAbove, fieldRanges, forEachSpan, type Lattice } from './lattice.ts';
import { type Densities, drawNuclei, NEST_CELL_UM, nestSalt } from './nuclei.ts';
import { hash } from './random.ts';
import { sample } from './texture.ts';
import { membraneDistance } from './voronoi.ts';

/** Width of fat cells, µm. */
const FAT_CELL_UM = 52;

/** Tissue reaches at most this far beyond its smooth outline, µm. */
const FRAY_UM = 5;

/** What the tissue of a phantom is drawn from. */
export interface TissueMaker {
	readonly anatomy: Anatomy;
	readonly grains: Grains;
	readonly seed: number;
	readonly mpp: number;
}

/** The stain over a rectangle, or undefined where it is all glass. */
export function drawTissue(maker: TissueMaker, rect: RectPx, lattice: Lattice): Densities | undefined {
	const { anatomy, grains, seed, mpp } = maker;
	const range = fieldRanges(lattice);
	if (range.highest[field.inside]! < -FRAY_UM) return undefined;
	const size = rect.widthPx * rect.heightPx;
	const densities: Densities = { rect, haematoxylin: new Float32Array(size), eosin: new Float32Array(size) };
	const membranes =
		range.highest[field.nest]! > -2
			? membraneDistance(
					rect,
					{ spacingUm: NEST_CELL_UM, salt: nestSalt(seed), mpp },
					anyAbove(lattice, field.nest, -2),
				)
			: undefined;
	const fat =
		range.highest[field.fat]! > -0.09
			? membraneDistance(
					rect,
					{ spacingUm: FAT_CELL_UM, salt: hash(seed, 9, 7), mpp },
					anyAbove(lattice, field.fat, -0.09),
				)
			: undefined;
	drawMatrix(densities, lattice, grains, membranes, fat, mpp);
	drawNuclei(densities, anatomy, grains, seed, mpp);
	if (range.lowest[field.inside]! < FRAY_UM) fadeOutside(densities, lattice, grains);
	return densities;
}

/** Everything but the nuclei. */
function drawMatrix(
	{ rect, haematoxylin, eosin }: Densities,
	lattice: Lattice,
	grains: Grains,
	membranes: Float32Array | undefined,
	fat: Float32Array | undefined,
	mpp: number,
): void {
	const { granules, clumps, patches, fibres } = grains;
	const mask = granules.side - 1;
	// Fibrils finer than the pixels average out.
	const fibril = 0.17 * Math.min(1, 0.3 / mpp);
	forEachSpan(rect, lattice, ({ start, step }, x0, y, count, at0) => {
		const insideHere = start[0]! + step[0]! * x0;
		if (insideHere < -FRAY_UM && insideHere + step[0]! * count < -FRAY_UM) return;
		const row = (y & mask) * granules.side;
		const slowRow = ((y + 171) & mask) * granules.side;
		for (let i = 0; i < count; i++) {
			const x = x0 + i;
			const at = at0 + i;
			const texel = row + (x & mask);
			const grain = granules.data[texel]!;
			const clump = clumps.data[texel]!;
			const patch = patches.data[slowRow + ((x + 97) & mask)]!;
			const nest = start[1]! + step[1]! * x + 0.5 * clump;
			const stain = start[8]! + step[8]! * x;
			let inNest = nest / 0.9 + 0.5;
			inNest = inNest < 0 ? 0 : Math.min(inNest, 1);
			let h = 0;
			let e = 0;
			if (inNest < 1) {
				const across = start[6]! + step[6]! * x;
				const along = start[7]! + step[7]! * x;
				const fine = sample(fibres, across / 0.24, along / 2.6);
				const medium = sample(fibres, across / 0.85, along / 10 + 40.3);
				const bundle = sample(fibres, across / 4.2 + 11.7, along / 45);
				e = 0.42 + 0.12 * bundle + 0.13 * medium + fibril * fine + 0.07 * grain;
				// Bright slits where fibres part.
				const slit = -0.8 - 0.65 * medium - 0.35 * bundle - 0.5 * fine;
				if (slit > 0) e *= slit > 0.4 ? 0.2 : 1 - 2 * slit;
				e = Math.max(e, 0.02);
				const lymph = start[5]! + step[5]! * x;
				h = 0.05 + 0.025 * bundle + 0.02 * clump + 0.025 * fine + (lymph > 0 ? (lymph > 0.12 ? 0.1 : 0.8 * lymph) : 0);
				const cleft = start[2]! + step[2]! * x;
				if (cleft > 0 && nest > -cleft - 0.5) {
					const open = Math.min(1, Math.min(nest + cleft + 0.5, 2 * cleft));
					e *= 1 - 0.95 * open;
					h *= 1 - 0.95 * open;
				}
			}
			if (inNest > 0) {
				let cellH = 0.18 + 0.05 * patch + 0.06 * clump + 0.045 * grain;
				let cellE = 0.31 + 0.05 * patch + 0.065 * clump + 0.05 * grain;
				const apart = membranes![at]!;
				if (apart < 0.8) {
					const line = 1 - apart / 0.8;
					cellE += 0.2 * line * (0.6 + patch);
					cellH += 0.08 * line;
				}
				h += (cellH - h) * inNest;
				e += (cellE - e) * inNest;
			}
			if (fat !== undefined) {
				let inFat = 22 * (start[3]! + step[3]! * x) + 0.5 + 0.3 * patch;
				if (inFat > 0) {
					inFat = Math.min(inFat, 1);
					const wall = fat[at]! - 0.9 - 0.35 * clump - 0.8 * patch * patch * (patch > 0.8 ? 1 : 0);
					const lumen = wall < 0 ? 0 : wall > 0.8 ? 1 : wall / 0.8;
					h += (0.03 * (1 - lumen) - h) * inFat * (0.3 + 0.7 * lumen);
					e += (0.34 * (1 - lumen) + 0.012 - e) * inFat * (0.5 + 0.5 * lumen);
				}
			}
			let inMucus = 16 * (start[4]! + step[4]! * x) + 0.5;
			if (inMucus > 0) {
				inMucus = inMucus > 1 ? 1 : inMucus * inMucus * (3 - 2 * inMucus);
				h += (0.12 - h) * inMucus;
				e += (0.05 - e) * inMucus;
			}
			haematoxylin[at] = stain * Math.max(h, 0);
			eosin[at] = stain * Math.max(e, 0);
		}
	});
}

/** Cuts the tissue off at its frayed outline. */
function fadeOutside({ rect, haematoxylin, eosin }: Densities, lattice: Lattice, grains: Grains): void {
	const { patches, clumps } = grains;
	const mask = patches.side - 1;
	forEachSpan(rect, lattice, ({ start, step }, x0, y, count, at0) => {
		const left = start[0]! + step[0]! * x0;
		const right = left + step[0]! * count;
		if (left > FRAY_UM && right > FRAY_UM) return;
		for (let i = 0; i < count; i++) {
			const texel = (y & mask) * patches.side + ((x0 + i) & mask);
			const inside = left + step[0]! * i + 1.2 * patches.data[texel]! + 0.25 * clumps.data[texel]!;
			const cover = inside < 0 ? 0 : inside > 0.8 ? 1 : inside / 0.8;
			haematoxylin[at0 + i] = cover * haematoxylin[at0 + i]!;
			eosin[at0 + i] = cover * eosin[at0 + i]!;
		}
	});
}
