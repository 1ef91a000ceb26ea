/**
 * Pixels as they come from a tile: interleaved RGB, or planes as a JPEG stores them (chroma possibly at lower resolution).
 * @module
 */

/** One 8-bit channel. Row `y` starts at `y * strideBytes`; only the first `widthPx` bytes of a row are image. */
export interface Plane {
	readonly data: Uint8Array;
	readonly widthPx: number;
	readonly heightPx: number;
	readonly strideBytes: number;
}

/** Interleaved 8-bit RGB, `data.length === 3 * widthPx * heightPx`, row-major, no padding. */
export interface RgbImage {
	readonly layout: 'rgb';
	readonly widthPx: number;
	readonly heightPx: number;
	readonly data: Uint8Array;
}

/**
 * Planes as stored. `grey`: one plane (also what a luma-only read gives). `rgb`: three full-size planes.
 * `ycbcr`: full-range JPEG YCbCr (ITU-T T.871); the chroma planes may be smaller by 2 or 4 on an axis.
 */
export interface PlanarImage {
	readonly layout: 'planes';
	readonly colour: 'grey' | 'rgb' | 'ycbcr';
	readonly widthPx: number;
	readonly heightPx: number;
	readonly planes: readonly Plane[];
}

/** What a tile is read as. */
export type Pixels = RgbImage | PlanarImage;

/** A half-open rectangle in pixels: `x <= column < x + widthPx`. */
export interface RectPx {
	readonly x: number;
	readonly y: number;
	readonly widthPx: number;
	readonly heightPx: number;
}
