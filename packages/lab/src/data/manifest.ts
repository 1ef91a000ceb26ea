/**
 * The list of real images at hand, with where each comes from and under which licence.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError, ReadError } from '@parfocal/core';

/** One file of the list; `file` is relative to the data folder. */
export interface ManifestEntry {
	readonly file: string;
	readonly role: string;
	readonly stain: string;
	readonly organ: string;
	readonly magnification: string;
	readonly sourceRepo: string;
	readonly sourcePath: string;
	readonly licence: string;
	readonly attribution: string;
}

/**
 * Reads `manifest.json` in the data folder.
 * @throws {ReadError} when it is not there. @throws {FormatError} when it is not such a list.
 */
export async function readManifest(folder: string): Promise<ManifestEntry[]> {
	const path = join(folder, 'manifest.json');
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (cause) {
		throw new ReadError(
			path,
			'not-found',
			`There is no list of training images at ${path}; give its folder with --data.`,
			{
				cause,
			},
		);
	}
	try {
		const { files } = JSON.parse(text) as { files: Record<string, string>[] };
		return files.map((file) => ({
			file: field(file, 'file'),
			role: field(file, 'role'),
			stain: file['stain'] ?? '',
			organ: file['organ'] ?? '',
			magnification: file['magnification'] ?? '',
			sourceRepo: field(file, 'source_repo'),
			sourcePath: field(file, 'source_path'),
			licence: field(file, 'licence'),
			attribution: file['attribution'] ?? '',
		}));
	} catch (cause) {
		throw new FormatError('image list', 'corrupt', `${path} is not a list of images: ${(cause as Error).message}`, {
			cause,
		});
	}
}

function field(file: Record<string, string>, name: string): string {
	const value = file[name];
	if (typeof value !== 'string') throw new TypeError(`an entry lacks "${name}".`);
	return value;
}

/**
 * Pixel size that the words on magnification state ("0.25 um/px", "40x", "2:1 downsampled"), undefined when they leave
 * it open. A 20x scan is taken as 0.5 µm, a 40x scan as 0.25 µm; ranges such as "10-20x" are open.
 */
export function mppOfMagnification(words: string): number | undefined {
	const stated = /([\d.]+) um\/px/.exec(words);
	if (stated) return Number(stated[1]);
	const power = /(?:^|[^\d-])(20|40)x/.exec(words);
	if (!power || /\d-\d+x/.test(words)) return undefined;
	const halved = /(\d):1 downsampled/.exec(words);
	return (10 / Number(power[1])) * (halved ? Number(halved[1]) : 1);
}
