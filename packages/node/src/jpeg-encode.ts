/**
 * Pictures for the report as JPEG files.
 * @module
 */
import type { RgbImage } from '@parfocal/core';

/** How to encode. */
export interface JpegOptions {
	/** 1..100. Default 85: no visible loss on stained tissue. */
	readonly quality?: number;
	/** Larger pictures are shrunk to this longer side. */
	readonly maximumSidePx?: number;
}

/**
 * The image as a JPEG file. Chroma is kept at full resolution, so that a crop shows nothing blurrier than the slide does.
 * `sharp` is loaded on the first call.
 */
export async function encodeJpeg(image: RgbImage, options: JpegOptions = {}): Promise<Uint8Array> {
	const { default: sharp } = await import('sharp');
	const raw = { width: image.widthPx, height: image.heightPx, channels: 3 as const };
	let picture = sharp(image.data, { raw, limitInputPixels: false });
	const side = options.maximumSidePx;
	if (side !== undefined && Math.max(raw.width, raw.height) > side) {
		picture = picture.resize({ width: side, height: side, fit: 'inside' });
	}
	return picture.jpeg({ quality: options.quality ?? 85, chromaSubsampling: '4:4:4' }).toBuffer();
}
