/**
 * Small data sets on disk, for tests.
 * @module
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

/** Files by path: text as it is, or a picture whose colour and side are given. */
export type WrittenFiles = Readonly<Record<string, string | { readonly level: number; readonly sidePx: number }>>;

/** Writes files into a new folder and gives its path. */
export async function writtenSet(files: WrittenFiles): Promise<string> {
	const root = join(mkdtempSync(join(tmpdir(), 'parfocal-set-')), 'data');
	mkdirSync(root);
	for (const [path, content] of Object.entries(files)) {
		const file = join(root, path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, typeof content === 'string' ? content : await noise(content.level, content.sidePx));
	}
	return root;
}

/** Pictures at the given paths, each of another colour. */
export function pictures(paths: readonly string[], sidePx = 8): WrittenFiles {
	return Object.fromEntries(paths.map((path, i) => [path, { level: (i * 37) % 200, sidePx }]));
}

/** A PNG of a texture that `level` shifts. */
export function noise(level: number, sidePx: number): Promise<Buffer> {
	const data = Uint8Array.from({ length: 3 * sidePx * sidePx }, (_, i) => level + ((i * i * 7 + i * 13) % 56));
	return sharp(data, { raw: { width: sidePx, height: sidePx, channels: 3 } })
		.png({ compressionLevel: 1 })
		.toBuffer();
}

/** The name of a patch of FocusPath. */
export function focusPathName(slide: number, strip: number, slice: number, position: number): string {
	const two = (number: number): string => String(number).padStart(2, '0');
	return `Slide${two(slide)}_Strip${two(strip)}_Slice${two(slice)}_Position${two(position)}`;
}
