/**
 * Slides to scan and where their results go.
 * @module
 */
import { basename, dirname, resolve } from 'node:path';
import { expandPaths, isAddress } from './expand-paths.ts';

/** File name endings that make a file in a folder a slide. Pictures are scanned only when named. */
const SLIDE_ENDINGS = ['.svs', '.tif', '.tiff', '.btf', '.tf2', '.tf8'];

/** A slide to scan. */
export interface SlideInput {
	/** Path as the user would write it, or an address. */
	readonly path: string;
	/** Name of its results folder: the file name, numbered when an earlier slide has the same. */
	readonly folder: string;
}

/**
 * The slides that `args` name; see `expandPaths`.
 * @example
 * ```ts
 * await expandSlides(['slides/', 'other.svs'], '/home/me'); // slides/a.svs, slides/b.tif, other.svs
 * ```
 */
export async function expandSlides(args: readonly string[], cwd: string): Promise<SlideInput[]> {
	const taken = new Set<string>();
	const paths = await expandPaths(args, cwd, SLIDE_ENDINGS);
	return paths.map((path) => ({ path, folder: freeName(nameOf(path), taken) }));
}

function nameOf(path: string): string {
	const name = isAddress(path) ? basename(decodeURIComponent(new URL(path).pathname)) : basename(path);
	if (name !== '' && name !== '.' && name !== '..') return name;
	return basename(dirname(resolve(path))) || 'slide';
}

/** A name that is not in `taken` yet, numbered if need be, and joins it. Case does not tell folders apart on every system. */
export function freeName(name: string, taken: Set<string>): string {
	let free = name;
	for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${name}-${number}`;
	taken.add(free.toLowerCase());
	return free;
}
