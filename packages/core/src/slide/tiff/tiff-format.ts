/**
 * Slides in TIFF containers.
 * @module
 */
import { FormatError } from '../../errors.ts';
import { chooseMpp } from '../mpp.ts';
import type { AssociatedImage, Slide } from '../slide.ts';
import type { SlideFormat } from '../slide-format.ts';
import { type TileReader, tileSlide } from '../tile-slide.ts';
import { aperio } from './aperio.ts';
import type { TiffContents } from './dialect.ts';
import type { TiffDirectory } from './directory.ts';
import { refuseForeignDialects } from './foreign.ts';
import { generic } from './generic.ts';
import { ome } from './ome.ts';
import { isTiff, readTiff } from './tiff-file.ts';
import { readTiffImage, type TiffImage } from './tiff-image.ts';
import { tiffTileReader } from './tile-reader.ts';

/** Largest image beside the pyramid that is read: 300 MB of RGB. Real ones are of some megapixels. */
const maxAssociatedPx = 1e8;

const dialects = [aperio, ome, generic];

/** TIFF and BigTIFF: Aperio SVS, OME-TIFF, and plain pyramids or pictures. */
export const tiffFormat: SlideFormat = {
	name: 'TIFF',
	canRead: isTiff,

	async open(source, { codecs, mpp: userMpp, signal }): Promise<Slide> {
		const file = await readTiff(source, signal);
		const warnings = [...file.warnings];
		const images = await soundImages(file.directories, warnings);
		const contents: TiffContents = {
			file,
			images,
			warnings,
			text: async (of) => (await file.directories[0]!.text(of)) ?? '',
			subImages: async (image) => soundImages(await file.subDirectories(image.directory), warnings),
		};
		await refuseForeignDialects(source.name, contents);
		if (images.length === 0) {
			const why = warnings[0] ?? 'Its directories are empty.';
			throw new FormatError('TIFF directory', 'corrupt', `${source.name} holds no image that can be read. ${why}`);
		}
		const layout = await dialects.find((dialect) => dialect.recognises(contents))!.layout(contents);
		const reader = (image: TiffImage): Promise<TileReader> => tiffTileReader(image, source, file.littleEndian, codecs);
		const readers: TileReader[] = [];
		for (const [index, image] of layout.levels.entries()) {
			try {
				readers.push(await reader(image));
			} catch (error) {
				// A smaller level is dispensable, the largest is not.
				if (index === 0 || !(error instanceof FormatError)) throw error;
				warnings.push(`Level ${index} is left out. ${error.message}`);
			}
		}
		if (layout.levels[0]!.bitsPerSample === 16) warnings.push('Its 16-bit samples are reduced to their upper 8 bits.');
		return tileSlide({
			name: source.name,
			format: layout.format,
			vendor: layout.vendor,
			readers,
			mpp: chooseMpp(layout, userMpp, warnings),
			objectivePower: layout.objectivePower,
			associated: layout.associated.map(({ name, image }) => associatedImage(name, image, reader)),
			properties: layout.properties,
			warnings,
			close: () => source.close?.(),
		});
	},
};

/** The images of directories; a directory without a sound one becomes a warning. */
async function soundImages(directories: readonly TiffDirectory[], warnings: string[]): Promise<TiffImage[]> {
	const images: TiffImage[] = [];
	for (const directory of directories) {
		try {
			images.push(await readTiffImage(directory));
		} catch (error) {
			if (!(error instanceof FormatError)) throw error;
			warnings.push(error.message);
		}
	}
	return images;
}

/** An image beside the pyramid. Nothing but its size is read before `read()`. */
function associatedImage(
	name: AssociatedImage['name'],
	image: TiffImage,
	reader: (image: TiffImage) => Promise<TileReader>,
): AssociatedImage {
	const { widthPx, heightPx } = image;
	return {
		name,
		widthPx,
		heightPx,
		async read(options = {}) {
			if (widthPx * heightPx > maxAssociatedPx) {
				const message = `The ${name} image of ${widthPx} x ${heightPx} px is larger than ${maxAssociatedPx / 1e6} MP.`;
				throw new FormatError('TIFF image', 'too-large', message);
			}
			const header = { name, format: 'associated', vendor: '', mpp: undefined, objectivePower: undefined };
			const parts = { ...header, associated: [], properties: {}, warnings: [], close() {} };
			const slide = tileSlide({ ...parts, readers: [await reader(image)] });
			return slide.readRegion(0, { x: 0, y: 0, widthPx, heightPx }, options);
		},
	};
}
