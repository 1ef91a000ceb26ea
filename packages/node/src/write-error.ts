/**
 * Node's errors of writing in the words of the family.
 * @module
 */
import { isParfocalError, WriteError, type WriteFailure } from '@parfocal/core';

const failures: Readonly<Record<string, readonly [WriteFailure, string]>> = {
	ENOSPC: ['disk-full', 'the disk is full. Free some space or write to another folder'],
	EDQUOT: ['disk-full', 'your quota is used up. Free some space or write to another folder'],
	EFBIG: ['disk-full', 'the file is too large for this disk. Write to another folder'],
	EACCES: ['permission', 'you may not write there. Write to another folder'],
	EPERM: ['permission', 'you may not write there. Write to another folder'],
	EROFS: ['permission', 'the disk is read-only. Write to another folder'],
	EEXIST: ['exists', 'there is a file of that name. Move it or write to another folder'],
	ENOTDIR: ['exists', 'a part of the path is a file, not a folder. Move it or write to another folder'],
	ENAMETOOLONG: ['io', 'the name is too long for this disk. Write to a folder with a shorter path'],
	ENOENT: ['io', 'the folder vanished while being written to'],
};

/** A failed write as a `WriteError` that names the path and says what to do; errors of the family stay as they are. */
export function toWriteError(path: string, cause: unknown): Error {
	if (isParfocalError(cause)) return cause;
	const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
	const [reason, sentence] = failures[code] ?? ['io', `the system says ${code || String(cause)}`];
	return new WriteError(path, reason, `${path} could not be written: ${sentence}.`, { cause });
}
