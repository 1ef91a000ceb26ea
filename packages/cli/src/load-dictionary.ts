/**
 * The dictionary of `--dictionary`.
 * @module
 */
import { ArgumentError, isParfocalError, loadDictionary, type SparseDictionary } from '@parfocal/core';
import { readFlagFile } from './read-file.ts';

/** 1,024 patterns of 64 numbers, and some room for notes. */
const MAXIMUM_BYTES = 1_000_000;

/**
 * Reads a dictionary as `parfocal train-dictionary` writes it.
 * @throws {ArgumentError} when the file cannot be read or is none: a fault of the command line, not of a picture
 */
export async function loadDictionaryFile(file: string, cwd: string): Promise<SparseDictionary> {
	const bytes = await readFlagFile('dictionary', file, cwd, MAXIMUM_BYTES);
	try {
		return loadDictionary(bytes);
	} catch (cause) {
		if (!isParfocalError(cause)) throw cause;
		throw new ArgumentError('dictionary', `--dictionary ${file} cannot be used: ${cause.message}`, { cause });
	}
}
