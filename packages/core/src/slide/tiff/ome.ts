/**
 * OME-TIFF: OME-XML in the first ImageDescription says what the directories are; pyramids lie in SubIFDs.
 * Source: OME-TIFF specification 6.x and OME model 2016-06 (docs.openmicroscopy.org).
 * @module
 */
import type { MppFacts } from '../mpp.ts';
import type { AssociatedImage } from '../slide.ts';
import type { TiffDialect } from './dialect.ts';
import { pyramidOf } from './pyramid.ts';
import type { TiffImage } from './tiff-image.ts';
import { xmlElements } from './xml-elements.ts';

/** Reads OME-TIFF. */
export const ome: TiffDialect = {
	recognises: ({ images }) => isOmeXml(images[0]?.description ?? ''),

	async layout(contents) {
		const { images, warnings } = contents;
		const described = parseOme(images[0]!.description);
		const [slide] = described;
		/** By its place in the file's chain: unsound directories are missing from `images`. */
		const imageAt = (index: number): TiffImage | undefined =>
			images.find(({ directory }) => directory === contents.file.directories[index]);
		const first = imageAt(slide?.firstDirectory ?? 0) ?? images[0]!;
		const below = await contents.subImages(first);
		// Pyramids written before SubIFDs were agreed on lie in the main chain.
		const levels = pyramidOf(first, below.length > 0 ? below : images);
		if ((slide?.planes ?? 1) > 1) {
			warnings.push(`The image has ${slide?.planes} planes (channels, depths or times); the first is read.`);
		}
		return {
			format: 'ome-tiff',
			vendor: slide?.vendor ?? 'unknown',
			levels,
			associated: described.slice(1).flatMap(({ name, firstDirectory }) => {
				const image = imageAt(firstDirectory);
				return image === undefined || levels.includes(image) ? [] : [{ name: associatedName(name), image }];
			}),
			tag: slide?.tag,
			objectivePower: slide?.objectivePower,
			properties: slide?.properties ?? {},
		};
	},
};

/** True for a text whose root element is `OME`. */
export function isOmeXml(description: string): boolean {
	const start = description.slice(0, 2048);
	return description.trimStart().startsWith('<') && (start.includes('<OME') || start.includes(':OME '));
}

/** What OME-XML says of one image. */
export interface OmeImage extends MppFacts {
	readonly name: string;
	/** Index of its first directory in the main chain. */
	readonly firstDirectory: number;
	/** Directories it takes: channels x depths x times, interleaved channels counting once. */
	readonly planes: number;
	readonly vendor: string | undefined;
	readonly properties: Readonly<Record<string, string>>;
}

interface Draft {
	name: string;
	objective: string | undefined;
	pixels: Readonly<Record<string, string>>;
	samplesPerPixel: number;
	firstDirectory: number | undefined;
}

/** The images of an OME-XML text, in order. */
export function parseOme(xml: string): OmeImage[] {
	const objectives = new Map<string, number>();
	const drafts: Draft[] = [];
	let vendor: string | undefined;
	for (const { name, attributes, path } of xmlElements(xml)) {
		const draft = path.includes('Image') ? drafts.at(-1) : undefined;
		if (name === 'Objective') objectives.set(attributes['ID'] ?? '', Number(attributes['NominalMagnification']));
		else if (name === 'Microscope') vendor ??= attributes['Manufacturer'];
		else if (name === 'Image' && path.length === 1) {
			const empty = { objective: undefined, pixels: {}, samplesPerPixel: 1, firstDirectory: undefined };
			drafts.push({ name: attributes['Name'] ?? '', ...empty });
		} else if (draft === undefined) continue;
		else if (name === 'ObjectiveSettings' || name === 'ObjectiveRef') draft.objective = attributes['ID'];
		else if (name === 'Pixels') draft.pixels = attributes;
		else if (name === 'Channel') draft.samplesPerPixel = whole(attributes['SamplesPerPixel'], draft.samplesPerPixel);
		else if (name === 'TiffData') draft.firstDirectory ??= whole(attributes['IFD'], 0, 0);
	}
	let directory = 0;
	return drafts.map((draft) => {
		const { pixels } = draft;
		const size = (key: string): number => whole(pixels[key], 1);
		const planes = Math.max(1, (size('SizeC') / draft.samplesPerPixel) * size('SizeZ') * size('SizeT'));
		const firstDirectory = draft.firstDirectory ?? directory;
		directory = firstDirectory + Math.ceil(planes);
		const power =
			objectives.get(draft.objective ?? '') ?? (objectives.size === 1 ? [...objectives.values()][0] : undefined);
		return {
			name: draft.name,
			firstDirectory,
			planes,
			vendor,
			tag: physicalSize(pixels),
			objectivePower: power !== undefined && power > 0 && Number.isFinite(power) ? power : undefined,
			properties: { ...(draft.name !== '' && { Name: draft.name }), ...pixels },
		};
	});
}

/** Micrometres in each length unit of the OME model. */
const unitUm: Readonly<Record<string, number>> = {
	pm: 1e-6,
	Å: 1e-4,
	nm: 1e-3,
	um: 1,
	µm: 1,
	μm: 1,
	mm: 1e3,
	cm: 1e4,
	m: 1e6,
	in: 25_400,
};

function physicalSize(pixels: Readonly<Record<string, string>>): MppFacts['tag'] {
	const [x, y] = ['X', 'Y'].map((axis) => {
		const size = pixels[`PhysicalSize${axis}`];
		const unit = pixels[`PhysicalSize${axis}Unit`] ?? 'µm';
		return size === undefined ? Number.NaN : Number(size) * (unitUm[unit] ?? Number.NaN);
	}) as [number, number];
	return Number.isNaN(x) || Number.isNaN(y) ? undefined : { x, y, from: 'PhysicalSizeX' };
}

function whole(text: string | undefined, otherwise: number, least = 1): number {
	const value = Number(text ?? Number.NaN);
	return Number.isInteger(value) && value >= least ? value : otherwise;
}

function associatedName(name: string): AssociatedImage['name'] {
	const words = name.toLowerCase();
	if (words.includes('label')) return 'label';
	if (words.includes('macro') || words.includes('overview')) return 'macro';
	return words.includes('thumb') ? 'thumbnail' : 'other';
}
