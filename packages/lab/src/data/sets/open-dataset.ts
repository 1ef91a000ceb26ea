/**
 * Opening a data set, whichever it is.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArgumentError } from '@parfocal/core';
import { looksLikeBbbc006, readBbbc006 } from './bbbc006.ts';
import { looksLikeClassFolders, readClassFolders } from './class-folders.ts';
import { findDatasetFiles } from './dataset-files.ts';
import { looksLikeDeepFocus, readDeepFocus } from './deepfocus.ts';
import { looksLikeFocusPath, readFocusPath } from './focuspath.ts';
import type { DatasetFiles, DatasetKind, PatchSet } from './patch-set.ts';
import { looksLikePatchTable, readPatchTable } from './patch-table.ts';
import { looksLikeTcgaFocus, readTcgaFocus } from './tcga-focus.ts';

/** How to open a data set. */
export interface OpenDatasetOptions {
	/** What to take it for; default: what it looks like. */
	readonly kind?: DatasetKind;
	/** The list to go by; default: the lists in the folder, one folder down, and beside it. */
	readonly list?: string;
}

interface Reader {
	readonly kinds: readonly DatasetKind[];
	looksLike(files: DatasetFiles): boolean;
	read(files: DatasetFiles): PatchSet;
}

/** In the order they are tried: the most particular first. */
const READERS: readonly Reader[] = [
	{ kinds: ['focuspath', 'focuspath-like'], looksLike: looksLikeFocusPath, read: readFocusPath },
	{ kinds: ['tcga-focus'], looksLike: looksLikeTcgaFocus, read: readTcgaFocus },
	{ kinds: ['bbbc006'], looksLike: looksLikeBbbc006, read: readBbbc006 },
	{ kinds: ['table'], looksLike: looksLikePatchTable, read: readPatchTable },
	{ kinds: ['deepfocus'], looksLike: looksLikeDeepFocus, read: readDeepFocus },
	{ kinds: ['folders'], looksLike: looksLikeClassFolders, read: readClassFolders },
];

/**
 * Opens the data set in a folder (archives as they unpack), or that of a list. The first of its notes says what it was taken
 * for, the others what is missing or left out; a partial copy is no error.
 * @throws {ReadError} when the folder or the list cannot be read
 * @throws {FormatError} when a list is damaged
 * @throws {ArgumentError} when nothing there is known, or no patch has its picture
 * @example
 * ```ts
 * const { patches, classes, notes } = await openDataset('downloads/FocusPath Full');
 * ```
 */
export async function openDataset(path: string, { kind, list }: OpenDatasetOptions = {}): Promise<PatchSet> {
	const files = await findDatasetFiles(path, { list });
	const known = READERS.flatMap(({ kinds }) => kinds);
	const reader = READERS.find(({ kinds, looksLike }) => (kind ? kinds.includes(kind) : looksLike(files)));
	if (reader) {
		const set = reader.read(files);
		return (await saysSimulated(set.root)) ? { ...set, notes: [...set.notes, SIMULATED] } : set;
	}
	if (kind) throw new ArgumentError('kind', `There is no kind of data set "${kind}". There are: ${known.join(', ')}.`);
	throw new ArgumentError(
		'data',
		files.pictures.length === 0
			? `${path} holds no pictures (PNG, JPEG, TIFF, WebP). DeepFocus's HDF5 file has to be turned into pictures first.`
			: `${path} is laid out like no data set that is known (${known.join(', ')}). Sort its pictures into one folder a class, or write a table path,label,group.`,
	);
}

/** Note of a set that was made by `parfocal simulate`: it must be called so wherever its figures stand. */
export const SIMULATED = 'The data are simulated: its README.md says how.';

async function saysSimulated(root: string): Promise<boolean> {
	const note = await readFile(join(root, 'README.md'), 'utf8').catch(() => '');
	return note.startsWith('# Simulated');
}
