/**
 * Where there is tissue worth scoring, on a coarse grid made from the smallest useful level.
 * @module
 */

/** What a tissue pixel is; the codes of `TissueMask.classes`. */
export const TISSUE_CLASS = { glass: 0, tissue: 1, littleTexture: 2, penMark: 3 } as const;

/** A class for each pixel of the slide's thumbnail. */
export interface TissueMask {
	readonly widthPx: number;
	readonly heightPx: number;
	/** Level-0 pixels per mask pixel, on each axis. */
	readonly downsampleX: number;
	readonly downsampleY: number;
	/** Row-major codes of `TISSUE_CLASS`. */
	readonly classes: Uint8Array;
	/** `detected`: found by us; `roi`: given by the user. */
	readonly source: 'detected' | 'roi';
}
