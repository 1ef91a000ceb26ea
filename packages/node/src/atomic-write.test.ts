import { spawnSync } from 'node:child_process';
import * as nodeFs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WriteError } from '@parfocal/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FolderFs, replaceFolder } from './atomic-write.ts';

const OWNED = ['a.txt', 'b.txt'];
let parent: string;
let folder: string;
beforeEach(async () => {
	parent = await nodeFs.mkdtemp(join(tmpdir(), 'parfocal-atomic-'));
	folder = join(parent, 'slide');
});
afterEach(() => nodeFs.rm(parent, { recursive: true, force: true }));

/** Writes both files with the same content, so that a mixture shows. */
function writing(content: string, fs: FolderFs = nodeFs): (temporary: string) => Promise<void> {
	return async (temporary) => {
		for (const name of OWNED) await fs.writeFile(join(temporary, name), content);
	};
}

/** What is in the folder, as `name=content`; undefined when there is none. */
async function content(of: string = folder): Promise<string[] | undefined> {
	const names = await nodeFs.readdir(of).catch(() => undefined);
	if (!names) return undefined;
	return Promise.all(names.sort().map(async (name) => `${name}=${await nodeFs.readFile(join(of, name), 'utf8')}`));
}

async function hiddenNames(): Promise<string[]> {
	return (await nodeFs.readdir(parent)).filter((name) => name.startsWith('.'));
}

const OLD = ['a.txt=old', 'b.txt=old'];
const NEW = ['a.txt=new', 'b.txt=new'];

/** A number no process has: that of one that has just ended. */
function deadProcess(): number {
	return spawnSync(process.execPath, ['-e', '']).pid;
}

/** Makes hidden folders of this process look like those of one that died. */
async function disown(): Promise<void> {
	const dead = deadProcess();
	for (const name of await hiddenNames()) {
		await nodeFs.rename(join(parent, name), join(parent, name.replace(`-${process.pid}-`, `-${dead}-`)));
	}
}

type Operation = keyof FolderFs;

/** File operations that call `before` first; what it throws is what happens. */
function watched(before: (operation: Operation, path: string) => void): FolderFs {
	const real: FolderFs = nodeFs;
	const wrap =
		(operation: Operation) =>
		async (...parameters: unknown[]): Promise<unknown> => {
			before(operation, String(parameters[0]));
			return (real[operation] as (...all: unknown[]) => Promise<unknown>)(...parameters);
		};
	const operations: readonly Operation[] = ['mkdir', 'readdir', 'rename', 'rm', 'stat', 'writeFile'];
	return Object.fromEntries(operations.map((operation) => [operation, wrap(operation)])) as unknown as FolderFs;
}

function failure(code: string): Error {
	return Object.assign(new Error(code), { code });
}

describe('replaceFolder', () => {
	test('makes the folder and those above it', async () => {
		folder = join(parent, 'x', 'y', 'slide');
		await replaceFolder(folder, writing('new'), { owned: OWNED });
		expect(await content()).toEqual(NEW);
		expect(await nodeFs.readdir(join(parent, 'x', 'y'))).toEqual(['slide']);
	});

	test('replaces an older one and leaves nothing beside it', async () => {
		await replaceFolder(folder, writing('old'), { owned: OWNED });
		await replaceFolder(folder, writing('new'), { owned: OWNED });
		expect(await content()).toEqual(NEW);
		expect(await nodeFs.readdir(parent)).toEqual(['slide']);
	});

	test('files of an older version that are written no more disappear', async () => {
		await nodeFs.mkdir(folder);
		await nodeFs.writeFile(join(folder, 'b.txt'), 'old');
		await replaceFolder(folder, (temporary) => nodeFs.writeFile(join(temporary, 'a.txt'), 'new'), { owned: OWNED });
		expect(await content()).toEqual(['a.txt=new']);
	});

	test("keeps what is not ours, files and folders, and never over what's new", async () => {
		await nodeFs.mkdir(join(folder, 'my folder'), { recursive: true });
		await nodeFs.writeFile(join(folder, 'my folder', 'x'), 'mine');
		await nodeFs.writeFile(join(folder, 'notes.txt'), 'mine');
		await nodeFs.writeFile(join(folder, 'extra.txt'), 'mine');
		const write = async (temporary: string): Promise<void> => {
			await writing('new')(temporary);
			await nodeFs.writeFile(join(temporary, 'extra.txt'), 'new');
		};
		await replaceFolder(folder, write, { owned: OWNED });
		expect(await nodeFs.readFile(join(folder, 'my folder', 'x'), 'utf8')).toBe('mine');
		expect(await nodeFs.readFile(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
		expect(await nodeFs.readFile(join(folder, 'extra.txt'), 'utf8')).toBe('new');
	});

	test('a folder with a very long name', async () => {
		folder = join(parent, 'n'.repeat(255));
		await replaceFolder(folder, writing('old'), { owned: OWNED });
		await replaceFolder(folder, writing('new'), { owned: OWNED });
		expect(await content()).toEqual(NEW);
	});

	test('folders side by side, at the same time', async () => {
		const folders = Array.from({ length: 20 }, (_, i) => join(parent, `slide ${i}`));
		await Promise.all(folders.map((path, i) => replaceFolder(path, writing(String(i)), { owned: OWNED })));
		for (const [i, path] of folders.entries()) expect(await content(path)).toEqual([`a.txt=${i}`, `b.txt=${i}`]);
		expect(await hiddenNames()).toEqual([]);
	});

	test('the same folder at the same time ends with one of them whole', async () => {
		await replaceFolder(folder, writing('first'), { owned: OWNED });
		const all = Array.from({ length: 8 }, (_, i) => replaceFolder(folder, writing(String(i)), { owned: OWNED }));
		await Promise.allSettled(all);
		const [a, b] = (await content())!;
		expect(a!.split('=')[1]).toBe(b!.split('=')[1]);
	});
});

describe('failures', () => {
	test.each([
		['ENOSPC', 'disk-full'],
		['EACCES', 'permission'],
		['EIO', 'io'],
	] as const)('%s while writing leaves the old folder and nothing else', async (code, reason) => {
		await replaceFolder(folder, writing('old'), { owned: OWNED });
		const fs = watched((operation, path) => {
			if (operation === 'writeFile' && path.endsWith('b.txt')) throw failure(code);
		});
		const error = await replaceFolder(folder, writing('new', fs), { owned: OWNED, fs }).catch(
			(thrown: unknown) => thrown,
		);
		expect(error).toBeInstanceOf(WriteError);
		expect((error as WriteError).reason).toBe(reason);
		expect((error as WriteError).path).toBe(folder);
		expect(await content()).toEqual(OLD);
		expect(await nodeFs.readdir(parent)).toEqual(['slide']);
	});

	test('when the new folder cannot take its name the old one comes back', async () => {
		await replaceFolder(folder, writing('old'), { owned: OWNED });
		let renames = 0;
		const fs = watched((operation) => {
			if (operation === 'rename' && ++renames === 2) throw failure('EBUSY');
		});
		await expect(replaceFolder(folder, writing('new', fs), { owned: OWNED, fs })).rejects.toThrow(WriteError);
		expect(await content()).toEqual(OLD);
		expect(await nodeFs.readdir(parent)).toEqual(['slide']);
	});

	test('a file in the way is not touched', async () => {
		await nodeFs.writeFile(folder, 'a file');
		const error = await replaceFolder(folder, writing('new'), { owned: OWNED }).catch((thrown: unknown) => thrown);
		expect((error as WriteError).reason).toBe('exists');
		expect(await nodeFs.readFile(folder, 'utf8')).toBe('a file');
		expect(await hiddenNames()).toEqual([]);
	});

	test('a file in the place of a folder above', async () => {
		await nodeFs.writeFile(join(parent, 'file'), '');
		const error = await replaceFolder(join(parent, 'file', 'slide'), writing('new'), { owned: OWNED }).catch(
			(thrown: unknown) => thrown,
		);
		expect((error as WriteError).reason).toBe('exists');
	});

	test('the old folder that cannot be removed does not spoil the new one', async () => {
		await replaceFolder(folder, writing('old'), { owned: OWNED });
		const fs = watched((operation) => {
			if (operation === 'rm') throw failure('EBUSY');
		});
		await replaceFolder(folder, writing('new'), { owned: OWNED, fs });
		expect(await content()).toEqual(NEW);
		await disown();
		await replaceFolder(folder, writing('newer'), { owned: OWNED });
		expect(await hiddenNames()).toEqual([]);
	});

	test('cancelling leaves the old folder and rejects with the reason', async () => {
		await replaceFolder(folder, writing('old'), { owned: OWNED });
		const controller = new AbortController();
		const reason = new Error('stopped');
		const write = async (temporary: string): Promise<void> => {
			await writing('new')(temporary);
			controller.abort(reason);
		};
		await expect(replaceFolder(folder, write, { owned: OWNED, signal: controller.signal })).rejects.toBe(reason);
		await expect(replaceFolder(folder, write, { owned: OWNED, signal: controller.signal })).rejects.toBe(reason);
		expect(await content()).toEqual(OLD);
		expect(await hiddenNames()).toEqual([]);
	});
});

describe('a run that dies', () => {
	/** Runs until the `last`-th file operation, after which nothing works any more. Returns how many there were. */
	async function dieAfter(last: number): Promise<number> {
		let count = 0;
		const fs = watched(() => {
			if (++count > last) throw failure('EDEAD');
		});
		await replaceFolder(folder, writing('new', fs), { owned: OWNED, fs }).catch(() => undefined);
		return count;
	}

	test('at any moment leaves the old folder or the new one, whole, for the next run', async () => {
		const steps = await dieAfter(Number.POSITIVE_INFINITY);
		expect(steps).toBeGreaterThan(8);
		for (let last = 0; last <= steps; last++) {
			await nodeFs.rm(folder, { recursive: true, force: true });
			await replaceFolder(folder, writing('old'), { owned: OWNED });
			await nodeFs.writeFile(join(folder, 'notes.txt'), 'mine');
			await dieAfter(last);
			// Even before anything is repaired a folder of that name is whole.
			const seen = await content();
			if (seen) expect([OLD, NEW]).toContainEqual(seen.filter((line) => !line.startsWith('notes')));
			await disown();
			// The next run gets as far as looking around, then has nothing to write.
			const nothing = replaceFolder(folder, () => Promise.reject(failure('ENOSPC')), { owned: OWNED });
			await expect(nothing).rejects.toThrow(WriteError);
			const repaired = await content();
			expect(repaired, `died after ${last} operations`).toContain('notes.txt=mine');
			expect([OLD, NEW]).toContainEqual(repaired!.filter((line) => !line.startsWith('notes')));
			expect(await hiddenNames()).toEqual([]);
		}
	});

	test('leftovers of a run that is alive are left alone', async () => {
		await dieAfter(5);
		const before = await hiddenNames();
		expect(before).toHaveLength(1);
		await replaceFolder(folder, writing('new'), { owned: OWNED });
		expect(await hiddenNames()).toEqual(before);
	});

	test('leftovers of another machine are removed after a day', async () => {
		await dieAfter(5);
		const [mine] = await hiddenNames();
		const theirs = join(parent, mine!.replace(/\.new\.[^-]*-/, '.new.elsewhere-'));
		await nodeFs.rename(join(parent, mine!), theirs);
		await replaceFolder(folder, writing('new'), { owned: OWNED });
		expect(await hiddenNames()).toHaveLength(1);
		const yesterday = new Date(Date.now() - 25 * 3600 * 1000);
		await nodeFs.utimes(theirs, yesterday, yesterday);
		await replaceFolder(folder, writing('new'), { owned: OWNED });
		expect(await hiddenNames()).toEqual([]);
	});

	test('leftovers of other folders, and hidden files of others, are not touched', async () => {
		const others = ['.parfocal-0123456789ab.new.host-1-0', '.DS_Store', '.parfocal-notes'];
		for (const name of others) await nodeFs.mkdir(join(parent, name));
		await replaceFolder(folder, writing('new'), { owned: OWNED });
		expect((await hiddenNames()).sort()).toEqual(others.sort());
	});
});
