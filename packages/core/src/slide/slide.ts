/**
 * A whole-slide image: a pyramid of levels made of tiles, and what its header says.
 * Coordinates are level-0 pixels, origin top left, x right, y down, half-open rectangles.
 * @module
 */
import type { Pixels, RectPx, RgbImage } from '../image/pixels.ts';

/** One resolution of the pyramid. Level 0 is the largest. */
export interface Level {
	readonly widthPx: number;
	readonly heightPx: number;
	/** Level-0 pixels per pixel of this level (1 for level 0). */
	readonly downsample: number;
	readonly tileWidthPx: number;
	readonly tileHeightPx: number;
	/** Tiles across and down. */
	readonly columns: number;
	readonly rows: number;
	/** How tiles are stored, in words: `jpeg`, `jpeg2000`, `lzw`, `deflate`, `packbits`, `uncompressed`, `png` … */
	readonly compression: string;
}

/** Micrometres per level-0 pixel, and who says so. */
export interface Mpp {
	readonly x: number;
	readonly y: number;
	/** `tag`: the file's header; `user`: given for this run; `estimated`: derived from the objective. */
	readonly source: 'tag' | 'user' | 'estimated';
}

/** A picture stored beside the pyramid. The label can hold patient data: it is decoded only by an explicit `read()`. */
export interface AssociatedImage {
	readonly name: 'thumbnail' | 'macro' | 'label' | 'other';
	readonly widthPx: number;
	readonly heightPx: number;
	read(options?: { readonly signal?: AbortSignal }): Promise<RgbImage>;
}

/** How a tile is read. */
export interface TileOptions {
	/** `luma`: only the brightness plane is needed (`grey` pixels; cheaper for YCbCr JPEG). Default `all`. */
	readonly planes?: 'all' | 'luma';
	readonly signal?: AbortSignal;
}

/** An open slide. */
export interface Slide {
	/** The source's name (a path or file name). */
	readonly name: string;
	/** Container and dialect: `aperio-svs`, `generic-tiff`, `ome-tiff`, `picture` … */
	readonly format: string;
	/** Scanner vendor as the header names it, `unknown` otherwise. */
	readonly vendor: string;
	readonly levels: readonly Level[];
	/** Undefined when the header has none or an absurd one (see `warnings`). Never stops a run. */
	readonly mpp: Mpp | undefined;
	/** Objective magnification, e.g. 20 or 40. */
	readonly objectivePower: number | undefined;
	readonly associated: readonly AssociatedImage[];
	/** Header fields worth showing, as text. */
	readonly properties: Readonly<Record<string, string>>;
	/** Oddities found while opening, as sentences. */
	readonly warnings: readonly string[];
	/**
	 * One tile, clipped to the level: right and bottom tiles come without their padding.
	 * The planes may be views of memory that the next `readTile` on this slide reuses: use or copy them before that.
	 * @throws {FormatError} when the tile is corrupt (the slide stays usable).
	 */
	readTile(level: number, column: number, row: number, options?: TileOptions): Pixels | Promise<Pixels>;
	/**
	 * A rectangle of a level (in that level's pixels) as RGB; parts outside the level, and tiles that cannot be read when
	 * `onUnreadable` is given, are white.
	 */
	readRegion(
		level: number,
		rect: RectPx,
		options?: { readonly signal?: AbortSignal; readonly onUnreadable?: (error: unknown) => void },
	): Promise<RgbImage>;
	close(): void | Promise<void>;
}
