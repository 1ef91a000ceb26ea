/**
 * Pictures decoded by the browser.
 * @module
 */
import type { RgbImage } from '@parfocal/core';

/**
 * The pixels of a picture, colours as stored.
 * @throws {RangeError} when the browser cannot read it; `path` is named
 */
export async function decodePicture(file: Blob, path: string): Promise<RgbImage> {
	let bitmap: ImageBitmap;
	try {
		bitmap = await createImageBitmap(file, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
	} catch (cause) {
		throw new RangeError(`${path} is damaged, or no picture this browser can read.`, { cause });
	}
	const { width: widthPx, height: heightPx } = bitmap;
	const context = new OffscreenCanvas(widthPx, heightPx).getContext('2d', { willReadFrequently: true })!;
	context.drawImage(bitmap, 0, 0);
	bitmap.close();
	const { data: rgba } = context.getImageData(0, 0, widthPx, heightPx);
	const data = new Uint8Array(3 * widthPx * heightPx);
	for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
		data[to] = rgba[from]!;
		data[to + 1] = rgba[from + 1]!;
		data[to + 2] = rgba[from + 2]!;
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}
