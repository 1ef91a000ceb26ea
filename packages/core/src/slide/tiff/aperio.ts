/**
 * Aperio SVS: a TIFF whose ImageDescription starts with `Aperio`. Levels are the tiled directories; the thumbnail is the
 * striped second one, label and macro are striped and named in their descriptions.
 * @module
 */
import type { AssociatedImage } from '../slide.ts';
import type { TiffDialect } from './dialect.ts';
import { pyramidOf } from './pyramid.ts';
import type { TiffImage } from './tiff-image.ts';

/** Reads Aperio SVS. */
export const aperio: TiffDialect = {
	recognises: ({ images }) => images[0]?.description.startsWith('Aperio') ?? false,

	async layout({ images }) {
		const first = images[0]!;
		const properties = aperioProperties(first.description);
		const tiled = images.filter((image) => image.grid.kind === 'tile');
		const levels = pyramidOf(tiled[0] ?? first, tiled);
		const mpp = decimal(properties['MPP']);
		return {
			format: 'aperio-svs',
			vendor: 'Aperio',
			levels,
			associated: images
				.filter((image) => !levels.includes(image))
				.map((image) => ({ name: associatedName(image, images), image })),
			tag: mpp === undefined ? undefined : { x: mpp, y: mpp, from: 'MPP' },
			objectivePower: decimal(properties['AppMag']),
			properties,
		};
	},
};

/**
 * The fields of a description: `Software line CR LF geometry|Key = value|Key = value…`.
 * @example
 * ```ts
 * aperioProperties('Aperio Image Library v11\r\n46000x32914 …|AppMag = 20|MPP = 0.4990')['MPP']; // '0.4990'
 * ```
 */
export function aperioProperties(description: string): Record<string, string> {
	const [head = '', ...fields] = description.split('|');
	const [software = '', geometry = ''] = head.split(/\r?\n/, 2);
	const properties: Record<string, string> = Object.create(null);
	properties['Software'] = software.trim();
	if (geometry.trim() !== '') properties['Geometry'] = geometry.trim();
	for (const field of fields.slice(0, 200)) {
		const equals = field.indexOf('=');
		const key = field.slice(0, Math.max(0, equals)).trim();
		if (key !== '') properties[key] = field.slice(equals + 1).trim();
	}
	return { ...properties };
}

/** A positive number; some locales write a decimal comma. */
function decimal(text: string | undefined): number | undefined {
	const value = Number(text?.replace(',', '.'));
	return text !== undefined && value > 0 && Number.isFinite(value) ? value : undefined;
}

function associatedName(image: TiffImage, images: readonly TiffImage[]): AssociatedImage['name'] {
	// The second line names it: `label 387x463`, `macro 1280x431`.
	const line = image.description.split('\n', 2)[1] ?? '';
	for (const name of ['label', 'macro'] as const) if (line.startsWith(name)) return name;
	// Without a name, the file type tells: 1 label, 9 macro (Aperio, "Digital Slides and Third-Party Data Interchange").
	if (image.grid.kind === 'strip' && image.subfileType === 1) return 'label';
	if (image.grid.kind === 'strip' && image.subfileType === 9) return 'macro';
	return image === images[1] ? 'thumbnail' : 'other';
}
