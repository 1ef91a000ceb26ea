/** A picture file as pixels. */
import { type RgbImage, readWhole } from '@parfocal/core';
import { openSlideFile } from '@parfocal/node';

/** Reads a picture whole. */
export async function decode(path: string): Promise<RgbImage> {
	const picture = await openSlideFile(path);
	try {
		return await readWhole(picture);
	} finally {
		await picture.close();
	}
}
