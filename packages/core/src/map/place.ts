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

/** It is one place on an axis when most of it lies this near to its middle, in parts of the extent. */
const NEAR = 0.27;
const MOST = 0.8;
/** Middle of the extent. */
const MIDDLE = [0.38, 0.62] as const;
/** Less of the tissue than this, spread out, is scattered rather than everywhere. */
const EVERYWHERE = 0.5;

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
	const alongX = new Float64Array(extent.right - extent.left);
	const alongY = new Float64Array(extent.bottom - extent.top);
	let all = 0;
	let weight = 0;
	for (let i = 0; i < map.tissueFraction.length; i++) {
		const tissue = map.tissueFraction[i]!;
		all += tissue;
		if (tissue === 0 || !chosen(i)) continue;
		const column = i % map.columns;
		weight += tissue;
		addTo(alongX, column - extent.left, tissue);
		addTo(alongY, (i - column) / map.columns - extent.top, tissue);
	}
	if (weight === 0) return undefined;
	const x = middleOf(alongX, weight);
	const y = middleOf(alongY, weight);
	const spansX = nearby(alongX, x) < MOST * weight;
	const spansY = nearby(alongY, y) < MOST * weight;
	if (spansX && spansY) return weight / all >= EVERYWHERE ? 'all over' : 'scattered';
	if (spansX) return half(y, 'upper', 'lower', 'across the middle');
	if (spansY) return half(x, 'left', 'right', 'down the middle');
	return pointInWords(x, y);
}

/** Adds to a bin; rims outside the extent count with its edge. */
function addTo(bins: Float64Array, bin: number, weight: number): void {
	const at = Math.min(bins.length - 1, Math.max(0, bin));
	bins[at] = bins[at]! + weight;
}

/** Mean position, as a part of the extent. */
function middleOf(bins: Float64Array, weight: number): number {
	return bins.reduce((sum, part, bin) => sum + part * (bin + 0.5), 0) / weight / bins.length;
}

/** Weight near a position. */
function nearby(bins: Float64Array, middle: number): number {
	return bins.reduce((sum, part, bin) => sum + (Math.abs((bin + 0.5) / bins.length - middle) <= NEAR ? part : 0), 0);
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
