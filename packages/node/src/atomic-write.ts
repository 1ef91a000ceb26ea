/**
 * Writing a folder so that it is either the old one or the new one, never half of each.
 *
 * The files go to a hidden folder beside the target, which then takes the target's name. A folder cannot replace another
 * in one step, so the old one first steps aside under a hidden name; a run that dies in that instant leaves it there, and
 * the next run to the same target puts it back. Hidden folders of runs that died are removed at the same time.
 * @module
 */

import { createHash } from 'node:crypto';
import * as nodeFs from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { WriteError } from '@parfocal/core';
import { toWriteError } from './write-error.ts';

/** The file operations used here; tests replace them. */
export type FolderFs = Pick<typeof nodeFs, 'mkdir' | 'readdir' | 'rename' | 'rm' | 'stat' | 'writeFile'>;

/** What to write, and how. */
export interface ReplaceFolderOptions {
	/** Names the folder may hold from an earlier run. Everything else in it is kept. */
	readonly owned: readonly string[];
	readonly signal?: AbortSignal;
	readonly fs?: FolderFs;
}

/** Nobody writes longer than this. Decides for owners on another machine, and when a dead one's number is in use again. */
const ABANDONED_MS = 24 * 3600 * 1000;

let counter = 0;

/**
 * Writes `folder` anew: `write` puts files into the temporary folder it is given. Files in an existing `folder` that are
 * not `owned` move to the new one.
 * @throws {WriteError} when anything cannot be written; `folder` is then as it was before.
 * @throws the signal's reason when cancelled; the same holds.
 */
export async function replaceFolder(
	folder: string,
	write: (temporary: string) => Promise<void>,
	options: ReplaceFolderOptions,
): Promise<void> {
	const { signal, fs = nodeFs } = options;
	const own = `${host()}-${process.pid}-${counter++}`;
	const temporary = hidden(folder, 'new', own);
	const aside = hidden(folder, 'old', own);
	try {
		signal?.throwIfAborted();
		await fs.mkdir(dirname(folder), { recursive: true });
		await recover(folder, options.owned, fs);
		await fs.mkdir(temporary);
		try {
			await write(temporary);
			signal?.throwIfAborted();
			await swap(folder, temporary, aside, fs);
		} catch (error) {
			await fs.rm(temporary, { recursive: true, force: true }).catch(() => undefined);
			throw error;
		}
		// The new folder is in place; what cannot be tidied up now stays hidden until the next run.
		await settle(folder, aside, options.owned, fs).catch(() => undefined);
	} catch (error) {
		if (signal?.aborted && error === signal.reason) throw error;
		throw toWriteError(folder, error);
	}
}

/** Puts `temporary` in the place of `folder`, which steps aside if it exists. */
async function swap(folder: string, temporary: string, aside: string, fs: FolderFs): Promise<void> {
	const there = await fs.stat(folder).catch(() => undefined);
	if (there && !there.isDirectory()) {
		const message = `${folder} could not be written: there is a file of that name. Move it or write to another folder.`;
		throw new WriteError(folder, 'exists', message);
	}
	if (there) await fs.rename(folder, aside);
	try {
		await fs.rename(temporary, folder);
	} catch (error) {
		if (there) await fs.rename(aside, folder);
		throw error;
	}
}

/** Moves what is not ours from the old folder to the new one, and removes the old one. */
async function settle(folder: string, aside: string, owned: readonly string[], fs: FolderFs): Promise<void> {
	const names = await fs.readdir(aside).catch(() => []);
	for (const name of names) {
		if (owned.includes(name)) continue;
		const taken = await fs.stat(join(folder, name)).catch(() => undefined);
		if (!taken) await fs.rename(join(aside, name), join(folder, name));
	}
	await fs.rm(aside, { recursive: true, force: true });
}

/** Finishes or undoes what runs that died left beside `folder`. */
async function recover(folder: string, owned: readonly string[], fs: FolderFs): Promise<void> {
	const parent = dirname(folder);
	const names = await fs.readdir(parent);
	for (const name of names.sort()) {
		const kind = (['new', 'old'] as const).find((candidate) =>
			name.startsWith(basename(hidden(folder, candidate, ''))),
		);
		if (!kind || !(await isAbandoned(join(parent, name), name, fs))) continue;
		const leftover = join(parent, name);
		if (kind === 'new') await fs.rm(leftover, { recursive: true, force: true });
		else if (await fs.stat(folder).catch(() => undefined)) await settle(folder, leftover, owned, fs);
		else await fs.rename(leftover, folder);
	}
}

/** True when the run that owns a hidden folder is over: `….<host>-<process>-<counter>`. */
async function isAbandoned(path: string, name: string, fs: FolderFs): Promise<boolean> {
	const [, owner, pid] = /\.([^.]*)-(\d+)-\d+$/.exec(name) ?? [];
	if (owner === host() && Number(pid) !== process.pid && !isRunning(Number(pid))) return true;
	const there = await fs.stat(path).catch(() => undefined);
	return there !== undefined && Date.now() - there.mtimeMs > ABANDONED_MS;
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** A name that fits on every disk however long the folder's own is. */
function hidden(folder: string, kind: 'new' | 'old', owner: string): string {
	const name = createHash('sha256').update(basename(folder)).digest('hex').slice(0, 12);
	return join(dirname(folder), `.parfocal-${name}.${kind}.${owner}`);
}

function host(): string {
	return hostname().replace(/[^A-Za-z0-9]/g, '') || 'host';
}
