/**
 * Which images of a TIFF are levels of one pyramid.
 * @module
 */
import type { TiffImage } from './tiff-image.ts';

/**
 * The images that are smaller copies of `first`, largest first and `first` in front: each smaller than the one before,
 * of the same shape (2 px of rounding, 2 % for scanners that cut edges), and readable.
 */
export function pyramidOf(first: TiffImage, candidates: readonly TiffImage[]): TiffImage[] {
	const levels = [first];
	const bySize = candidates
		.filter((image) => image !== first && image.unsupported === undefined)
		.toSorted((a, b) => b.widthPx - a.widthPx);
	for (const image of bySize) {
		if (image.widthPx < levels.at(-1)!.widthPx && hasSameShape(first, image)) levels.push(image);
	}
	return levels;
}

function hasSameShape(first: TiffImage, image: TiffImage): boolean {
	const ratioX = first.widthPx / image.widthPx;
	const ratioY = first.heightPx / image.heightPx;
	const ratio = (ratioX + ratioY) / 2;
	const offX = Math.abs(image.widthPx - first.widthPx / ratio);
	const offY = Math.abs(image.heightPx - first.heightPx / ratio);
	return (offX <= 2 && offY <= 2) || Math.abs(ratioX / ratioY - 1) <= 0.02;
}
