/**
 * Node's file errors in the words of the family.
 * @module
 */
import { ReadError, type ReadFailure } from '@parfocal/core';

const failures: Readonly<Record<string, readonly [ReadFailure, string]>> = {
	ENOENT: ['not-found', 'does not exist. Check the path'],
	ENOTDIR: ['not-found', 'does not exist: a part of the path is a file, not a folder'],
	ENAMETOOLONG: ['not-found', 'has a name too long for this system'],
	EACCES: ['permission', 'may not be read by this user. Check its permissions'],
	EPERM: ['permission', 'may not be read by this user. Check its permissions'],
	EISDIR: ['directory', 'is a folder, not a file'],
	ESTALE: ['vanished', 'vanished while being read (stale network file)'],
	ENODEV: ['vanished', 'vanished while being read (device gone)'],
	ENXIO: ['vanished', 'vanished while being read (device gone)'],
};

/** A failed file operation as a `ReadError` that names the path and says what to do; the cause is kept. */
export function toReadError(path: string, cause: unknown): ReadError {
	const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
	const [reason, sentence] = failures[code] ?? ['io', `could not be read (${code || String(cause)})`];
	return new ReadError(path, reason, `${path} ${sentence}.`, { cause });
}
