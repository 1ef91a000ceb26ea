/**
 * PNG and JPEG pictures as slides of one level. The picture is decoded whole when its first tile is read, and kept.
 * @module
 */
import type { Codecs } from '../../codec/codecs.ts';
import { FormatError } from '../../errors.ts';
import { copyPixels, cropRgb } from '../../image/crop.ts';
import { greyImage, lumaPlane } from '../../image/luma-plane.ts';
import type { Pixels } from '../../image/pixels.ts';
import { toRgb } from '../../image/to-rgb.ts';
import type { ByteSource } from '../byte-source.ts';
import type { MaybeAsync } from '../maybe-async.ts';
import { chooseMpp, mppRange } from '../mpp.ts';
import type { Slide } from '../slide.ts';
import type { SlideFormat } from '../slide-format.ts';
import { readBytes } from '../source/read-range.ts';
import { type TileReader, tileSlide } from '../tile-slide.ts';
import { isJpeg, isPng, type PictureHeader, readJpegHeader, readPngHeader } from './picture-header.ts';

/** Largest picture, 400 MP: 1.2 GB once decoded. Larger images are for tiled formats. */
const maxPicturePx = 400e6;
const maxPictureBytes = 2 ** 29;
/** Side of the tiles a picture is presented in. */
const tilePx = 512;

/** PNG pictures; they need codecs with a fallback decoder. */
export const pngFormat: SlideFormat = {
	name: 'PNG',
	canRead: isPng,
	open: async (source, { codecs, mpp, signal }) =>
		pictureSlide(source, 'png', await readPngHeader(source, signal), codecs, mpp),
};

/** JPEG pictures; other than baseline ones need codecs with a fallback decoder. */
export const jpegFormat: SlideFormat = {
	name: 'JPEG',
	canRead: isJpeg,
	open: async (source, { codecs, mpp, signal }) =>
		pictureSlide(source, 'jpeg', await readJpegHeader(source, signal), codecs, mpp),
};

function pictureSlide(
	source: ByteSource,
	kind: 'png' | 'jpeg',
	header: PictureHeader,
	codecs: Codecs,
	userMpp: Slide['mpp'],
): Slide {
	const { widthPx, heightPx } = header;
	const what = `${kind.toUpperCase()} picture`;
	const refuse = (reason: 'corrupt' | 'too-large' | 'unsupported', words: string): never => {
		throw new FormatError(what, reason, `${source.name}: ${words}`);
	};
	if (!(widthPx > 0 && heightPx > 0)) refuse('corrupt', `a ${what} of ${widthPx} x ${heightPx} px cannot be.`);
	if (widthPx * heightPx > maxPicturePx || source.size > maxPictureBytes) {
		const size = `the ${what} of ${widthPx} x ${heightPx} px is larger than ${maxPicturePx / 1e6} MP.`;
		refuse('too-large', `${size} Convert it to a tiled TIFF, e.g. with \`vips tiffsave --tile --pyramid\`.`);
	}
	if (!codecs.supports(kind)) {
		refuse('unsupported', `reading ${kind.toUpperCase()} needs codecs with a fallback decoder (see createCodecs).`);
	}
	const warnings: string[] = [];
	const believable = (value: number): boolean => value >= mppRange.least && value <= mppRange.most;
	// Pictures carry the resolution of some screen; that is not worth a warning of its own.
	const tag =
		header.mpp && believable(header.mpp.x) && believable(header.mpp.y) ? { ...header.mpp, from: what } : undefined;
	return tileSlide({
		name: source.name,
		format: 'picture',
		vendor: 'unknown',
		readers: [pictureReader(source, kind, header, codecs)],
		mpp: chooseMpp({ tag }, userMpp, warnings),
		objectivePower: undefined,
		associated: [],
		properties: {},
		warnings,
		close: () => source.close?.(),
	});
}

function pictureReader(
	source: ByteSource,
	kind: 'png' | 'jpeg',
	{ widthPx, heightPx }: PictureHeader,
	codecs: Codecs,
): TileReader {
	let decoded: MaybeAsync<Pixels> | undefined;

	async function decode(): Promise<Pixels> {
		const bytes = await readBytes(source, 0, source.size);
		const layout = { widthPx, heightPx, colour: 'grey', samplesPerPixel: 1, bitsPerSample: 8 } as const;
		const pixels = codecs.decode(kind, bytes, layout);
		// Planes of our own decoder are views that its next call overwrites; others own their pixels.
		return pixels instanceof Promise ? await pixels : kept(pixels);
	}

	function whole(): MaybeAsync<Pixels> {
		decoded ??= decode().then(
			(pixels) => {
				decoded = pixels;
				return pixels;
			},
			(error) => {
				decoded = undefined;
				throw error;
			},
		);
		return decoded;
	}

	return {
		widthPx,
		heightPx,
		tileWidthPx: tilePx,
		tileHeightPx: tilePx,
		columns: Math.ceil(widthPx / tilePx),
		rows: Math.ceil(heightPx / tilePx),
		compression: kind,
		read(column, row, request) {
			const cut = (pixels: Pixels): Pixels => {
				const tile = cutTile(pixels, column * tilePx, row * tilePx);
				return request.planes === 'luma' ? greyImage(lumaPlane(tile)) : tile;
			};
			const pixels = whole();
			return pixels instanceof Promise ? pixels.then(cut) : cut(pixels);
		},
	};
}

/** Pixels to keep. Chroma is upsampled for the picture as a whole: tile by tile, it would show seams. */
function kept(pixels: Pixels): Pixels {
	return pixels.layout === 'planes' && pixels.colour === 'grey' ? copyPixels(pixels) : toRgb(pixels);
}

/** The tile with its top left corner at (x, y). Planes stay views. */
function cutTile(pixels: Pixels, x: number, y: number): Pixels {
	const widthPx = Math.min(tilePx, pixels.widthPx - x);
	const heightPx = Math.min(tilePx, pixels.heightPx - y);
	if (pixels.layout === 'rgb') return cropRgb(pixels, { x, y, widthPx, heightPx });
	const planes = pixels.planes.map(({ data, strideBytes }) => ({
		data: data.subarray(y * strideBytes + x),
		widthPx,
		heightPx,
		strideBytes,
	}));
	return { ...pixels, widthPx, heightPx, planes };
}
