/**
 * DeepFocus (Senaras et al., PLOS ONE 2018, doi 10.5281/zenodo.1134848) as pictures, and any set with one folder a focal
 * plane.
 * @module
 */
import { ArgumentError, FormatError } from '@parfocal/core';
import { counted, type DatasetFiles, type ListFile, type Patch, type PatchSet, stemOf } from './patch-set.ts';

/** The level in focus among the eleven of DeepFocus. */
const IN_FOCUS_LEVEL = 5;

/** A folder named by how far out of focus its pictures are: `-2.5um`, `z_-3`, `+1`, `0`. */
const PLANE = /^(?:z|defocus|plane)?_?([+-]?\d+(?:\.\d+)?)(?:\s*(?:um|µm|μm))?$/i;

/** Whether a list is of DeepFocus's patches: `patch_94945.png,7` with levels 0 to 10. */
function isLevelList({ rows }: ListFile): boolean {
	const [first] = rows;
	return first?.length === 2 && /^patch_\d+\.png$/i.test(first[0]!) && /^\d+$/.test(first[1]!);
}

/** Whether there is a list of levels, or a folder named as a plane on the other side of focus. */
export function looksLikeDeepFocus({ pictures, lists }: DatasetFiles): boolean {
	return lists.some(isLevelList) || pictures.some((path) => (planeOf(path)?.offset ?? 0) < 0);
}

/**
 * Reads DeepFocus. With a list of levels, a patch's class is its distance from level 5. With folders a plane, classes are the
 * distances that occur, in their order; pictures of one name in several planes show one position.
 * @throws {ArgumentError} when no picture has a level
 * @throws {FormatError} when a level of the list is none
 */
export function readDeepFocus({ root, pictures, lists }: DatasetFiles): PatchSet {
	const list = lists.find(isLevelList);
	const patches = list ? listedPatches(list, pictures) : planePatches(pictures);
	if (patches.length === 0) {
		throw new ArgumentError(
			'data',
			`${root} holds no picture of DeepFocus: neither one of a list (patch_1.png,5) nor folders named by their distance from focus (-2.5um, 0um, 2.5um).`,
		);
	}
	const distances = [...new Set(patches.map(({ zLevel }) => Math.abs(zLevel!)))].sort((a, b) => a - b);
	const missing = list ? list.rows.length - patches.length : 0;
	return {
		kind: 'deepfocus',
		root,
		patches: list ? patches : patches.map((patch) => ({ ...patch, label: distances.indexOf(Math.abs(patch.zLevel!)) })),
		classes: list
			? Array.from({ length: IN_FOCUS_LEVEL + 1 }, (_, i) => `${i} levels from focus`)
			: distances.map((distance) => `${distance} from focus`),
		notes: [
			`Taken for DeepFocus, ${list ? `levels from ${list.path}` : 'one folder a focal plane'}: ${counted(patches.length, 'patch', 'patches')}.`,
			...(missing > 0 ? [`${counted(missing, 'listed patch', 'listed patches')} without a picture here.`] : []),
			...(list ? ['The list does not say which slide a patch is of: only splits by patch are possible.'] : []),
		],
	};
}

function listedPatches({ path: name, rows }: ListFile, pictures: readonly string[]): Patch[] {
	const here = new Map(pictures.map((path) => [stemOf(path), path]));
	return rows.flatMap(([file = '', level = ''], i): Patch[] => {
		const path = here.get(stemOf(file));
		const zLevel = Number(level) - IN_FOCUS_LEVEL;
		if (!/^\d+$/.test(level) || Math.abs(zLevel) > IN_FOCUS_LEVEL) {
			throw new FormatError('list', 'corrupt', `${name}, row ${i + 1}: "${file},${level}" has no level from 0 to 10.`);
		}
		return path ? [{ path, label: Math.abs(zLevel), zLevel, group: { slide: path, position: path } }] : [];
	});
}

function planePatches(pictures: readonly string[]): Patch[] {
	return pictures.flatMap((path): Patch[] => {
		const plane = planeOf(path);
		if (!plane) return [];
		const position = [...plane.others, stemOf(path)].join('/');
		const slide = plane.others.join('/') || position;
		return [{ path, label: 0, zLevel: plane.offset, group: { slide, position } }];
	});
}

/** The plane that one of a picture's folders names, and its other folders. */
function planeOf(path: string): { offset: number; others: string[] } | undefined {
	const folders = path.split('/').slice(0, -1);
	const at = folders.findLastIndex((folder) => PLANE.test(folder));
	if (at < 0) return undefined;
	return { offset: Number(PLANE.exec(folders[at]!)![1]), others: folders.toSpliced(at, 1) };
}
