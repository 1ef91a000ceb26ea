/**
 * Files written whole or not at all: under a temporary name beside the target, renamed when complete.
 * @module
 */
import * as nodeFs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type TiffSink, WriteError } from '@parfocal/core';
import { toWriteError } from '@parfocal/node';

/** The file operations used here; tests replace them. */
export type FileFs = Pick<typeof nodeFs, 'open' | 'rename' | 'rm'>;

/** A file being written. */
export interface FileSink extends TiffSink {
	/** Writes text at the end of what `append` wrote before. */
	append(text: string): Promise<void>;
	/** Closes the file and gives it its name. */
	commit(): Promise<void>;
	/** Closes and removes it, if it was not committed. */
	discard(): Promise<void>;
}

/**
 * Opens a file to write.
 * @throws {WriteError} as its methods do, when the disk is full, the folder missing or not writable …
 */
export async function createFileSink(path: string, fs: FileFs = nodeFs): Promise<FileSink> {
	const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
	const guarded = async <T>(work: Promise<T>): Promise<T> => {
		try {
			return await work;
		} catch (error) {
			throw toWriteError(path, error);
		}
	};
	const handle = await guarded(
		fs.open(temporary, 'w').catch((cause: unknown) => {
			if (!isMissing(cause)) throw cause;
			const message = `${path} could not be written: there is no folder ${dirname(path)}. Make it first.`;
			throw new WriteError(path, 'io', message, { cause });
		}),
	);
	let open = true;
	let appended = 0;
	const writeAll = async (bytes: Uint8Array, position: number): Promise<void> => {
		for (let done = 0; done < bytes.length; ) {
			const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
			done += bytesWritten;
		}
	};
	return {
		write: (bytes, position) => guarded(writeAll(bytes, position)),
		async append(text) {
			const bytes = Buffer.from(text);
			await guarded(writeAll(bytes, appended));
			appended += bytes.length;
		},
		async commit() {
			await guarded(handle.close());
			open = false;
			await guarded(fs.rename(temporary, path));
		},
		async discard() {
			if (open) await handle.close().catch(() => undefined);
			open = false;
			await fs.rm(temporary, { force: true }).catch(() => undefined);
		},
	};
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
