/**
 * Training crops: squares of tissue at several strengths of simulated defocus, as a scanner would have stored them.
 * @module
 */

import { lumaPlane } from './source-image.ts';

/** Side of a crop: the window of FocusLiteNN. */
export const CROP_PX = 235;

/** Bytes of a crop of RGB and of luma. */
export const RGB_BYTES: number = 3 * CROP_PX * CROP_PX;
export const LUMA_BYTES: number = CROP_PX * CROP_PX;

/** Crops side by side. Crops of one `view` show the same tissue and differ only in blur, noise and compression. */
export interface CropSet {
	readonly count: number;
	/** `count` crops of interleaved RGB. */
	readonly rgb: Uint8Array;
	/** The same crops as luma. */
	readonly luma: Uint8Array;
	readonly blurRadiusPx: Float32Array;
	readonly view: Int32Array;
	/** The slide each view comes from, by view. */
	readonly sources: readonly string[];
	/** Pixel size assumed for each view, by view. */
	readonly mpp: readonly number[];
}

/** A crop before it joins a set. */
export interface Crop {
	readonly rgb: Uint8Array;
	readonly blurRadiusPx: number;
}

/** A view before it joins a set. */
export interface View {
	readonly source: string;
	readonly mpp: number;
	readonly crops: readonly Crop[];
}

/** Joins views into a set, in order. */
export function cropSet(views: readonly View[]): CropSet {
	const count = views.reduce((sum, view) => sum + view.crops.length, 0);
	const set = {
		count,
		rgb: new Uint8Array(count * RGB_BYTES),
		luma: new Uint8Array(count * LUMA_BYTES),
		blurRadiusPx: new Float32Array(count),
		view: new Int32Array(count),
		sources: views.map((view) => view.source),
		mpp: views.map((view) => view.mpp),
	};
	let at = 0;
	views.forEach((view, index) => {
		for (const crop of view.crops) {
			set.rgb.set(crop.rgb, at * RGB_BYTES);
			set.luma.set(lumaPlane({ data: crop.rgb }), at * LUMA_BYTES);
			set.blurRadiusPx[at] = crop.blurRadiusPx;
			set.view[at] = index;
			at++;
		}
	});
	return set;
}

/** The crops of `index` as views on the set's memory. */
export function rgbOf(set: CropSet, index: number): Uint8Array {
	return set.rgb.subarray(index * RGB_BYTES, (index + 1) * RGB_BYTES);
}

/** Luma of one crop, a view on the set's memory. */
export function lumaOfCrop(set: CropSet, index: number): Uint8Array {
	return set.luma.subarray(index * LUMA_BYTES, (index + 1) * LUMA_BYTES);
}
