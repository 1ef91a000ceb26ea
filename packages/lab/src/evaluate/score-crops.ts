/**
 * Scoring training crops the way core scores pictures.
 * @module
 */
import type { ImmediateModel } from '@parfocal/core';
import { CROP_PX, type CropSet, rgbOf } from '../data/crops.ts';

/** The model's score of every crop of a set, in exact mode. */
export function scoreCrops(model: ImmediateModel, set: CropSet): Float64Array {
	return Float64Array.from({ length: set.count }, (_, i) => {
		return model.scoreWindows({ layout: 'rgb', widthPx: CROP_PX, heightPx: CROP_PX, data: rgbOf(set, i) }).score;
	});
}
