/**
 * A file as a byte source.
 * @module
 */

import { fstatSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type ByteSource, checkRange, FormatError, ReadError } from '@parfocal/core';
import { toReadError } from './read-error.ts';

/** How to read a file. */
export interface FileSourceOptions {
	/**
	 * Answer every read at once into a reused buffer: for worker threads, where waiting is free and a promise a tile is not.
	 * Each read then invalidates the bytes of the one before. Default false.
	 */
	readonly blocking?: boolean;
}

/** Longest read served from the reused buffer; longer ones (rare: whole strips) get their own. */
const reusedBytes = 1 << 22;

/**
 * Opens a file as a byte source.
 * @throws {ReadError} `not-found`, `permission`, `directory` or `io`; reads throw `vanished` when the file shrinks
 * meanwhile.
 * @throws {FormatError} `truncated` for an empty file, and from reads past the end.
 */
export async function fileSource(path: string, options: FileSourceOptions = {}): Promise<ByteSource> {
	let handle: FileHandle;
	let size: number;
	try {
		handle = await open(path, 'r');
	} catch (cause) {
		throw toReadError(path, cause);
	}
	try {
		const stat = await handle.stat();
		if (stat.isDirectory()) throw new ReadError(path, 'directory', `${path} is a folder, not a slide file.`);
		if (!stat.isFile()) throw new ReadError(path, 'io', `${path} is not a regular file.`);
		if (stat.size === 0) throw new FormatError('file', 'truncated', `${path} is empty (0 bytes). Copy it again.`);
		size = stat.size;
	} catch (cause) {
		await handle.close();
		throw cause instanceof ReadError || cause instanceof FormatError ? cause : toReadError(path, cause);
	}
	return options.blocking ? blockingSource(path, handle, size) : waitingSource(path, handle, size);
}

function waitingSource(name: string, handle: FileHandle, size: number): ByteSource {
	const range = { name, size };
	return {
		name,
		size,
		async read(offset, length, options) {
			options?.signal?.throwIfAborted();
			checkRange(range, offset, length);
			const bytes = new Uint8Array(length);
			for (let done = 0; done < length; ) {
				let read: number;
				try {
					read = (await handle.read(bytes, done, length - done, offset + done)).bytesRead;
				} catch (cause) {
					throw toReadError(name, cause);
				}
				options?.signal?.throwIfAborted();
				if (read === 0) throw shrunk(name, size, (await handle.stat()).size);
				done += read;
			}
			return bytes;
		},
		close: () => handle.close(),
	};
}

function blockingSource(name: string, handle: FileHandle, size: number): ByteSource {
	const range = { name, size };
	let buffer = new Uint8Array(1 << 18);
	return {
		name,
		size,
		read(offset, length, options) {
			options?.signal?.throwIfAborted();
			checkRange(range, offset, length);
			let bytes: Uint8Array;
			if (length > reusedBytes) bytes = new Uint8Array(length);
			else {
				if (length > buffer.length) buffer = new Uint8Array(Math.min(reusedBytes, length * 2));
				bytes = buffer.subarray(0, length);
			}
			for (let done = 0; done < length; ) {
				let read: number;
				try {
					read = readSync(handle.fd, bytes, done, length - done, offset + done);
				} catch (cause) {
					throw toReadError(name, cause);
				}
				if (read === 0) throw shrunk(name, size, fstatSync(handle.fd).size);
				done += read;
			}
			return bytes;
		},
		close: () => handle.close(),
	};
}

function shrunk(name: string, size: number, now: number): ReadError {
	const message = `${name} became shorter while it was being read (${size} bytes, now ${now}). Wait until it is complete and start again.`;
	return new ReadError(name, 'vanished', message);
}
