import { FormatError } from '../../errors.ts';
import { cropToSize } from '../../image/crop.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { TileLayout, TileRequest } from '../tile-codec.ts';
import { decodeJpeg } from './decode-jpeg.ts';

/**
 * A JPEG tile of a slide, at the tile's stated size: encoders may round a tile's or the last strip's size up.
 * @throws {FormatError} see `decodeJpeg`; `corrupt` when the image is smaller than the tile.
 */
export function decodeJpegTile(bytes: Uint8Array, layout: TileLayout, request: TileRequest): Pixels {
	const colour = layout.colour === 'rgb' || layout.colour === 'ycbcr' ? layout.colour : 'auto';
	const image = decodeJpeg(bytes, { tables: layout.jpegTables, colour, planes: request.planes });
	return fitTile(image, layout, 'JPEG');
}

/** The image cut to the tile's stated size. */
export function fitTile(image: Pixels, { widthPx, heightPx }: TileLayout, what: string): Pixels {
	if (image.widthPx < widthPx || image.heightPx < heightPx) {
		const sizes = `${image.widthPx} x ${image.heightPx} px in a tile of ${widthPx} x ${heightPx} px`;
		throw new FormatError(`${what} tile`, 'corrupt', `The ${what} image is too small: ${sizes}.`);
	}
	return cropToSize(image, widthPx, heightPx);
}
