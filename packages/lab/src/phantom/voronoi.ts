/**
 * Cells that fill the plane: each pixel belongs to the nearest site, and membranes run where two sites are equally near.
 * @module
 */
import type { RectPx } from '@parfocal/core';
import { forEachSite } from './random.ts';

/** Side of the squares for which near sites are picked out once, px. */
const SQUARE_PX = 8;

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
 * Computed only for the squares of 8 x 8 px (at multiples of 8) for which `wanted` says so; large elsewhere.
 */
export function membraneDistance(
	rect: RectPx,
	{ spacingUm, salt, mpp }: CellGrid,
	wanted: (column: number, row: number) => boolean,
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
	const nearX = new Float64Array(sitesX.length);
	const nearY = new Float64Array(sitesX.length);
	for (let row = Math.floor(rect.y / SQUARE_PX); row * SQUARE_PX < bottom; row++) {
		for (let column = Math.floor(rect.x / SQUARE_PX); column * SQUARE_PX < right; column++) {
			if (!wanted(column, row)) continue;
			const left = column * SQUARE_PX;
			const top = row * SQUARE_PX;
			const near = nearSites(sitesX, sitesY, left + SQUARE_PX / 2, top + SQUARE_PX / 2, nearX, nearY);
			for (let y = Math.max(rect.y, top); y < Math.min(bottom, top + SQUARE_PX); y++) {
				for (let x = Math.max(rect.x, left); x < Math.min(right, left + SQUARE_PX); x++) {
					let nearest = 1e18;
					let second = 1e18;
					for (let i = 0; i < near; i++) {
						const dx = x + 0.5 - nearX[i]!;
						const dy = y + 0.5 - nearY[i]!;
						const distance = dx * dx + dy * dy;
						if (distance < second) {
							if (distance < nearest) {
								second = nearest;
								nearest = distance;
							} else second = distance;
						}
					}
					distances[(y - rect.y) * rect.widthPx + x - rect.x] = (Math.sqrt(second) - Math.sqrt(nearest)) * mpp;
				}
			}
		}
	}
	return distances;
}

/**
 * Copies the sites that can be nearest or second nearest anywhere in a square: by the triangle inequality those no farther
 * from its centre than the second nearest there plus the square's diagonal. Returns their number.
 */
function nearSites(
	sitesX: readonly number[],
	sitesY: readonly number[],
	x: number,
	y: number,
	nearX: Float64Array,
	nearY: Float64Array,
): number {
	let nearest = 1e18;
	let second = 1e18;
	for (let i = 0; i < sitesX.length; i++) {
		const distance = (sitesX[i]! - x) ** 2 + (sitesY[i]! - y) ** 2;
		if (distance < nearest) {
			second = nearest;
			nearest = distance;
		} else if (distance < second) second = distance;
	}
	const limit = (Math.sqrt(second) + SQUARE_PX * Math.SQRT2) ** 2;
	let count = 0;
	for (let i = 0; i < sitesX.length; i++) {
		if ((sitesX[i]! - x) ** 2 + (sitesY[i]! - y) ** 2 > limit) continue;
		nearX[count] = sitesX[i]!;
		nearY[count++] = sitesY[i]!;
	}
	return count;
}
