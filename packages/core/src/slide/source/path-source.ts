/**
 * A file path as a source, where the runtime has files. Node hands the file out as a `Blob`, so nothing of Node is
 * imported here and bundles for browsers stay as they are. `fileSource` of `@parfocal/node` reads faster.
 * @module
 */
import { ArgumentError, ReadError } from '../../errors.ts';
import type { ByteSource } from '../byte-source.ts';
import { blobSource } from './blob-source.ts';

/** The part of Node's `fs` that is needed. */
interface FileSystem {
	statSync(path: string | URL): { isDirectory(): boolean };
	openAsBlob(path: string | URL): Promise<Blob>;
}

/** The part of `process` that gives it out (Node 20.16, 22.3 and later). */
interface Runtime {
	readonly process?: { getBuiltinModule?(name: 'node:fs'): FileSystem | undefined };
}

/**
 * A source over the file at `path` (or a `file:` address).
 * @throws {ReadError} when there is no such file, it is a folder, or it may not be read.
 * @throws {ArgumentError} where there are no files, as in a page.
 */
export async function pathSource(path: string | URL): Promise<ByteSource> {
	const name = String(path);
	const fs = (globalThis as Runtime).process?.getBuiltinModule?.('node:fs');
	if (fs === undefined) {
		const message = `"${name}" is no web address, and there are no files here. Pass a File, a Blob or bytes.`;
		throw new ArgumentError('input', message);
	}
	try {
		if (fs.statSync(path).isDirectory()) {
			throw new ReadError(name, 'directory', `${name} is a folder, not a file.`);
		}
		return blobSource(await fs.openAsBlob(path), name);
	} catch (cause) {
		if (cause instanceof ReadError) throw cause;
		const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
		if (isMissing) throw new ReadError(name, 'not-found', `${name} does not exist. Check the path.`, { cause });
		throw new ReadError(name, 'io', `${name} could not be read. Check its permissions.`, { cause });
	}
}
