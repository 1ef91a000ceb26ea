/**
 * From what the user typed to slide files: files as they are, folders to the slides in them, quoted patterns to what
 * they match.
 * @module
 */
import { glob, readdir, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';

/** File name endings that make a file in a folder a slide. Pictures are scanned only when named. */
export const SLIDE_ENDINGS: readonly string[] = ['.svs', '.tif', '.tiff', '.btf', '.tf2', '.tf8'];

/** A slide to scan. */
export interface SlideInput {
	/** Path as the user would write it, or an address. */
	readonly path: string;
	/** Name of its results folder: the file name, numbered when an earlier slide has the same. */
	readonly folder: string;
}

/**
 * Expands `args` in order, each file once. What does not exist stays in the list, so that opening it says why.
 * @example
 * ```ts
 * await expandSlides(['slides/', 'other.svs'], '/home/me'); // slides/a.svs, slides/b.tif, other.svs
 * ```
 */
export async function expandSlides(args: readonly string[], cwd: string): Promise<SlideInput[]> {
	const paths = new Map<string, string>();
	for (const arg of args) {
		for (const path of await expand(arg, cwd)) {
			const key = isAddress(path) ? path : resolve(cwd, path);
			if (!paths.has(key)) paths.set(key, path);
		}
	}
	const taken = new Set<string>();
	return [...paths.values()].map((path) => ({ path, folder: freeName(nameOf(path), taken) }));
}

/** True for what is read over HTTP. */
export function isAddress(path: string): boolean {
	return /^https?:\/\//i.test(path);
}

/** A path as it may be printed: an address without what can be a secret in it. */
export function shownPath(path: string): string {
	return isAddress(path) ? path.replace(/[?#].*$/s, '').replace(/\/\/[^/@]*@/, '//') : path;
}

async function expand(arg: string, cwd: string): Promise<string[]> {
	if (isAddress(arg)) return [arg];
	const found = await stat(resolve(cwd, arg)).catch(() => undefined);
	if (found?.isDirectory()) {
		const names = await readdir(resolve(cwd, arg)).catch(() => []);
		const slides = names.filter((name) => SLIDE_ENDINGS.some((ending) => name.toLowerCase().endsWith(ending)));
		// A folder without slides stays, and is reported as unreadable.
		return slides.length === 0 ? [arg] : slides.sort().map((name) => `${arg.replace(/[/\\]+$/, '')}/${name}`);
	}
	if (found || !/[*?[{]/.test(arg)) return [arg];
	const matches: string[] = [];
	for await (const match of glob(arg, { cwd })) matches.push(match);
	return matches.length === 0 ? [arg] : matches.sort();
}

function nameOf(path: string): string {
	const name = isAddress(path) ? basename(decodeURIComponent(new URL(path).pathname)) : basename(path);
	if (name !== '' && name !== '.' && name !== '..') return name;
	return basename(dirname(resolve(path))) || 'slide';
}

/** Case does not tell folders apart on every system. */
function freeName(name: string, taken: Set<string>): string {
	let free = name;
	for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name}-${number}`;
	taken.add(free.toLowerCase());
	return free;
}
