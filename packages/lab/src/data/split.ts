/**
 * Which source is trained on and which is held out. Whole collections are held out, so that stain, scanner and
 * laboratory differ between the two sides, and crops of one slide never lie on both.
 * @module
 */
import type { ManifestEntry } from './manifest.ts';

/** A side of the split. */
export type Side = 'train' | 'validation';

/**
 * Collections held out for validation: four scanners and a microscope camera, H&E of several organs, and an
 * immunohistochemistry of another colour than the one trained on.
 */
export const VALIDATION_REPOS: readonly string[] = [
	'https://github.com/choosehappy/HistoQC',
	'https://github.com/histolab/histolab',
	'https://github.com/mitkovetta/staining-normalization',
	'https://github.com/sarah-antillia/Tensorflow-Image-Segmentation-Breast-Cancer-Histopathological-Images',
	'https://github.com/scikit-image/scikit-image',
	'https://github.com/stazizov/Blur_Artifacts_Detection',
];

/** The slide an entry was cut from. */
export function sourceOf(entry: Pick<ManifestEntry, 'sourceRepo' | 'sourcePath'>): string {
	return `${entry.sourceRepo}#${entry.sourcePath}`;
}

/** The side of an entry: that of its whole collection. */
export function sideOf(entry: Pick<ManifestEntry, 'sourceRepo'>): Side {
	return VALIDATION_REPOS.includes(entry.sourceRepo) ? 'validation' : 'train';
}
