/**
 * From a decoded picture to the numbers a network is given: resample, crop, augment, normalise. Nothing here needs Node,
 * so that training in a browser sees the same pixels.
 * @module
 */
import type { RgbImage } from '@parfocal/core';
import type { Random } from '../../simulate/random.ts';
import { moveSquare } from './affine.ts';
import { type Augmentation, drawAugmentation, type Orientation } from './augmentation.ts';
import { type CropPlan, checkCropPlan, cropCorners } from './crop-plan.ts';
import { type Normalisation, normalisationTables } from './normalisation.ts';
import { checkResample, type ResampleOption, resample } from './resample.ts';
import { saturate } from './saturation.ts';

/** All that decides what a network sees of a picture: plain data, to be recorded with every result. */
export interface Preparation {
	/** Of the whole picture, before it is cropped. */
	readonly resample: ResampleOption;
	readonly crop: CropPlan;
	readonly augmentation: Augmentation;
	readonly normalisation: Normalisation;
}

/** `[n, 3, side, side]`: bytes when the normalisation is `bytes`, else floats. */
export type PatchPixels = Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/** Prepares pictures one after the other, with scratch memory of its own. */
export interface PatchPreparer {
	/** Numbers of one crop. */
	readonly valuesPerCrop: number;
	/** The picture at the size crops are taken at; what should be kept of a picture. */
	resampled(image: RgbImage): RgbImage;
	/** Room for `crops` crops. */
	allocate(crops: number): PatchPixels;
	/** Crops that `write` takes of a picture, which is `resampled`. @throws {ArgumentError} when it is too small for one */
	cropCount(image: RgbImage): number;
	/** Writes the crops of a picture from crop number `at` on; equal streams of `random` give equal crops. */
	write(image: RgbImage, random: Random, pixels: PatchPixels, at: number): void;
}

/** A stream for plans that are only counted. */
const NO_RANDOM = { below: () => 0 } as unknown as Random;

/**
 * Makes a preparer.
 * @throws {ArgumentError} when a size is not positive and whole, or there is no such resampler
 * @example
 * ```ts
 * const preparer = createPatchPreparer({
 *   resample: 'none',
 *   crop: { kind: 'random', sizePx: 235 },
 *   augmentation: FLIPS_AND_TURNS,
 *   normalisation: UNIT_RANGE,
 * });
 * const pixels = preparer.allocate(1);
 * preparer.write(preparer.resampled(picture), seededRandom(1), pixels, 0);
 * ```
 */
export function createPatchPreparer(preparation: Preparation): PatchPreparer {
	const { crop, augmentation, normalisation } = preparation;
	checkResample(preparation.resample);
	checkCropPlan(crop);
	const { sizePx } = crop;
	const valuesPerCrop = 3 * sizePx * sizePx;
	const tables = normalisation === 'bytes' ? undefined : normalisationTables(normalisation);
	const [cut, moved] = [new Uint8Array(valuesPerCrop), new Uint8Array(valuesPerCrop)];

	/** The crop with its colours changed and moved: a square and where its first pixel lies. */
	function changed(image: RgbImage, x: number, y: number, random: Random): Square & { orientation: Orientation } {
		const { orientation, affine, saturation } = drawAugmentation(augmentation, sizePx, random);
		const corner = 3 * (y * image.widthPx + x);
		if (!affine && saturation === undefined) {
			return { data: image.data, corner, stride: 3 * image.widthPx, orientation };
		}
		for (let row = 0; row < sizePx; row++) {
			const from = corner + 3 * row * image.widthPx;
			cut.set(image.data.subarray(from, from + 3 * sizePx), 3 * row * sizePx);
		}
		if (affine) moveSquare(cut, sizePx, affine, augmentation.affine!.interpolation, moved);
		const data = affine ? moved : cut;
		if (saturation !== undefined) saturate(data, saturation);
		return { data, corner: 0, stride: 3 * sizePx, orientation };
	}

	return {
		valuesPerCrop,
		resampled: (image) => (preparation.resample === 'none' ? image : resample(image, preparation.resample)),
		allocate: (crops) => new (tables ? Float32Array : Uint8Array)(crops * valuesPerCrop),
		cropCount: (image) => cropCorners(crop, image, NO_RANDOM).length,
		write(image, random, pixels, at) {
			let to = at * valuesPerCrop;
			for (const { x, y } of cropCorners(crop, image, random)) {
				const { orientation, ...square } = changed(image, x, y, random);
				const walk = walkOf(square, orientation, sizePx);
				if (tables) writeTabled(square.data, walk, sizePx, tables, pixels, to);
				else writeBytes(square.data, walk, sizePx, pixels, to);
				to += valuesPerCrop;
			}
		},
	};
}

/** A square within interleaved RGB. */
interface Square {
	readonly data: Uint8Array;
	/** Where its top left pixel begins, and how far apart its rows do. */
	readonly corner: number;
	readonly stride: number;
}

/** How to go through a square so that it comes out as laid: the first pixel, and the steps to the right and down. */
interface Walk {
	readonly first: number;
	readonly right: number;
	readonly down: number;
}

function walkOf({ corner, stride }: Square, { transposed, flipX, flipY }: Orientation, sizePx: number): Walk {
	const alongU = flipX ? -3 : 3;
	const alongV = flipY ? -stride : stride;
	const first = corner + (sizePx - 1) * ((flipX ? 3 : 0) + (flipY ? stride : 0));
	return transposed ? { first, right: alongV, down: alongU } : { first, right: alongU, down: alongV };
}

function writeTabled(
	data: Uint8Array,
	{ first, right, down }: Walk,
	sizePx: number,
	[red, green, blue]: readonly Float32Array[],
	pixels: PatchPixels,
	at: number,
): void {
	const area = sizePx * sizePx;
	for (let y = 0, to = at; y < sizePx; y++) {
		for (let x = 0, from = first + y * down; x < sizePx; x++, from += right, to++) {
			pixels[to] = red![data[from]!]!;
			pixels[to + area] = green![data[from + 1]!]!;
			pixels[to + 2 * area] = blue![data[from + 2]!]!;
		}
	}
}

function writeBytes(
	data: Uint8Array,
	{ first, right, down }: Walk,
	sizePx: number,
	pixels: PatchPixels,
	at: number,
): void {
	const area = sizePx * sizePx;
	for (let y = 0, to = at; y < sizePx; y++) {
		for (let x = 0, from = first + y * down; x < sizePx; x++, from += right, to++) {
			pixels[to] = data[from]!;
			pixels[to + area] = data[from + 1]!;
			pixels[to + 2 * area] = data[from + 2]!;
		}
	}
}
