/**
 * What the file system said about writing, as an error of the family.
 * @module
 */
import { WriteError, type WriteFailure } from '@parfocal/core';

const REASONS: Readonly<Record<string, { readonly reason: WriteFailure; readonly words: string }>> = {
	ENOSPC: { reason: 'disk-full', words: 'the disk is full; free some space or choose another folder with --out' },
	EDQUOT: { reason: 'disk-full', words: 'your quota is used up; free some space or choose another folder with --out' },
	EACCES: { reason: 'permission', words: 'you may not write there; choose another folder with --out' },
	EPERM: { reason: 'permission', words: 'you may not write there; choose another folder with --out' },
	EROFS: { reason: 'permission', words: 'the file system is read-only; choose another folder with --out' },
	EEXIST: { reason: 'exists', words: 'there is a file of that name; choose another folder with --out' },
	ENOTDIR: { reason: 'exists', words: 'a part of that path is a file; choose another folder with --out' },
};

/** A `WriteError` for `path` that says what to do. */
export function writeFailure(path: string, cause: unknown): WriteError {
	const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? '';
	const known = REASONS[code];
	const words = known?.words ?? (cause instanceof Error ? cause.message : String(cause));
	return new WriteError(path, known?.reason ?? 'io', `${path} cannot be written: ${words}`, { cause });
}
