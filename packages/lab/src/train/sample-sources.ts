/**
 * Where batches come from: pictures, or features that were taken of them.
 * @module
 */
import { openPatchSource } from '../data/batches/open-patch-source.ts';
import type { PatchSource } from '../data/batches/patch-source.ts';
import { NO_AUGMENTATION } from '../data/pixels/augmentation.ts';
import type { CropPlan } from '../data/pixels/crop-plan.ts';
import type { Preparation } from '../data/pixels/preparation.ts';
import { createFeatureSource, type FeatureTable } from './feature-source.ts';
import type { TrainingSettings } from './settings.ts';
import type { Task } from './task.ts';

/**
 * - `learn`: random crops, changed at random, mixed anew every epoch.
 * - `look`: one crop from the middle of each patch, in order.
 * - `windows`: all that a patch has room for, side by side.
 */
export type SampleUse = 'learn' | 'look' | 'windows';

/** Opens sources over patches of a task. */
export type OpenSource = (indices: readonly number[], use: SampleUse) => PatchSource;

/** How patches become batches. */
export interface SampleOptions {
	readonly takesBytes: boolean;
	readonly fullBatches: boolean;
	/** Worker threads that decode; default: one for every core but one, two at least. */
	readonly decoders?: number | undefined;
	/** Bytes of decoded pictures to keep. */
	readonly cacheBytes?: number | undefined;
}

/** Sources of pictures. */
export function pictureSources(
	settings: TrainingSettings,
	{ set, targets }: Pick<Task, 'set' | 'targets'>,
	{ takesBytes, fullBatches, decoders, cacheBytes }: SampleOptions,
): OpenSource {
	return (indices, use) =>
		openPatchSource(set, {
			...batches(settings, indices, use, fullBatches),
			indices,
			labels: targets,
			preparation: {
				...preparationOf(settings, use),
				normalisation: takesBytes ? 'bytes' : settings.normalisation,
			},
			...(decoders !== undefined && { threads: decoders }),
			...(cacheBytes !== undefined && { cacheBytes }),
		});
}

/** Sources of features. */
export function featureSources(
	settings: TrainingSettings,
	{ targets }: Pick<Task, 'targets'>,
	table: FeatureTable,
): OpenSource {
	return (indices, use) => {
		const own = indices.filter((index) => table.features.has(index));
		return createFeatureSource(table, { ...batches(settings, own, use, true), indices: own, labels: targets });
	};
}

/** What becomes of a patch before the network sees it. */
export function preparationOf(settings: TrainingSettings, use: SampleUse): Preparation {
	const { inputPx, resampler, augmentation, normalisation } = settings;
	return {
		resample: resampler === 'none' ? 'none' : { method: resampler, widthPx: inputPx, heightPx: inputPx },
		crop: resampler === 'none' ? cropFor(use, inputPx) : { kind: 'centre', sizePx: inputPx },
		augmentation: use === 'learn' ? augmentation : NO_AUGMENTATION,
		normalisation,
	};
}

function cropFor(use: SampleUse, sizePx: number): CropPlan {
	if (use === 'learn') return { kind: 'random', sizePx };
	return use === 'look' ? { kind: 'centre', sizePx } : { kind: 'grid', sizePx, stridePx: sizePx };
}

/** A batch is never larger than there are patches. */
function batches(settings: TrainingSettings, indices: readonly number[], use: SampleUse, fullBatches: boolean) {
	const { batch, seed } = settings;
	return {
		batchSize: Math.max(1, Math.min(batch, indices.length)),
		shuffle: use === 'learn',
		seed,
		lastBatch: use === 'learn' && fullBatches ? ('drop' as const) : ('keep' as const),
	};
}
