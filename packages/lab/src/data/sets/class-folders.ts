/**
 * Pictures sorted into folders by class.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { counted, type DatasetFiles, type Patch, type PatchSet, sideNamed } from './patch-set.ts';

/** Whether pictures lie in at least two folders. */
export function looksLikeClassFolders({ pictures }: DatasetFiles): boolean {
	return new Set(pictures.map((path) => sorted(path, commonDepth(pictures))?.name)).size > 1;
}

/**
 * Reads a folder of folders: `class/picture`, `class/slide/picture`, or either under `train`, `validation`, `test`. Classes
 * named by whole numbers keep them as labels; others are numbered in the order of their names.
 * @throws {ArgumentError} when no picture lies in a folder
 */
export function readClassFolders({ root, pictures }: DatasetFiles): PatchSet {
	const depth = commonDepth(pictures);
	const entries = pictures.flatMap((path) => sorted(path, depth) ?? []);
	if (entries.length === 0) {
		throw new ArgumentError('data', `${root} holds no picture in a folder; put pictures into one folder a class.`);
	}
	const { classes, labelOf } = labelling(entries.map(({ name }) => name));
	const patches = entries.map(
		({ path, name, slide, split }): Patch => ({
			path,
			label: labelOf(name),
			group: { slide: slide ?? path, position: path },
			...(split && { split }),
		}),
	);
	const loose = pictures.length - entries.length;
	const grouped = entries.some(({ slide }) => slide !== undefined);
	return {
		kind: 'folders',
		root,
		patches,
		classes,
		notes: [
			`Taken for one folder a class: ${counted(patches.length, 'patch', 'patches')} of ${counted(classes.length, 'class', 'classes')} (${classes.join(', ')}).`,
			...(loose > 0 ? [`${counted(loose, 'picture')} outside the folders left out.`] : []),
			...(grouped ? [] : ['Nothing says which slide a patch is of: only splits by patch are possible.']),
		],
	};
}

interface Sorted {
	readonly path: string;
	readonly name: string;
	readonly slide?: string | undefined;
	readonly split?: ReturnType<typeof sideNamed>;
}

/** What a picture's folders below `depth` say; undefined when there is none. */
function sorted(path: string, depth: number): Sorted | undefined {
	const folders = path.split('/').slice(depth, -1);
	const split = folders.length > 1 ? sideNamed(folders[0]) : undefined;
	const [name, ...slide] = split ? folders.slice(1) : folders;
	return name === undefined ? undefined : { path, name, slide: slide.length > 0 ? slide.join('/') : undefined, split };
}

/** How many outer folders all pictures share. */
function commonDepth(pictures: readonly string[]): number {
	const [first = '', ...others] = pictures.map((path) => path.split('/').slice(0, -1));
	let depth = 0;
	while (depth < first.length && others.every((folders) => folders[depth] === first[depth])) depth++;
	return pictures.length > 1 && depth < first.length ? depth : Math.max(0, depth - 1);
}

/** Classes and the label of each folder: its number where all are whole numbers, else its place among the sorted names. */
function labelling(names: readonly string[]): { classes: string[]; labelOf: (name: string) => number } {
	const distinct = [...new Set(names)].sort(new Intl.Collator('en', { numeric: true }).compare);
	if (!distinct.every((name) => /^\d{1,3}$/.test(name))) {
		return { classes: distinct, labelOf: (name) => distinct.indexOf(name) };
	}
	return { classes: Array.from({ length: Number(distinct.at(-1)) + 1 }, (_, i) => String(i)), labelOf: Number };
}
