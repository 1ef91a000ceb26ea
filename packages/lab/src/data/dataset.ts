/**
 * The two sides of the data: crops to learn from and crops to choose by.
 * @module
 */
import { join } from 'node:path';
import { ArgumentError } from '@parfocal/core';
import type { Random } from '../simulate/random.ts';
import { type CropSet, cropSet, type View } from './crops.ts';
import { makeView } from './make-view.ts';
import { type ManifestEntry, mppOfMagnification, readManifest } from './manifest.ts';
import { phantomImages } from './phantom-images.ts';
import { readRgb, type SourceImage, usableSizes } from './source-image.ts';
import { type Side, sideOf, sourceOf } from './split.ts';

/** Largest blur that is simulated, in pixels: 5 µm of defocus at NA 0.75 and 0.25 µm a pixel, and a little more. */
export const LARGEST_BLUR_PX = 24;

/** Blurs of every validation view: sharp twice (other noise and compression), then those that tables are made at. */
export const VALIDATION_BLURS_PX: readonly number[] = [0, 0, 1, 1.5, 2.5, 4, 6, 9, 13, 18, 24];

/** Crops of both sides and what they were made of. */
export interface Dataset {
	readonly train: CropSet;
	readonly validation: CropSet;
	/** Entries that gave crops, by side. */
	readonly entries: Readonly<Record<Side, readonly ManifestEntry[]>>;
	/** Entries left out because they are soft or small at every size. */
	readonly leftOut: readonly ManifestEntry[];
}

/** How much to make. */
export interface DatasetSize {
	/** Views of each image and size, each of another place, stained, turned and photographed anew. */
	readonly viewsPerImage: number;
	readonly validationViewsPerImage: number;
	/** Blurs of each training view; one of them is none. */
	readonly blursPerView: number;
	/** Phantoms to train on beside the real images, and pictures of each; none for validation. */
	readonly phantoms: number;
	readonly picturesPerPhantom: number;
}

/** Enough for the shipped models, in about two minutes. */
export const FULL_SIZE: DatasetSize = {
	viewsPerImage: 4,
	validationViewsPerImage: 3,
	blursPerView: 6,
	phantoms: 8,
	picturesPerPhantom: 3,
};

/**
 * Makes both sides from the sharp images under `folder`.
 * @throws {ReadError} when the list or an image is missing. @throws {ArgumentError} when nothing is usable.
 */
export async function makeDataset(
	folder: string,
	size: DatasetSize,
	random: Random,
	progress: (line: string) => void = () => {},
): Promise<Dataset> {
	const views: Record<Side, View[]> = { train: [], validation: [] };
	const entries: Record<Side, ManifestEntry[]> = { train: [], validation: [] };
	const leftOut: ManifestEntry[] = [];
	const sharpEntries = (await readManifest(folder)).filter((entry) => entry.role === 'sharp');
	for (const [index, entry] of sharpEntries.entries()) {
		const images = usableSizes(await readSource(folder, entry));
		if (images.length === 0) {
			leftOut.push(entry);
			continue;
		}
		const side = sideOf(entry);
		for (const image of images) {
			const own = random.fork(image.name);
			const count = side === 'train' ? size.viewsPerImage : size.validationViewsPerImage;
			for (let i = 0; i < count; i++) {
				const blurs = side === 'train' ? randomBlurs(size.blursPerView, own) : VALIDATION_BLURS_PX;
				const view = await makeView(image, blurs, own);
				if (view) views[side].push(view);
			}
		}
		entries[side].push(entry);
		if (index % 20 === 19) progress(`${index + 1} of ${sharpEntries.length} images`);
	}
	for (const image of phantomImages(size.phantoms, size.picturesPerPhantom, random.fork('phantoms'))) {
		const own = random.fork(image.name);
		for (let i = 0; i < size.viewsPerImage; i++) {
			const view = await makeView(image, randomBlurs(size.blursPerView, own), own);
			if (view) views.train.push(view);
		}
	}
	if (views.train.length === 0 || views.validation.length === 0) {
		throw new ArgumentError('data', `No usable sharp images under ${folder} on one side of the split.`);
	}
	return { train: cropSet(views.train), validation: cropSet(views.validation), entries, leftOut };
}

/** No blur, and `count - 1` radii whose logarithm of 1 + radius is spread evenly, each within its own part. */
export function randomBlurs(count: number, random: Random): number[] {
	const top = Math.log1p(LARGEST_BLUR_PX);
	return Array.from({ length: count }, (_, i) =>
		i === 0 ? 0 : Math.expm1((top * (i - 1 + random.uniform())) / (count - 1)),
	);
}

async function readSource(folder: string, entry: ManifestEntry): Promise<SourceImage> {
	const pixels = await readRgb(join(folder, entry.file));
	return { ...pixels, source: sourceOf(entry), name: entry.file, mpp: mppOfMagnification(entry.magnification) };
}
