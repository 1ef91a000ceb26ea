/**
 * Drawing polygons on a grid.
 * @module
 */
import { FormatError } from '../errors.ts';
import type { Polygon } from './geojson.ts';
import type { TissueMask } from './tissue-mask.ts';

/** Crossings of outlines with rows of the grid; an honest drawing has a few a row, a hostile one would run for hours. */
const MOST_CROSSINGS = 2 ** 25;

/** 1 where the middle of a place lies inside one of the polygons (within each, inside an odd number of rings). */
export function fillPolygons(polygons: readonly Polygon[], grid: Omit<TissueMask, 'classes' | 'source'>): Uint8Array {
	const filled = new Uint8Array(grid.widthPx * grid.heightPx);
	let budget = MOST_CROSSINGS;
	for (const polygon of polygons) {
		const rows = crossings(polygon, grid, budget);
		for (const [row, xs] of rows) {
			budget -= xs.length;
			xs.sort((a, b) => a - b);
			for (let i = 0; i + 1 < xs.length; i += 2) {
				// The places whose middle lies in [from, to).
				const from = Math.max(0, Math.ceil(xs[i]! - 0.5));
				const to = Math.min(grid.widthPx, Math.ceil(xs[i + 1]! - 0.5));
				if (to > from) filled.fill(1, row * grid.widthPx + from, row * grid.widthPx + to);
			}
		}
	}
	return filled;
}

/** Where a polygon's edges cross the middle of each row, in places. */
function crossings(
	polygon: Polygon,
	{ heightPx, downsampleX, downsampleY }: Omit<TissueMask, 'classes' | 'source'>,
	budget: number,
): Map<number, number[]> {
	const rows = new Map<number, number[]>();
	let count = 0;
	for (const ring of polygon) {
		const points = ring.length / 2;
		for (let i = 0; i < points; i++) {
			const j = (i + 1) % points;
			const x0 = ring[2 * i]! / downsampleX;
			const y0 = ring[2 * i + 1]! / downsampleY;
			const x1 = ring[2 * j]! / downsampleX;
			const y1 = ring[2 * j + 1]! / downsampleY;
			const first = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5));
			const end = Math.min(heightPx, Math.ceil(Math.max(y0, y1) - 0.5));
			count += Math.max(0, end - first);
			if (count > budget) {
				const message = 'The region of interest has too many long edges to draw. Simplify its outlines.';
				throw new FormatError('GeoJSON', 'too-large', message);
			}
			for (let row = first; row < end; row++) {
				const x = x0 + ((row + 0.5 - y0) / (y1 - y0)) * (x1 - x0);
				const xs = rows.get(row);
				if (xs) xs.push(x);
				else rows.set(row, [x]);
			}
		}
	}
	return rows;
}
