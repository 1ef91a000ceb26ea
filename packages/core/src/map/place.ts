/**
 * Where on the tissue something is, in the words a person would use.
 * @module
 */
import type { FocusMap } from './focus-map.ts';

/** Half-open bounds in map places. */
export interface Extent {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

/** The bounds of the tissue: places that are at least half tissue, or any tissue when none is. */
export function tissueExtent(map: FocusMap): Extent | undefined {
	return extentAbove(map, 0.5) ?? extentAbove(map, 0);
}

function extentAbove({ tissueFraction, columns, rows }: FocusMap, least: number): Extent | undefined {
	let left = columns;
	let top = rows;
	let right = 0;
	let bottom = 0;
	for (let i = 0; i < tissueFraction.length; i++) {
		if (!(tissueFraction[i]! > least)) continue;
		const x = i % columns;
		const y = (i - x) / columns;
		left = Math.min(left, x);
		right = Math.max(right, x + 1);
		top = Math.min(top, y);
		bottom = Math.max(bottom, y + 1);
	}
	return right > left ? { left, top, right, bottom } : undefined;
}

/** An even spread has a standard deviation of 0.29 of the extent; from here on it is no single place. */
const SPREAD = 0.25;
/** Middle of the extent. */
const MIDDLE = [0.38, 0.62] as const;
/** Less of the tissue than this, spread out, is scattered rather than everywhere. */
const EVERYWHERE = 0.3;

/**
 * Where the places that `chosen` picks lie, weighted by their tissue and relative to the tissue's extent: `upper left`,
 * `upper`, `upper right`, `left`, `centre`, `right`, `lower left`, `lower`, `lower right`; `upper half`, `lower half`,
 * `left half`, `right half`, `across the middle`, `down the middle` when they span the other axis; `all over` or
 * `scattered` when they span both. Undefined when nothing is chosen.
 */
export function placeInWords(
	map: FocusMap,
	chosen: (index: number) => boolean,
	extent: Extent | undefined = tissueExtent(map),
): string | undefined {
	if (extent === undefined) return undefined;
	const wide = extent.right - extent.left;
	const high = extent.bottom - extent.top;
	let all = 0;
	let weight = 0;
	let sumX = 0;
	let sumY = 0;
	let squaresX = 0;
	let squaresY = 0;
	for (let i = 0; i < map.tissueFraction.length; i++) {
		const tissue = map.tissueFraction[i]!;
		all += tissue;
		if (tissue === 0 || !chosen(i)) continue;
		const column = i % map.columns;
		const x = (column + 0.5 - extent.left) / wide;
		const y = ((i - column) / map.columns + 0.5 - extent.top) / high;
		weight += tissue;
		sumX += tissue * x;
		sumY += tissue * y;
		squaresX += tissue * x * x;
		squaresY += tissue * y * y;
	}
	if (weight === 0) return undefined;
	const x = sumX / weight;
	const y = sumY / weight;
	const spansX = Math.sqrt(Math.max(0, squaresX / weight - x * x)) > SPREAD;
	const spansY = Math.sqrt(Math.max(0, squaresY / weight - y * y)) > SPREAD;
	if (spansX && spansY) return weight / all >= EVERYWHERE ? 'all over' : 'scattered';
	if (spansX) return half(y, 'upper', 'lower', 'across the middle');
	if (spansY) return half(x, 'left', 'right', 'down the middle');
	return pointInWords(x, y);
}

/** The words for one point, in fractions of the tissue's extent. */
export function pointInWords(x: number, y: number): string {
	const horizontal = x < MIDDLE[0] ? 'left' : x > MIDDLE[1] ? 'right' : '';
	const vertical = y < MIDDLE[0] ? 'upper' : y > MIDDLE[1] ? 'lower' : '';
	return [vertical, horizontal].filter(Boolean).join(' ') || 'centre';
}

function half(at: number, before: string, after: string, middle: string): string {
	if (at < MIDDLE[0]) return `${before} half`;
	return at > MIDDLE[1] ? `${after} half` : middle;
}
