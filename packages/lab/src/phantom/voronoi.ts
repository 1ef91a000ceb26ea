/**
 * Cells that fill the plane: each pixel belongs to the nearest site, and membranes run where two sites are equally near.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import { forEachSite } from './random.ts';

/** Side of the squares for which near sites are picked out once, px. */
const SQUARE_PX = 8;

/** Side of the larger squares from whose sites those are picked. */
const BLOCK_PX = 64;

/** No second nearest site is farther away than this, in units of the spacing (found by trial: 1.6). */
const REACH = 1.9;

/** How the sites lie. */
export interface CellGrid {
	/** Distance between sites, µm. */
	readonly spacingUm: number;
	readonly salt: number;
	readonly mpp: number;
}

/**
 * For each pixel of `rect`, how much farther the second nearest site is than the nearest, µm: 0 on a membrane.
 * Computed only for the squares of 8 x 8 px (at multiples of 8) whose first pixel is `wanted`; large elsewhere.
 */
export function membraneDistance(
	rect: RectPx,
	{ spacingUm, salt, mpp }: CellGrid,
	wanted: (x: number, y: number) => boolean,
): Float32Array {
	const distances = new Float32Array(rect.widthPx * rect.heightPx).fill(1e9);
	const right = rect.x + rect.widthPx;
	const bottom = rect.y + rect.heightPx;
	const sitesX: number[] = [];
	const sitesY: number[] = [];
	const area = { x: rect.x * mpp, y: rect.y * mpp, width: rect.widthPx * mpp, height: rect.heightPx * mpp };
	forEachSite(spacingUm, salt, area, REACH * spacingUm, (x, y) => {
		sitesX.push(x / mpp);
		sitesY.push(y / mpp);
	});
	const all: Sites = { x: Float64Array.from(sitesX), y: Float64Array.from(sitesY), count: sitesX.length };
	const inBlock = emptySites(all.count);
	const inSquare = emptySites(all.count);
	for (let blockY = firstMultiple(rect.y, BLOCK_PX); blockY < bottom; blockY += BLOCK_PX) {
		for (let blockX = firstMultiple(rect.x, BLOCK_PX); blockX < right; blockX += BLOCK_PX) {
			pickNear(all, blockX, blockY, BLOCK_PX, inBlock);
			const endY = Math.min(bottom, blockY + BLOCK_PX);
			const endX = Math.min(right, blockX + BLOCK_PX);
			for (let top = Math.max(blockY, firstMultiple(rect.y, SQUARE_PX)); top < endY; top += SQUARE_PX) {
				for (let left = Math.max(blockX, firstMultiple(rect.x, SQUARE_PX)); left < endX; left += SQUARE_PX) {
					if (!wanted(Math.max(left, rect.x), Math.max(top, rect.y))) continue;
					pickNear(inBlock, left, top, SQUARE_PX, inSquare);
					measureSquare(inSquare, left, top, rect, mpp, distances);
				}
			}
		}
	}
	return distances;
}

interface Sites {
	readonly x: Float64Array;
	readonly y: Float64Array;
	count: number;
}

function emptySites(room: number): Sites {
	return { x: new Float64Array(room), y: new Float64Array(room), count: 0 };
}

function firstMultiple(value: number, of: number): number {
	return Math.floor(value / of) * of;
}

function measureSquare(
	{ x: siteX, y: siteY, count }: Sites,
	left: number,
	top: number,
	rect: RectPx,
	mpp: number,
	out: Float32Array,
): void {
	const endX = Math.min(rect.x + rect.widthPx, left + SQUARE_PX);
	const endY = Math.min(rect.y + rect.heightPx, top + SQUARE_PX);
	for (let y = Math.max(rect.y, top); y < endY; y++) {
		for (let x = Math.max(rect.x, left); x < endX; x++) {
			let nearest = 1e18;
			let second = 1e18;
			for (let i = 0; i < count; i++) {
				const dx = x + 0.5 - siteX[i]!;
				const dy = y + 0.5 - siteY[i]!;
				const distance = dx * dx + dy * dy;
				if (distance < second) {
					if (distance < nearest) {
						second = nearest;
						nearest = distance;
					} else second = distance;
				}
			}
			out[(y - rect.y) * rect.widthPx + x - rect.x] = (Math.sqrt(second) - Math.sqrt(nearest)) * mpp;
		}
	}
}

/**
 * Picks the sites that can be nearest or second nearest anywhere in a square: by the triangle inequality those no farther
 * from its centre than the second nearest there plus the square's diagonal.
 */
function pickNear(from: Sites, left: number, top: number, side: number, into: Sites): void {
	const x = left + side / 2;
	const y = top + side / 2;
	let nearest = 1e18;
	let second = 1e18;
	for (let i = 0; i < from.count; i++) {
		const distance = (from.x[i]! - x) ** 2 + (from.y[i]! - y) ** 2;
		if (distance < nearest) {
			second = nearest;
			nearest = distance;
		} else if (distance < second) second = distance;
	}
	const limit = (Math.sqrt(second) + side * Math.SQRT2) ** 2;
	into.count = 0;
	for (let i = 0; i < from.count; i++) {
		if ((from.x[i]! - x) ** 2 + (from.y[i]! - y) ** 2 > limit) continue;
		into.x[into.count] = from.x[i]!;
		into.y[into.count++] = from.y[i]!;
	}
}
