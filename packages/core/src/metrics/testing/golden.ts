/** Golden values of the published metrics, and the pictures they belong to. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { cropToSize } from '../../image/crop.ts';
import type { RgbImage } from '../../image/pixels.ts';
import { hasShared, sharedPath } from '../../testing/shared.ts';

/** One metric of one picture. */
export interface GoldenMetric {
	readonly score: number;
	/** Absent for values that can only be compared as statistics. */
	readonly relTol?: number;
	/** True where the value hangs on rounding in flat regions. */
	readonly fragile?: boolean;
	readonly intermediates: Readonly<Record<string, number | readonly number[]>>;
	readonly variants?: Readonly<Record<string, number>>;
}

/** One picture. */
export interface GoldenPicture {
	readonly metrics: Readonly<Record<string, GoldenMetric>>;
	/** Rows of `[row, column, value]`. */
	readonly samples: Readonly<Record<string, readonly (readonly [number, number, number])[]>>;
}

/** Pictures by name; none where the reference folder is missing. */
export const goldenPictures: Readonly<Record<string, GoldenPicture>> = hasShared
	? JSON.parse(readFileSync(sharedPath('golden/knowledge-open.json'), 'utf8')).images
	: {};

/** `[picture, golden]` for each picture that has `metric`. */
export function goldenCases(metric: string): [string, GoldenMetric][] {
	return Object.entries(goldenPictures).flatMap(([name, { metrics }]) => {
		const golden = metrics[metric];
		return golden ? [[name, golden] as [string, GoldenMetric]] : [];
	});
}

/** A golden picture by name; `-1024` names the top left 1024 x 1024 pixels of a larger one. */
export async function readGoldenPicture(name: string): Promise<RgbImage> {
	const picture = await readPicture(sharedPath(`golden/knowledge-images/${name.replace(/-1024$/, '')}.png`));
	return name.endsWith('-1024') ? (cropToSize(picture, 1024, 1024) as RgbImage) : picture;
}

/** A picture file as RGB; grey ones get three equal channels. */
export async function readPicture(path: string): Promise<RgbImage> {
	const { data, info } = await sharp(path)
		.toColourspace('srgb')
		.removeAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	return { layout: 'rgb', widthPx: info.width, heightPx: info.height, data: new Uint8Array(data) };
}
