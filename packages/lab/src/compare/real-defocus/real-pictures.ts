/**
 * Pictures with real defocus, and sharp tissue beside them: what a folder of real images holds.
 * @module
 */
import { join } from 'node:path';
import { cropRgb, type RgbImage } from '@parfocal/core';
import { decodePicture } from '../../data/batches/decode-picture.ts';
import { type ManifestEntry, readManifest } from '../../data/manifest.ts';
import { sideOf } from '../../data/split.ts';
import { SERIES, type SeriesRule } from '../../evaluate/real-series.ts';

/** One plane of a focal series. */
export interface Plane {
	readonly path: string;
	/** Steps of the stage from the plane in focus. */
	readonly distance: number;
}

/** A focal series: one field at several stage positions. */
export interface FocalSeries {
	readonly name: string;
	readonly planes: readonly Plane[];
}

/** What is known of real pictures. */
export interface RealPictures {
	readonly series: readonly FocalSeries[];
	/** Fields known to be out of focus as a whole. */
	readonly outOfFocus: readonly ManifestEntry[];
	readonly artefacts: readonly ManifestEntry[];
	/** In focus, as their collections say. */
	readonly sharp: readonly ManifestEntry[];
}

/** Sides of the crops that are compared across tissues: formulas score pictures of one size only alike. */
export const CROP_SIDE_PX = 256;

/** Crops of a picture at most, from its middle outwards. */
const MOST_CROPS = 4;

/**
 * Reads the list of a folder of real images.
 * @throws {ReadError | FormatError} as `readManifest`
 */
export async function readRealPictures(folder: string): Promise<RealPictures> {
	const entries = await readManifest(folder);
	const defocus = entries.filter(({ role }) => role === 'defocus');
	return {
		series: SERIES.map((rule) => seriesOf(rule, defocus, folder)).filter(({ planes }) => planes.length > 0),
		outOfFocus: defocus.filter(({ file }) => /tcga_at_focus|leishmania_oof/.test(file)),
		artefacts: defocus.filter(({ file }) => file.includes('artefacts/')),
		sharp: entries.filter(({ role }) => role === 'sharp'),
	};
}

function seriesOf(
	{ name, folder, distance }: SeriesRule,
	entries: readonly ManifestEntry[],
	root: string,
): FocalSeries {
	const planes = entries.flatMap(({ file }) => {
		const own = file.startsWith(folder) ? distance(file) : undefined;
		return own === undefined ? [] : [{ path: join(root, file), distance: own }];
	});
	return { name, planes: planes.sort((a, b) => a.distance - b.distance) };
}

/** A crop of a real picture that is known to be sharp or blurred. */
export interface RealCrop {
	readonly image: RgbImage;
	readonly blurry: 0 | 1;
	/** What it was cut from; crops of one slide resemble each other. */
	readonly group: string;
	/** Whether its collection was held out of all training. */
	readonly heldOut: boolean;
}

/**
 * Crops of sharp tissue, and of real defocus: the outer half of each series by distance, and fields that are out of focus as a
 * whole. Pictures smaller than a crop are left out, and crops that are nearly all glass.
 */
export async function realCrops({ series, outOfFocus, sharp }: RealPictures, folder: string): Promise<RealCrop[]> {
	const crops: RealCrop[] = [];
	const add = async (path: string, facts: Omit<RealCrop, 'image'>): Promise<void> => {
		for (const image of centralCrops(await decodePicture(path))) if (!isGlass(image)) crops.push({ image, ...facts });
	};
	for (const entry of sharp) {
		const group = `${entry.sourceRepo}#${entry.sourcePath}`;
		await add(join(folder, entry.file), { blurry: 0, group, heldOut: sideOf(entry) === 'validation' });
	}
	for (const { name, planes } of series) {
		const furthest = planes.at(-1)!.distance;
		for (const { path, distance } of planes) {
			if (distance > furthest / 2) await add(path, { blurry: 1, group: name, heldOut: true });
		}
	}
	for (const { file } of outOfFocus) await add(join(folder, file), { blurry: 1, group: file, heldOut: true });
	return crops;
}

/** Up to four crops that do not overlap, about the middle. */
export function centralCrops(image: RgbImage): RgbImage[] {
	const columns = Math.min(2, Math.floor(image.widthPx / CROP_SIDE_PX));
	const rows = Math.min(MOST_CROPS / 2, Math.floor(image.heightPx / CROP_SIDE_PX));
	const left = (image.widthPx - columns * CROP_SIDE_PX) >> 1;
	const top = (image.heightPx - rows * CROP_SIDE_PX) >> 1;
	return Array.from({ length: columns * rows }, (_, i) =>
		cropRgb(image, {
			x: left + (i % columns) * CROP_SIDE_PX,
			y: top + Math.floor(i / columns) * CROP_SIDE_PX,
			widthPx: CROP_SIDE_PX,
			heightPx: CROP_SIDE_PX,
		}),
	);
}

/** Bright and colourless in nine tenths of its pixels. */
function isGlass({ data }: RgbImage): boolean {
	let glass = 0;
	for (let i = 0; i < data.length; i += 3) {
		const [r, g, b] = [data[i]!, data[i + 1]!, data[i + 2]!];
		if (Math.min(r, g, b) > 200 && Math.max(r, g, b) - Math.min(r, g, b) < 18) glass++;
	}
	return glass > 0.9 * (data.length / 3);
}
