/**
 * Small files that the user names on the command line.
 * @module
 */
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ArgumentError } from '@parfocal/core';

/**
 * The bytes of a file named by `--flag`.
 * @throws {ArgumentError} when it cannot be read or is larger than `maximumBytes`.
 */
export async function readFlagFile(
	flag: string,
	path: string,
	cwd: string,
	maximumBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
	const full = resolve(cwd, path);
	try {
		const { size } = await stat(full);
		if (size <= maximumBytes) return await readFile(full);
	} catch (cause) {
		const code = (cause as NodeJS.ErrnoException).code;
		const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(code);
		throw new ArgumentError(flag, `--${flag} ${path} cannot be read: ${why}.`, { cause });
	}
	throw new ArgumentError(flag, `--${flag} ${path} is larger than ${maximumBytes} bytes: it is not such a file.`);
}
