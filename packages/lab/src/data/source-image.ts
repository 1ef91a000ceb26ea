/**
 * Source images: pictures taken as sharp, at a size at which they are.
 * @module
 */
import sharp from 'sharp';
import { laplacianVariance } from '../evaluate/laplacian-variance.ts';
import { lumaOf } from '../simulate/light.ts';

/** A picture in focus. */
export interface SourceImage {
	/** What the crops of this image share; never on both sides of a split. */
	readonly source: string;
	readonly name: string;
	readonly widthPx: number;
	readonly heightPx: number;
	/** Interleaved RGB. */
	readonly data: Uint8Array;
	/** Undefined when nobody says. */
	readonly mpp: number | undefined;
}

/** Smallest side a source image may have. */
export const SMALLEST_SIDE_PX = 256;

/**
 * A picture is too soft for its size when halving it raises the variance of its Laplacian more than this much: the
 * finest octave is all but empty, by oversampling, upsampling, defocus or heavy compression. In-focus 20x scans lie
 * between 1.5 and 4.5.
 */
export const LARGEST_HALVING_GAIN = 4.5;

/**
 * The same for scans of 0.3 µm a pixel and below: there the finest octave reaches to the cut-off of an objective of
 * NA 0.75 (2.7 cycles/µm), so it is nearly empty even in perfect focus.
 */
export const LARGEST_HALVING_GAIN_40X = 8;

/** Reads a picture, given by path or as bytes, as RGB over white. */
export async function readRgb(
	picture: string | Uint8Array,
): Promise<Pick<SourceImage, 'widthPx' | 'heightPx' | 'data'>> {
	const { data, info } = await sharp(picture)
		.flatten({ background: 'white' })
		.toColourspace('srgb')
		.removeAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	const rgb =
		info.channels === 3
			? new Uint8Array(data)
			: Uint8Array.from({ length: 3 * data.length }, (_, i) => data[Math.floor(i / 3)]!);
	return { widthPx: info.width, heightPx: info.height, data: rgb };
}

/**
 * The sizes at which a picture may serve: it is halved until it is no longer too soft; that size and the half of it
 * serve, as long as they are large enough. None when it is still soft at its smallest.
 */
export function usableSizes(image: SourceImage): SourceImage[] {
	let current = image;
	while (Math.min(current.widthPx, current.heightPx) >= SMALLEST_SIDE_PX) {
		const half = halved(current);
		const gain =
			laplacianVariance(lumaPlane(half), half.widthPx) / laplacianVariance(lumaPlane(current), current.widthPx);
		const fine = current.mpp !== undefined && current.mpp <= 0.3;
		if (gain <= (fine ? LARGEST_HALVING_GAIN_40X : LARGEST_HALVING_GAIN)) {
			return [current, half].filter((each) => Math.min(each.widthPx, each.heightPx) >= SMALLEST_SIDE_PX);
		}
		current = half;
	}
	return [];
}

/** Half the size by averaging squares of four pixels. */
export function halved(image: SourceImage): SourceImage {
	const widthPx = image.widthPx >> 1;
	const heightPx = image.heightPx >> 1;
	const data = new Uint8Array(3 * widthPx * heightPx);
	const row = 3 * image.widthPx;
	for (let y = 0; y < heightPx; y++) {
		for (let x = 0; x < widthPx; x++) {
			for (let c = 0; c < 3; c++) {
				const from = 2 * y * row + 6 * x + c;
				const sum = image.data[from]! + image.data[from + 3]! + image.data[from + row]! + image.data[from + row + 3]!;
				data[3 * (y * widthPx + x) + c] = (sum + 2) >> 2;
			}
		}
	}
	return { ...image, name: `${image.name} halved`, widthPx, heightPx, data, mpp: image.mpp && 2 * image.mpp };
}

/** Luma of interleaved RGB. */
export function lumaPlane({ data }: { readonly data: Uint8Array }): Uint8Array {
	const luma = new Uint8Array(data.length / 3);
	for (let i = 0; i < luma.length; i++) luma[i] = lumaOf(data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!);
	return luma;
}
