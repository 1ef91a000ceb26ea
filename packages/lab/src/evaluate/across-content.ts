/**
 * How well scores order blur when the tissue differs, on crops of the held-out collections.
 * @module
 */
import { CROP_PX, type CropSet, lumaOfCrop } from '../data/crops.ts';
import { laplacianVariance } from './laplacian-variance.ts';
import { pearson, rocAuc, spearman } from './metrics.ts';

/** Blur radii at which "is it sharp?" is asked. */
export const AUC_BLURS_PX: readonly number[] = [1, 1.5, 2.5, 4];

/** Figures over all crops of a set. */
export interface AcrossContent {
	/** Of score and blur radius. */
	readonly spearman: number;
	readonly pearson: number;
	/** Of sharp crops against crops at each of `AUC_BLURS_PX`, whatever the tissue. */
	readonly auc: readonly number[];
	/** Share of pairs of crops of one view, unequal in blur, that are ordered right. */
	readonly pairsInOrder: number;
	/** Median and 95th percentile of the scores of sharp crops. */
	readonly sharpMedian: number;
	readonly sharp95: number;
}

/** Compares `scores` (one a crop, higher meaning blurrier) with the set's blur. */
export function compareAcrossContent(set: CropSet, scores: ArrayLike<number>): AcrossContent {
	const at = (blur: number): number[] => {
		const found: number[] = [];
		for (let i = 0; i < set.count; i++) if (Math.abs(set.blurRadiusPx[i]! - blur) < 1e-4) found.push(scores[i]!);
		return found;
	};
	const sharp = at(0).sort((a, b) => a - b);
	let pairs = 0;
	let inOrder = 0;
	for (let i = 0; i < set.count; i++) {
		for (let j = i + 1; j < set.count && set.view[j] === set.view[i]; j++) {
			const blur = set.blurRadiusPx[i]! - set.blurRadiusPx[j]!;
			if (blur === 0) continue;
			pairs++;
			if (blur * (scores[i]! - scores[j]!) > 0) inOrder++;
		}
	}
	return {
		spearman: spearman(scores, set.blurRadiusPx),
		pearson: pearson(scores, set.blurRadiusPx),
		auc: AUC_BLURS_PX.map((blur) => rocAuc(at(blur), sharp)),
		pairsInOrder: inOrder / pairs,
		sharpMedian: sharp[Math.floor(sharp.length / 2)] ?? Number.NaN,
		sharp95: sharp[Math.floor(0.95 * (sharp.length - 1))] ?? Number.NaN,
	};
}

/** The baseline's scores: minus the variance of the Laplacian. */
export function laplacianScores(set: CropSet): Float64Array {
	return Float64Array.from({ length: set.count }, (_, i) => -laplacianVariance(lumaOfCrop(set, i), CROP_PX));
}
