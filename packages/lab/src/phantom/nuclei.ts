/**
 * Nuclei: ellipses with an uneven outline, a darker rim, clumped chromatin, nucleoli.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import { type Anatomy, anatomyFields, field } from './anatomy.ts';
import type { Grains } from './grain.ts';
import { forEachSite, hash, uniform } from './random.ts';

/** Densities of both stains over a rectangle, row-major. */
export interface Densities {
	readonly rect: RectPx;
	readonly haematoxylin: Float32Array;
	readonly eosin: Float32Array;
}

/** Spacing of the cells of a nest, µm: their nuclei and their membranes share the sites. */
export const NEST_CELL_UM = 10.5;

/** Salt of the nest's sites. */
export function nestSalt(seed: number): number {
	return hash(seed, 6, 7);
}

const STROMA_CELL_UM = 12;
const LYMPH_CELL_UM = 6.4;
const LARGEST_NUCLEUS_UM = 11;

interface Nucleus {
	readonly xUm: number;
	readonly yUm: number;
	/** Semi-axes, µm. */
	readonly longUm: number;
	readonly shortUm: number;
	readonly turn: number;
	/** Density of the interior, of the rim above it, and how much chromatin varies. */
	readonly body: number;
	readonly rim: number;
	readonly chromatin: number;
	readonly nucleoli: number;
	readonly seed: number;
}

/** Draws every nucleus that reaches into the rectangle, in an order that is the same for all rectangles. */
export function drawNuclei(target: Densities, anatomy: Anatomy, grains: Grains, seed: number, mpp: number): void {
	const { rect } = target;
	const area = { x: rect.x * mpp, y: rect.y * mpp, width: rect.widthPx * mpp, height: rect.heightPx * mpp };
	const here = new Float64Array(anatomyFields.length);
	const visit =
		(grow: (x: number, y: number, h: number) => Nucleus | undefined) =>
		(x: number, y: number, h: number): void => {
			anatomy(x, y, here, 0);
			if (here[field.inside]! < 4 || here[field.mucus]! > -0.03 || here[field.fat]! > -0.02) return;
			const nucleus = grow(x, y, h);
			if (nucleus !== undefined) drawNucleus(target, nucleus, grains, mpp);
		};
	forEachSite(
		STROMA_CELL_UM,
		hash(seed, 7, 7),
		area,
		LARGEST_NUCLEUS_UM,
		visit((x, y, h) => {
			if (here[field.nest]! > -3 || uniform(h, 3) > 0.36) return undefined;
			return spindle(x, y, h, fibreDirection(anatomy, x, y, here));
		}),
	);
	forEachSite(
		LYMPH_CELL_UM,
		hash(seed, 8, 7),
		area,
		LARGEST_NUCLEUS_UM,
		visit((x, y, h) => {
			if (here[field.nest]! > -2.5 || uniform(h, 3) > 0.25 + 6 * here[field.lymph]!) return undefined;
			return here[field.lymph]! > 0 ? lymphocyte(x, y, h) : undefined;
		}),
	);
	forEachSite(
		NEST_CELL_UM,
		nestSalt(seed),
		area,
		LARGEST_NUCLEUS_UM,
		visit((x, y, h) => (here[field.nest]! < 2.8 || uniform(h, 3) < 0.07 ? undefined : epithelial(x, y, h))),
	);
}

/** Angle of the fibres: at right angles to the gradient of the coordinate across them. */
function fibreDirection(anatomy: Anatomy, x: number, y: number, scratch: Float64Array): number {
	const step = 2;
	const here = scratch[field.across]!;
	anatomy(x + step, y, scratch, 0);
	const dx = scratch[field.across]! - here;
	anatomy(x, y + step, scratch, 0);
	return Math.atan2(scratch[field.across]! - here, dx) + Math.PI / 2;
}

function epithelial(xUm: number, yUm: number, seed: number): Nucleus {
	const kind = uniform(seed, 4);
	const longUm = 3.9 + 2 * uniform(seed, 5);
	const shape = {
		xUm,
		yUm,
		seed,
		longUm,
		shortUm: longUm * (0.68 + 0.3 * uniform(seed, 6)),
		turn: Math.PI * uniform(seed, 7),
	};
	// Most are vesicular: pale, with a thin dark membrane. Some are dense.
	if (kind < 0.78) return { ...shape, body: 0.34 + 0.16 * uniform(seed, 8), rim: 0.45, chromatin: 0.23, nucleoli: 2 };
	return { ...shape, body: 0.62 + 0.3 * uniform(seed, 8), rim: 0.2, chromatin: 0.22, nucleoli: 0 };
}

function spindle(xUm: number, yUm: number, seed: number, turn: number): Nucleus {
	const longUm = 4.5 + 4.5 * uniform(seed, 5);
	return {
		xUm,
		yUm,
		seed,
		longUm,
		shortUm: 1.1 + 1.2 * uniform(seed, 6),
		turn: turn + 0.5 * (uniform(seed, 7) - 0.5),
		body: 0.5 + 0.4 * uniform(seed, 8),
		rim: 0.22,
		chromatin: 0.17,
		nucleoli: 0,
	};
}

function lymphocyte(xUm: number, yUm: number, seed: number): Nucleus {
	const longUm = 2.5 + 0.7 * uniform(seed, 5);
	return {
		xUm,
		yUm,
		seed,
		longUm,
		shortUm: longUm * (0.85 + 0.15 * uniform(seed, 6)),
		turn: Math.PI * uniform(seed, 7),
		body: 0.85 + 0.35 * uniform(seed, 8),
		rim: 0.1,
		chromatin: 0.26,
		nucleoli: 0,
	};
}

function drawNucleus(target: Densities, nucleus: Nucleus, grains: Grains, mpp: number): void {
	const { rect, haematoxylin, eosin } = target;
	const { seed, body, rim, chromatin, shortUm } = nucleus;
	const centreX = nucleus.xUm / mpp;
	const centreY = nucleus.yUm / mpp;
	const long = nucleus.longUm / mpp;
	const short = shortUm / mpp;
	const cos = Math.cos(nucleus.turn);
	const sin = Math.sin(nucleus.turn);
	const reachX = 1.25 * Math.hypot(long * cos, short * sin) + 1;
	const reachY = 1.25 * Math.hypot(long * sin, short * cos) + 1;
	const x0 = Math.max(rect.x, Math.floor(centreX - reachX));
	const x1 = Math.min(rect.x + rect.widthPx, Math.ceil(centreX + reachX));
	const y0 = Math.max(rect.y, Math.floor(centreY - reachY));
	const y1 = Math.min(rect.y + rect.heightPx, Math.ceil(centreY + reachY));
	// Each nucleus looks at its own place of the textures.
	const shiftX = seed & 511;
	const shiftY = (seed >>> 9) & 511;
	const { granules, clumps, patches } = grains;
	const mask = granules.side - 1;
	const firstNucleolus = 0.45 * (uniform(seed, 9) - 0.5);
	const secondNucleolus = 0.45 * (uniform(seed, 10) - 0.5);
	const nucleolusSize = nucleus.nucleoli > 0 ? (0.55 + 0.5 * uniform(seed, 11)) / shortUm : 0;
	const eosinInside = 0.16 + 0.1 * uniform(seed, 12);
	for (let y = y0; y < y1; y++) {
		const dy = y + 0.5 - centreY;
		const row = ((y + shiftY) & mask) * granules.side;
		for (let x = x0; x < x1; x++) {
			const dx = x + 0.5 - centreX;
			const p = (dx * cos + dy * sin) / long;
			const q = (dy * cos - dx * sin) / short;
			const squared = p * p + q * q;
			if (squared > 1.45) continue;
			const texel = row + ((x + shiftX) & mask);
			const radius = Math.sqrt(squared) + 0.05 * patches.data[texel]!;
			// Distance inside the outline, µm, as the short axis measures it.
			const depth = (1 - radius) * shortUm;
			if (depth < -0.15) continue;
			const cover = depth > 0.15 ? 0.94 : (0.94 * (depth + 0.15)) / 0.3;
			const clump = clumps.data[texel]!;
			let h = body + chromatin * ((clump > 0 ? 1.25 * clump : 0.45 * clump) + 0.5 * granules.data[texel]!);
			// The nuclear membrane, densest 0.3 µm inside the outline.
			if (depth < 0.8) h += rim * Math.max(0, 1 - Math.abs(depth - 0.3) / 0.5);
			let e = eosinInside;
			if (nucleolusSize > 0) {
				const a = (p - firstNucleolus) ** 2 + (q - secondNucleolus) ** 2;
				const b = (p + secondNucleolus) ** 2 + (q - firstNucleolus - 0.15) ** 2;
				const spot = nucleolusSize * nucleolusSize - Math.min(a, 1.6 * b);
				if (spot > 0) {
					h += 0.45;
					e += 0.15;
				}
			}
			const at = (y - rect.y) * rect.widthPx + x - rect.x;
			haematoxylin[at] = haematoxylin[at]! + cover * (Math.max(0.08, h) - haematoxylin[at]!);
			eosin[at] = eosin[at]! + cover * (e - eosin[at]!);
		}
	}
}
