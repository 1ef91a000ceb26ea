/**
 * A region of interest on another grid.
 * @module
 */
import { TISSUE_CLASS, type TissueMask } from './tissue-mask.ts';

/** 1 where the middle of a place of `grid` lies inside the region. */
export function resampleRoi(roi: TissueMask, grid: Omit<TissueMask, 'classes' | 'source'>): Uint8Array {
	const inside = new Uint8Array(grid.widthPx * grid.heightPx);
	for (let y = 0, i = 0; y < grid.heightPx; y++) {
		const row = Math.floor(((y + 0.5) * grid.downsampleY) / roi.downsampleY);
		for (let x = 0; x < grid.widthPx; x++, i++) {
			const column = Math.floor(((x + 0.5) * grid.downsampleX) / roi.downsampleX);
			if (row >= roi.heightPx || column >= roi.widthPx) continue;
			inside[i] = Number(roi.classes[row * roi.widthPx + column] !== TISSUE_CLASS.glass);
		}
	}
	return inside;
}
