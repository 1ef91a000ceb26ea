/**
 * Finding the files of a data set.
 * @module
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isParfocalError } from '@parfocal/core';
import { toReadError } from '@parfocal/node';
import { parseDelimited } from './delimited-text.ts';
import type { DatasetFiles, ListFile } from './patch-set.ts';

const PICTURE = /\.(png|jpe?g|tiff?|webp)$/i;
const LIST = /\.(csv|tsv|txt)$/i;

/** Lists above this size are not read unless asked for by name. */
const MOST_LIST_BYTES = 64e6;

/** Which files to look at. */
export interface DatasetFilesOptions {
	/** The list to go by, instead of those lying in the folder. */
	readonly list?: string | undefined;
}

/**
 * The pictures under a folder and the lists in it, in its folders' upper level and beside it. A path to a list stands for
 * the folder that it lies in. Files and folders whose names begin with a dot or `__` (macOS' leftovers in archives) are
 * passed over.
 * @throws {ReadError} when there is no such folder or list. @throws {FormatError} when the list asked for is no table
 */
export async function findDatasetFiles(path: string, { list }: DatasetFilesOptions = {}): Promise<DatasetFiles> {
	const full = resolve(path);
	const info = await stat(full).catch((error: unknown) => {
		throw toReadError(path, error);
	});
	if (info.isFile()) return findDatasetFiles(dirname(full), { list: list ?? full });
	const files = await filesUnder(full);
	const lists = list === undefined ? await listsOf(full, files) : [await readList(list)];
	return { root: full, pictures: files.filter((file) => PICTURE.test(file)), lists };
}

/** Reads a list by name. @throws {ReadError} when it is not there. @throws {FormatError} when it is no table */
export async function readList(path: string): Promise<ListFile> {
	const text = await readFile(path, 'utf8').catch((error: unknown) => {
		throw toReadError(path, error);
	});
	return { path, rows: parseDelimited(text, path) };
}

async function filesUnder(root: string): Promise<string[]> {
	const found: string[] = [];
	const visit = async (folder: string): Promise<void> => {
		const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
			throw toReadError(join(root, folder), error);
		});
		for (const entry of entries) {
			if (/^(\.|__)/.test(entry.name)) continue;
			const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
			if (entry.isDirectory()) await visit(path);
			else found.push(path);
		}
	};
	await visit('');
	return found.sort();
}

/** Tables at the top, one folder down, and beside the folder; what is no table is none of ours. */
async function listsOf(root: string, files: readonly string[]): Promise<ListFile[]> {
	const inside = files.filter((file) => file.split('/').length <= 2).map((file) => join(root, file));
	const neighbours = await readdir(dirname(root)).catch(() => [] as string[]);
	const beside = neighbours.map((name) => join(dirname(root), name));
	const lists: ListFile[] = [];
	for (const path of [...inside, ...beside].filter((file) => LIST.test(file))) {
		const info = await stat(path).catch(() => undefined);
		if (!info?.isFile() || info.size > MOST_LIST_BYTES) continue;
		try {
			lists.push({ ...(await readList(path)), beside: dirname(path) === dirname(root) });
		} catch (error) {
			if (!isParfocalError(error)) throw error;
		}
	}
	return lists;
}
