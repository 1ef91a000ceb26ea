import type { Pixels, RectPx, RgbImage } from './pixels.ts';

/**
 * The top left `widthPx` x `heightPx` of an image (all of it where it is smaller). Planes stay views; RGB is copied,
 * unless nothing is cut off.
 */
export function cropToSize(pixels: Pixels, widthPx: number, heightPx: number): Pixels {
	const width = Math.min(widthPx, pixels.widthPx);
	const height = Math.min(heightPx, pixels.heightPx);
	if (width === pixels.widthPx && height === pixels.heightPx) return pixels;
	if (pixels.layout === 'rgb') return cropRgb(pixels, { x: 0, y: 0, widthPx: width, heightPx: height });
	const planes = pixels.planes.map((plane) => ({
		...plane,
		widthPx: scaled(plane.widthPx, pixels.widthPx, width),
		heightPx: scaled(plane.heightPx, pixels.heightPx, height),
	}));
	return { ...pixels, widthPx: width, heightPx: height, planes };
}

/** A side of a plane (full size, or less by 2 or 4) after its image's side was cut from `full` to `kept`. */
function scaled(side: number, full: number, kept: number): number {
	const ratio = side === full ? 1 : Math.ceil(full / 2) === side ? 2 : 4;
	return Math.ceil(kept / ratio);
}

/** A rectangle that lies within the image, copied. */
export function cropRgb(image: RgbImage, rect: RectPx): RgbImage {
	const { widthPx, heightPx } = rect;
	const cropped: RgbImage = { layout: 'rgb', widthPx, heightPx, data: new Uint8Array(3 * widthPx * heightPx) };
	pasteRgb(cropped, image, -rect.x, -rect.y);
	return cropped;
}

/** Copies `source` into `target` with its top left corner at (x, y); what falls outside is left out. */
export function pasteRgb(target: RgbImage, source: RgbImage, x: number, y: number): void {
	const left = Math.max(x, 0);
	const right = Math.min(x + source.widthPx, target.widthPx);
	if (right <= left) return;
	const bottom = Math.min(y + source.heightPx, target.heightPx);
	for (let row = Math.max(y, 0); row < bottom; row++) {
		const from = 3 * ((row - y) * source.widthPx + left - x);
		target.data.set(source.data.subarray(from, from + 3 * (right - left)), 3 * (row * target.widthPx + left));
	}
}

/** An RGB image of one colour, white unless said otherwise. */
export function blankRgb(widthPx: number, heightPx: number, level: number = 255): RgbImage {
	return { layout: 'rgb', widthPx, heightPx, data: new Uint8Array(3 * widthPx * heightPx).fill(level) };
}

/** A copy that does not share memory: planes from a decoder are views that its next call overwrites. */
export function copyPixels(pixels: Pixels): Pixels {
	if (pixels.layout === 'rgb') return { ...pixels, data: new Uint8Array(pixels.data) };
	return { ...pixels, planes: pixels.planes.map((plane) => ({ ...plane, data: new Uint8Array(plane.data) })) };
}
