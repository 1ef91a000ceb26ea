/**
 * Cutting a tile that must be copied into strips: copies stay in the processor's cache, and memory stays bounded.
 * @module
 */
import { CELL_PX } from '../cells.ts';
import { axisWindows } from './axis-windows.ts';
import { KERNEL_TAPS } from './definition.ts';
import type { SourceTile } from './source-tile.ts';

/** Strips start at multiples of this, so that chroma rows stay whole. */
const ROW_ALIGNMENT = 4;

/** A part of a tile, full width. */
export interface Strip {
	readonly source: SourceTile;
	/** Level-0 row of its first row. */
	readonly yPx: number;
}

/**
 * Strips of at most `budgetBytes` (but at least one row of cells) that hold each window of the tile exactly once, and
 * never part the windows of a cell.
 */
export function* tileStrips(source: SourceTile, yPx: number, budgetBytes: number): Generator<Strip> {
	const { planes, heightPx } = source;
	const bytesPerRow = planes.reduce((sum, plane) => sum + plane.widthBytes * plane.heightPx, 0) / heightPx;
	const { starts, runs } = axisWindows(yPx, heightPx, 0, Number.POSITIVE_INFINITY);
	const cellRows = Math.max(1, Math.floor((budgetBytes / bytesPerRow - KERNEL_TAPS - ROW_ALIGNMENT) / CELL_PX));
	for (let i = 0; i < runs.length; i += cellRows) {
		const first = runs[i]!;
		const last = runs[Math.min(i + cellRows, runs.length) - 1]!;
		const start = starts[first.first]!;
		const top = start - (start % ROW_ALIGNMENT);
		const bottom = starts[last.first + last.count - 1]! + KERNEL_TAPS;
		yield { source: rowsOf(source, top, bottom), yPx: yPx + top };
	}
}

function rowsOf(source: SourceTile, top: number, bottom: number): SourceTile {
	const planes = source.planes.map((plane, index) => {
		const factor = index > 0 ? source.format.chromaY : 1;
		const from = (top / factor) * plane.strideBytes;
		const data = plane.offset === undefined ? plane.data.subarray(from) : plane.data;
		const offset = plane.offset === undefined ? undefined : plane.offset + from;
		return { ...plane, data, offset, heightPx: Math.ceil(bottom / factor) - top / factor };
	});
	return { ...source, heightPx: bottom - top, planes };
}
