/**
 * What files do to pictures: JPEG, and another pixel size.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import sharp, { type Sharp } from 'sharp';

/** A picture as a file stores it. */
export interface StoredPicture {
	readonly widthPx: number;
	readonly heightPx: number;
	/** Interleaved RGB. */
	readonly data: Uint8Array;
}

/** How chroma is stored: at full or at half resolution both ways. */
export const CHROMA_SUBSAMPLINGS = ['4:4:4', '4:2:0'] as const;

/** How a JPEG file is made. */
export interface JpegSettings {
	/** 1..100, in libjpeg's scale. */
	readonly quality: number;
	readonly chromaSubsampling: (typeof CHROMA_SUBSAMPLINGS)[number];
}

/** How pixels are interpolated: what sharp offers, softest first. */
export const RESAMPLERS = ['nearest', 'linear', 'mitchell', 'cubic', 'lanczos2', 'lanczos3'] as const;

/** The bytes of a JPEG file. */
export async function jpegFile(picture: StoredPicture, settings: JpegSettings): Promise<Uint8Array> {
	return new Uint8Array(await raw(picture).jpeg(settings).toBuffer());
}

/** The bytes of a PNG file. */
export async function pngFile(picture: StoredPicture): Promise<Uint8Array> {
	return new Uint8Array(await raw(picture).png().toBuffer());
}

/** The picture after it was stored as JPEG and read again. */
export async function throughJpeg<T extends StoredPicture>(picture: T, settings: JpegSettings): Promise<T> {
	const stored = await jpegFile(picture, settings);
	return { ...picture, data: new Uint8Array(await sharp(stored).raw().toBuffer()) };
}

/**
 * The picture at another pixel size, on values as stored, as viewers and tile servers do it. Its sides are rounded to whole
 * pixels, so the size is exact to half a pixel of the picture's side.
 * @throws {ArgumentError} when less than a pixel would be left, or more than 16,384 a side
 */
export async function resampled<T extends StoredPicture>(
	picture: T,
	fromMpp: number,
	toMpp: number,
	kernel: (typeof RESAMPLERS)[number] = 'lanczos3',
): Promise<T> {
	const [widthPx, heightPx] = [picture.widthPx, picture.heightPx].map((side) =>
		Math.round((side * fromMpp) / toMpp),
	) as [number, number];
	if (!(Math.min(widthPx, heightPx) >= 1 && Math.max(widthPx, heightPx) <= 16_384)) {
		throw new ArgumentError(
			'mpp',
			`A picture of ${picture.widthPx} x ${picture.heightPx} px cannot go from ${fromMpp} to ${toMpp} µm a pixel.`,
		);
	}
	if (widthPx === picture.widthPx && heightPx === picture.heightPx) return picture;
	const data = await raw(picture).resize(widthPx, heightPx, { fit: 'fill', kernel }).raw().toBuffer();
	return { ...picture, widthPx, heightPx, data: new Uint8Array(data) };
}

function raw({ widthPx, heightPx, data }: StoredPicture): Sharp {
	return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } });
}
