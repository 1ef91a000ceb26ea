/**
 * From what the user typed to files: files as they are, folders to the fitting files in them, quoted patterns to what they
 * match.
 * @module
 */
import { glob, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/**
 * Expands `args` in order, each file once; a folder's files come by name, hidden ones and those of other endings left out.
 * What does not exist, and a folder without fitting files, stays in the list, so that opening it says why.
 * @example
 * ```ts
 * await expandPaths(['fields/', 'one.png'], '/home/me', ['.png']); // fields/a.png, fields/b.png, one.png
 * ```
 */
export async function expandPaths(args: readonly string[], cwd: string, endings: readonly string[]): Promise<string[]> {
	const paths = new Map<string, string>();
	for (const arg of args) {
		for (const path of await expand(arg, cwd, endings)) {
			const key = isAddress(path) ? path : resolve(cwd, path);
			if (!paths.has(key)) paths.set(key, path);
		}
	}
	return [...paths.values()];
}

/** True for what is read over HTTP. */
export function isAddress(path: string): boolean {
	return /^https?:\/\//i.test(path);
}

/** A path as it may be printed: an address without what can be a secret in it. */
export function shownPath(path: string): string {
	return isAddress(path) ? path.replace(/[?#].*$/s, '').replace(/\/\/[^/@]*@/, '//') : path;
}

async function expand(arg: string, cwd: string, endings: readonly string[]): Promise<string[]> {
	if (isAddress(arg)) return [arg];
	const found = await stat(resolve(cwd, arg)).catch(() => undefined);
	if (found?.isDirectory()) {
		const names = await readdir(resolve(cwd, arg)).catch(() => []);
		const fits = (name: string) =>
			!name.startsWith('.') && endings.some((ending) => name.toLowerCase().endsWith(ending));
		const fitting = names.filter(fits).sort();
		return fitting.length === 0 ? [arg] : fitting.map((name) => join(arg, name));
	}
	if (found || !/[*?[{]/.test(arg)) return [arg];
	const matches: string[] = [];
	for await (const match of glob(arg, { cwd })) matches.push(match);
	return matches.length === 0 ? [arg] : matches.sort();
}
