/**
 * TIFF files of no known vendor: one image, or a pyramid in decreasing sizes.
 * @module
 */
import type { MppFacts } from '../mpp.ts';
import type { AssociatedImage } from '../slide.ts';
import type { TiffContents, TiffDialect } from './dialect.ts';
import { pyramidOf } from './pyramid.ts';
import { tag } from './tags.ts';
import type { TiffImage } from './tiff-image.ts';

/** Reads every TIFF that no other dialect claims. */
export const generic: TiffDialect = {
	recognises: () => true,

	async layout(contents) {
		const { images, warnings } = contents;
		const first = fullImage(images);
		const levels = pyramidOf(first, [...images, ...(await contents.subImages(first))]);
		const others = images.filter((image) => !levels.includes(image));
		const twins = others.filter((image) => image.widthPx === first.widthPx && image.heightPx === first.heightPx);
		if (twins.length > 0) {
			warnings.push(
				`The file holds ${twins.length} more images of the same size (channels or planes); the first is read.`,
			);
		}
		return {
			format: 'generic-tiff',
			vendor: (await contents.text(tag.make)) || (await contents.text(tag.software)) || 'unknown',
			levels,
			associated: others.map((image) => ({ name: associatedName(image), image })),
			tag: await resolutionMpp(first),
			properties: await textProperties(contents),
		};
	},
};

/** The largest readable image that does not call itself reduced; the largest of all when each does. */
function fullImage(images: readonly TiffImage[]): TiffImage {
	const largest = (among: readonly TiffImage[]): TiffImage | undefined =>
		among.reduce<TiffImage | undefined>(
			(best, image) => (best && best.widthPx * best.heightPx >= image.widthPx * image.heightPx ? best : image),
			undefined,
		);
	const readable = images.filter((image) => image.unsupported === undefined);
	return largest(readable.filter((image) => (image.subfileType & 1) === 0)) ?? largest(readable) ?? images[0]!;
}

/** Micrometres per pixel by the resolution tags (TIFF 6.0 §8): pixels per inch (2, also when absent) or centimetre (3). */
export async function resolutionMpp({ directory }: TiffImage): Promise<MppFacts['tag']> {
	const x = await directory.number(tag.xResolution);
	const y = await directory.number(tag.yResolution);
	const unit = (await directory.number(tag.resolutionUnit)) ?? 2;
	const unitUm = unit === 3 ? 10_000 : unit === 2 ? 25_400 : Number.NaN;
	if (x === undefined || y === undefined || Number.isNaN(unitUm)) return undefined;
	return { x: unitUm / x, y: unitUm / y, from: 'XResolution' };
}

function associatedName({ description }: TiffImage): AssociatedImage['name'] {
	const words = description.slice(0, 4096).toLowerCase();
	if (words.includes('label')) return 'label';
	if (words.includes('macro') || words.includes('overview')) return 'macro';
	return words.includes('thumbnail') ? 'thumbnail' : 'other';
}

async function textProperties(contents: TiffContents): Promise<Record<string, string>> {
	const properties: Record<string, string> = {};
	for (const [name, of] of Object.entries({
		ImageDescription: tag.imageDescription,
		Make: tag.make,
		Model: tag.model,
		Software: tag.software,
		DateTime: tag.dateTime,
	})) {
		const text = (await contents.text(of)).trim();
		if (text !== '') properties[name] = text.slice(0, 4096);
	}
	return properties;
}
