/**
 * What a tile decoder is told and what it gives.
 * @module
 */
import type { Pixels } from '../image/pixels.ts';

/** How a tile's bytes are to be understood: what a TIFF directory or a DICOM header says of its tiles. */
export interface TileLayout {
	/** Size of the tile as stored, padding included. */
	readonly widthPx: number;
	readonly heightPx: number;
	/** Meaning of the samples. `white-is-zero` is grey with 0 white; `palette` indexes `palette`. */
	readonly colour: 'grey' | 'white-is-zero' | 'palette' | 'rgb' | 'ycbcr';
	/** Interleaved samples a pixel; those after the colour's own (alpha) are dropped. Only for uncompressed samples. */
	readonly samplesPerPixel: number;
	/** 8, or 16 of which the upper 8 are kept. Only for uncompressed samples. */
	readonly bitsPerSample: number;
	/** Byte order of 16-bit samples. Default true. */
	readonly littleEndian?: boolean | undefined;
	/** `horizontal`: samples were stored as differences (TIFF predictor 2). Default `none`. */
	readonly predictor?: 'none' | 'horizontal' | undefined;
	/** Shared JPEG tables (TIFF tag 347). */
	readonly jpegTables?: Uint8Array | undefined;
	/** 256 red, then 256 green, then 256 blue values. */
	readonly palette?: Uint8Array | undefined;
}

/** What is wanted of a tile. */
export interface TileRequest {
	/** `luma`: a `grey` image. Default `all`. */
	readonly planes?: 'all' | 'luma' | undefined;
}

/**
 * Decodes one tile. Answers at once wherever the codec can (JPEG, LZW, PackBits, uncompressed), so that the hot path has
 * no promises; planes may be views that the next call overwrites.
 */
export type TileDecoder = (bytes: Uint8Array, layout: TileLayout, request: TileRequest) => Pixels | Promise<Pixels>;
