/**
 * The directories of a phantom's TIFF: which there are, in which order, with which tags.
 * Sources: TIFF 6.0; TIFF Technical Note 2; the layout of Aperio SVS files as OpenSlide documents it.
 * @module
 */
import type { RgbImage, TiffDirectory, TiffDirectoryOptions, TiffValue, TiffWriter } from '@parfocal/core';
import type { ResolvedPhantomOptions } from './options.ts';
import type { LevelSize } from './pyramid.ts';

/** Rows of a strip of an associated picture. */
export const STRIP_ROWS = 16;

/** Longest side of the thumbnail, px: the first level that is no larger. */
export const THUMBNAIL_PX = 1024;

/** Size of the macro picture, px. */
export const MACRO_SIZE = { widthPx: 1200, heightPx: 400 } as const;

const JPEG = 7;
const UNCOMPRESSED = 1;
const RGB = 2;
const YCBCR = 6;
const REDUCED = 1;
/** NewSubfileType that Aperio gives to the macro picture. */
const MACRO = 9;
const SOFTWARE = 'Parfocal phantom';

/** Where each picture goes. */
export interface PhantomDirectories {
	/** By level of the chain of halvings; undefined for levels that the layout leaves out. */
	readonly levels: readonly (TiffDirectory | undefined)[];
	/** Aperio only. */
	readonly thumbnail?: TiffDirectory;
	readonly label?: TiffDirectory;
	readonly macro?: TiffDirectory;
}

/** Opens the directories of a slide in the order of its layout. */
export function openDirectories(
	tiff: TiffWriter,
	options: ResolvedPhantomOptions,
	sizes: readonly LevelSize[],
	jpegTables: Uint8Array,
	label: RgbImage,
): PhantomDirectories {
	const { tileSizePx, mpp } = options;
	const ycc: Pick<TiffDirectoryOptions, 'compression' | 'photometric' | 'bitsPerSample'> = {
		compression: JPEG,
		photometric: YCBCR,
		bitsPerSample: [8, 8, 8],
	};
	const tagsOf = (
		size: { widthPx: number; heightPx: number },
		subfile: number,
		about: string,
	): Record<number, TiffValue> => ({
		254: { type: 'long', values: [subfile] },
		...(options.layout === 'svs'
			? { 270: { type: 'ascii', values: aperioDescription(options, size, about) } }
			: {
					// 1 cm is 10,000 µm; coarser levels have fewer pixels to it.
					282: { type: 'rational', values: [(10_000 / mpp) * (size.widthPx / options.widthPx)] },
					283: { type: 'rational', values: [(10_000 / mpp) * (size.heightPx / options.heightPx)] },
					296: { type: 'short', values: [3] },
					305: { type: 'ascii', values: SOFTWARE },
				}),
	});
	const jpegTags = (): Record<number, TiffValue> => ({
		347: { type: 'undefined', values: jpegTables },
		530: { type: 'short', values: options.subsampling === '420' ? [2, 2] : [1, 1] },
		532: { type: 'rational', values: [0, 255, 128, 255, 128, 255] },
	});
	const levelDirectory = (level: number): TiffDirectory => {
		const size = sizes[level]!;
		const tiles = `(${tileSizePx}x${tileSizePx}) JPEG/YCC Q=${options.quality}`;
		const from = level === 0 ? '' : ` -> ${size.widthPx}x${size.heightPx}`;
		const subfile = options.layout === 'svs' || level === 0 ? 0 : REDUCED;
		return tiff.directory({
			widthPx: size.widthPx,
			heightPx: size.heightPx,
			layout: { tileWidthPx: tileSizePx, tileHeightPx: tileSizePx },
			...ycc,
			tags: { ...tagsOf(size, subfile, `${tiles}${from}`), ...jpegTags() },
		});
	};
	const strips = (size: { widthPx: number; heightPx: number }, subfile: number, about: string): TiffDirectory =>
		tiff.directory({
			widthPx: size.widthPx,
			heightPx: size.heightPx,
			layout: { rowsPerStrip: STRIP_ROWS },
			...ycc,
			tags: { ...tagsOf(size, subfile, about), ...jpegTags() },
		});

	if (options.layout === 'generic') return { levels: sizes.map((_, level) => levelDirectory(level)) };

	const levels: (TiffDirectory | undefined)[] = [levelDirectory(0)];
	const overview = sizes[overviewLevel(sizes)]!;
	const thumbnail = strips(overview, 0, `-> ${overview.widthPx}x${overview.heightPx} - `);
	for (let level = 1; level < sizes.length; level++) {
		levels.push(level % 2 === 0 && level <= lastAperioLevel(sizes) ? levelDirectory(level) : undefined);
	}
	const labelDirectory = tiff.directory({
		widthPx: label.widthPx,
		heightPx: label.heightPx,
		layout: { rowsPerStrip: label.heightPx },
		compression: UNCOMPRESSED,
		photometric: RGB,
		bitsPerSample: [8, 8, 8],
		tags: tagsOf(label, REDUCED, `label ${label.widthPx}x${label.heightPx}`),
	});
	const macro = strips(MACRO_SIZE, MACRO, `macro ${MACRO_SIZE.widthPx}x${MACRO_SIZE.heightPx}`);
	return { levels, thumbnail, label: labelDirectory, macro };
}

/** The level that becomes the thumbnail. */
export function overviewLevel(sizes: readonly LevelSize[]): number {
	const found = sizes.findIndex((size) => Math.max(size.widthPx, size.heightPx) <= THUMBNAIL_PX);
	return found < 0 ? sizes.length - 1 : found;
}

/** Aperio's levels go by fours, down to about the size of the thumbnail. */
function lastAperioLevel(sizes: readonly LevelSize[]): number {
	return 2 * Math.ceil(overviewLevel(sizes) / 2);
}

function aperioDescription(
	options: ResolvedPhantomOptions,
	size: { widthPx: number; heightPx: number },
	about: string,
): string {
	const library = `Aperio Image Library (${SOFTWARE})`;
	const { widthPx, heightPx, mpp } = options;
	if (about.startsWith('label') || about.startsWith('macro')) return `${library}\r\n${about}`;
	const whole = `${widthPx}x${heightPx} [0,0 ${widthPx}x${heightPx}] ${about}`;
	return `${library}\r\n${whole}|AppMag = ${Math.round(10 / mpp)}|MPP = ${mpp.toFixed(4)}|OriginalWidth = ${widthPx}|OriginalHeight = ${heightPx}`.replace(
		/\s+\|/,
		size.widthPx === widthPx ? '|' : ' |',
	);
}
