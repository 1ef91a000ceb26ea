/**
 * Cutting a large tile into strips, so that measuring needs bounded memory whatever a picture's size.
 * @module
 */
import { firstWindow } from './axis-windows.ts';
import { KERNEL_TAPS, RESPONSE_STRIDE_PX } from './definition.ts';
import type { SourceTile } from './source-tile.ts';

/** Strips start at multiples of this, so that chroma rows stay whole. */
const ROW_ALIGNMENT = 4;

/** A part of a tile, full width. */
export interface Strip {
	readonly source: SourceTile;
	/** Level-0 row of its first row. */
	readonly yPx: number;
}

/** Strips of at most `budgetBytes` (but at least one window high) that hold each window of the tile exactly once. */
export function* tileStrips(source: SourceTile, yPx: number, budgetBytes: number): Generator<Strip> {
	const { heightPx } = source;
	const bytes = source.planes.reduce((sum, plane) => sum + plane.strideBytes * plane.heightPx, 0);
	if (bytes <= budgetBytes) {
		yield { source, yPx };
		return;
	}
	const rows = Math.max(KERNEL_TAPS + ROW_ALIGNMENT, Math.floor((budgetBytes / bytes) * heightPx));
	let window = firstWindow(yPx);
	while (window + KERNEL_TAPS <= heightPx) {
		const top = window - (window % ROW_ALIGNMENT);
		const end = Math.min(top + rows, heightPx);
		const last = window + Math.floor((end - KERNEL_TAPS - window) / RESPONSE_STRIDE_PX) * RESPONSE_STRIDE_PX;
		yield { source: rowsOf(source, top, last + KERNEL_TAPS), yPx: yPx + top };
		window = last + RESPONSE_STRIDE_PX;
	}
}

function rowsOf(source: SourceTile, top: number, bottom: number): SourceTile {
	const planes = source.planes.map((plane, index) => {
		const factor = index === 0 ? 1 : source.format.chromaY;
		const first = top / factor;
		const heightPx = Math.min(Math.ceil(bottom / factor), plane.heightPx) - first;
		const from = first * plane.strideBytes;
		const to = from + (heightPx - 1) * plane.strideBytes + plane.widthBytes;
		return { ...plane, heightPx, data: plane.data.subarray(from, to) };
	});
	return { ...source, heightPx: bottom - top, planes };
}
