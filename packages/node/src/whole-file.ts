/**
 * A file written whole or not at all.
 * @module
 */
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { toWriteError } from './write-error.ts';

/**
 * Writes `bytes` under a temporary name beside `path` and renames it: readers see the old file or the new one, never half.
 * @throws {WriteError} when it cannot be written; a file that was there is untouched.
 */
export async function writeWholeFile(path: string, bytes: Uint8Array): Promise<void> {
	const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
	try {
		await writeFile(temporary, bytes);
		await rename(temporary, path);
	} catch (error) {
		await rm(temporary, { force: true }).catch(() => undefined);
		throw toWriteError(path, error);
	}
}
