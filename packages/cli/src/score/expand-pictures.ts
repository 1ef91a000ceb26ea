/**
 * From what the user typed to pictures: files as they are, folders to the pictures in them.
 * @module
 */
import { readdir } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { isAddress } from '../expand-slides.ts';

/** File name endings that make a file in a folder a picture. */
const ENDINGS = new Set(['.png', '.jpg', '.jpeg', '.tif', '.tiff', '.webp']);

/**
 * Expands `args` in order; a folder's pictures come by name. What cannot be listed stays, so that opening it says why.
 * @example
 * ```ts
 * await expandPictures(['fields/', 'one.png'], '/home/me'); // fields/a.png, fields/b.jpg, one.png
 * ```
 */
export async function expandPictures(args: readonly string[], cwd: string): Promise<string[]> {
	const expanded = await Promise.all(args.map((arg) => expand(arg, cwd)));
	return expanded.flat();
}

async function expand(arg: string, cwd: string): Promise<string[]> {
	if (isAddress(arg)) return [arg];
	const names = await readdir(resolve(cwd, arg)).catch(() => undefined);
	if (names === undefined) return [arg];
	const pictures = names.filter((name) => !name.startsWith('.') && ENDINGS.has(extname(name).toLowerCase()));
	return pictures.sort().map((name) => join(arg, name));
}
