/**
 * Decoding a picture file in Node.
 * @module
 */
import { readFile } from 'node:fs/promises';
import { FormatError, type RgbImage } from '@parfocal/core';
import { toReadError } from '@parfocal/node';
import { readRgb } from '../source-image.ts';

/**
 * A PNG, JPEG, TIFF or WebP file as RGB over white; 16-bit samples lose their lower byte, grey becomes three equal channels.
 * @throws {ReadError} when the file cannot be read. @throws {FormatError} when it is no picture or a damaged one.
 */
export async function decodePicture(path: string): Promise<RgbImage> {
	const bytes = await readFile(path).catch((error: unknown) => {
		throw toReadError(path, error);
	});
	try {
		return { layout: 'rgb', ...(await readRgb(bytes)) };
	} catch (cause) {
		const [reason] = (cause as Error).message.trim().split('\n', 1);
		throw new FormatError('picture', 'corrupt', `${path} is not a picture or is damaged (${reason}).`, { cause });
	}
}
