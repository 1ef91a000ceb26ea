/**
 * BBBC006 of the Broad Bioimage Benchmark Collection (Ljosa et al., Nature Methods 2012): cells in 384 wells, two places a
 * well, two stains, 34 focal planes of 2 µm. Plane 16 is the sharpest, planes 11 to 23 count as in focus.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { counted, type DatasetFiles, type Patch, type PatchSet } from './patch-set.ts';

/** Pictures of the whole set. */
export const BBBC006_PICTURES = 52_224;

const SHARPEST = 16;
const FIRST_IN_FOCUS = 11;
const LAST_IN_FOCUS = 23;
const CLASSES = 12;

const PATH = /BBBC006_v1_images_z_(\d+)\/(?:.*\/)?[^/]*_([a-p]\d\d)_s(\d)_w(\d)[^/]*$/i;

/** Whether pictures lie in the archives' folders. */
export function looksLikeBbbc006({ pictures }: DatasetFiles): boolean {
	return pictures.some((path) => PATH.test(path));
}

/**
 * Reads BBBC006. A picture's class is its distance from the planes in focus, as in DARTS-FQA's list of 12 classes; `zLevel`
 * counts planes from the sharpest. The well is its slide, the place in it its position; both stains of a place share one.
 * @throws {ArgumentError} when there is no picture of it
 */
export function readBbbc006({ root, pictures }: DatasetFiles): PatchSet {
	const patches = pictures.flatMap((path): Patch[] => {
		const match = PATH.exec(path);
		if (!match) return [];
		const plane = Number(match[1]);
		const well = match[2]!.toLowerCase();
		const label = Math.max(0, FIRST_IN_FOCUS - plane, plane - LAST_IN_FOCUS);
		const group = { slide: well, position: `${well}_s${match[3]}` };
		return [{ path, label: Math.min(label, CLASSES - 1), zLevel: plane - SHARPEST, group }];
	});
	if (patches.length === 0) {
		throw new ArgumentError('data', `${root} holds no folder BBBC006_v1_images_z_… with pictures of BBBC006.`);
	}
	const missing = BBBC006_PICTURES - patches.length;
	return {
		kind: 'bbbc006',
		root,
		patches,
		classes: Array.from({ length: CLASSES }, (_, i) => (i === 0 ? 'in focus' : `${i} planes out of focus`)),
		notes: [
			`Taken for BBBC006: ${counted(patches.length, 'picture')} of ${BBBC006_PICTURES.toLocaleString('en-US')}${missing > 0 ? `; ${missing.toLocaleString('en-US')} are missing` : ''}.`,
			'The camera has 12 bits in 16-bit files, of which the upper 8 are read: pictures are dark.',
		],
	};
}
