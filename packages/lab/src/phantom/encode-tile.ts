/**
 * Tiles as JPEG, through libjpeg-turbo in sharp, on sharp's own threads.
 * @module
 */
import type { RgbImage } from '@parfocal/core';
import sharp from 'sharp';
import { type SplitJpeg, splitJpeg } from './jpeg-stream.ts';
import type { ResolvedPhantomOptions } from './options.ts';

/** Encodes tiles of one slide: baseline, with the standard Huffman tables, so that every tile has the same tables. */
export interface TileEncoder {
	/** Tables of every tile, for the JPEGTables tag. */
	readonly tables: Uint8Array;
	/** The abbreviated stream of a tile. */
	encode(tile: Pick<RgbImage, 'data' | 'widthPx' | 'heightPx'>): Promise<Uint8Array>;
}

/** Prepares an encoder. */
export async function createTileEncoder(
	options: Pick<ResolvedPhantomOptions, 'quality' | 'subsampling'>,
): Promise<TileEncoder> {
	const encode = async (tile: Pick<RgbImage, 'data' | 'widthPx' | 'heightPx'>): Promise<SplitJpeg> => {
		const raw = { width: tile.widthPx, height: tile.heightPx, channels: 3 } as const;
		const jpeg = sharp(tile.data, { raw }).jpeg({
			quality: options.quality,
			chromaSubsampling: options.subsampling === '420' ? '4:2:0' : '4:4:4',
			optimiseCoding: false,
			progressive: false,
		});
		return splitJpeg(await jpeg.toBuffer());
	};
	const { tables } = await encode({ data: new Uint8Array(3 * 16 * 16), widthPx: 16, heightPx: 16 });
	return {
		tables,
		async encode(tile) {
			const split = await encode(tile);
			if (!sameBytes(split.tables, tables)) throw new Error('libjpeg-turbo changed its tables from tile to tile');
			return split.image;
		},
	};
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
