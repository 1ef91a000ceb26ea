/**
 * What every data set is read as: a list of patches with labels and with what groups them.
 * @module
 */

/** A side of a split. */
export type SplitSide = 'train' | 'validation' | 'test';

/** What a patch is a part of. Patches that share one are alike in more than their blur. */
export interface PatchGroup {
	/** The slide (or patient, or well): stain, scanner, tissue. */
	readonly slide: string;
	/** The place on the slide: the same tissue, at several focal planes or overlapping. */
	readonly position: string;
}

/** One picture of a set. */
export interface Patch {
	/** Path of its file relative to the set's root, with `/`. */
	readonly path: string;
	/** Its class, an index of the set's `classes`; a higher class is blurrier unless the set's notes say otherwise. */
	readonly label: number;
	/** Focal planes from the sharpest, signed, where the set says so. */
	readonly zLevel?: number;
	readonly group: PatchGroup;
	/** The side that the set itself puts it on. */
	readonly split?: SplitSide;
	/** True where the set says that a pen mark is on it. */
	readonly marker?: boolean;
}

/** The data sets that are recognised. */
export type DatasetKind = 'focuspath' | 'focuspath-like' | 'tcga-focus' | 'deepfocus' | 'bbbc006' | 'table' | 'folders';

/** A data set on this machine. */
export interface PatchSet {
	readonly kind: DatasetKind;
	/** Absolute path of the folder that the patches' paths are relative to. */
	readonly root: string;
	readonly patches: readonly Patch[];
	/** Names of the classes, by label. */
	readonly classes: readonly string[];
	/** What it was taken for and what is missing, extra or worth knowing: sentences. */
	readonly notes: readonly string[];
}

/** The files that a reader works with. */
export interface DatasetFiles {
	readonly root: string;
	/** Paths of pictures, relative to the root, sorted. */
	readonly pictures: readonly string[];
	/** Lists that belong to the set, the likeliest first. */
	readonly lists: readonly ListFile[];
}

/** A list of patches: a table, read. */
export interface ListFile {
	/** Path as a user would write it. */
	readonly path: string;
	/** True when it lies beside the set's folder, not in it: it may belong to another set. */
	readonly beside?: boolean;
	readonly rows: readonly (readonly string[])[];
}

/** Distance from focus in planes, for training on the published target: |z|, or the class where there is no z. */
export function planesFromFocus(set: PatchSet): Float32Array {
	return Float32Array.from(set.patches, ({ zLevel, label }) => (zLevel === undefined ? label : Math.abs(zLevel)));
}

/** Classes by distance from focus: `|z| = 0` … `|z| >= last`. */
export function zClasses(count: number): string[] {
	return Array.from({ length: count }, (_, z) => (z === count - 1 ? `|z| >= ${z}` : `|z| = ${z}`));
}

/** A count in words for notes: `1 picture`, `8,640 pictures`. */
export function counted(count: number, noun: string, plural: string = `${noun}s`): string {
	return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}

/** A file's name without folders and ending. */
export function stemOf(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

/** The side that a word stands for; undefined for none. */
export function sideNamed(word: string | undefined): SplitSide | undefined {
	const name = word?.trim().toLowerCase() ?? '';
	if (/^(train|training)$/.test(name)) return 'train';
	if (/^(val|valid|validation|dev)$/.test(name)) return 'validation';
	return /^(test|testing)$/.test(name) ? 'test' : undefined;
}
