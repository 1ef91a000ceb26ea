/** The repository as data: tracked files and their text. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Absolute path of the repository. */
export const root: string = join(import.meta.dirname, '..', '..');

/** Tracked files that exist, relative to the root. */
export function trackedFiles(): string[] {
	const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
		cwd: root,
		encoding: 'utf8',
	});
	return listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}

/** Text of a file, relative to the root. */
export function textOf(path: string): string {
	return readFileSync(join(root, path), 'utf8');
}

/** True for TypeScript that is source: no test, no generated file, no test helper. */
export function isSource(path: string): boolean {
	return /^packages\/[^/]+\/(src|kernels)\/.*\.ts$/.test(path) && !/\.test(-d)?\.ts$|\.gen\.ts$|\/testing\//.test(path);
}
