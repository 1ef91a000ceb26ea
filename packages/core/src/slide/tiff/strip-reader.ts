/**
 * Strips read as tiles: bands over the full width, about 256 rows high, however high the strips are.
 * @module
 */
import type { TileRequest } from '../../codec/tile-codec.ts';
import { blankRgb, copyPixels, pasteRgb } from '../../image/crop.ts';
import { greyImage } from '../../image/luma-plane.ts';
import type { Pixels, Plane } from '../../image/pixels.ts';
import { toRgb } from '../../image/to-rgb.ts';
import { whenReady } from '../maybe-async.ts';
import type { TileReader } from '../tile-slide.ts';
import { compressions, photometric } from './tags.ts';
import { chunkRows } from './tiff-image.ts';
import type { ChunkReader } from './tile-reader.ts';

/** Bands are this high, rounded up to whole strips; strips that are higher are cut. */
const bandRows = 256;
/** Largest band: 64 MP. */
const maxBandPx = 2 ** 26;

/** Presents the strips of an image as tiles. Memory: a band, and the last strip where strips are higher than bands. */
export function stripReader(chunks: ChunkReader): TileReader {
	const { image } = chunks;
	const { widthPx, heightPx, grid } = image;
	const wanted = grid.heightPx >= bandRows ? bandRows : grid.heightPx * Math.ceil(bandRows / grid.heightPx);
	const tileHeightPx = Math.max(1, Math.min(wanted, heightPx, Math.floor(maxBandPx / widthPx)));
	const isGrey = image.photometric === photometric.blackIsZero || image.photometric === photometric.whiteIsZero;
	// Rows of an uncompressed strip can be read by themselves; of others the whole strip, kept for the next band.
	const isSliced = image.compression === 1;
	let kept: { readonly strip: number; readonly luma: boolean; readonly pixels: Pixels } | undefined;

	return {
		widthPx,
		heightPx,
		tileWidthPx: widthPx,
		tileHeightPx,
		columns: 1,
		rows: Math.ceil(heightPx / tileHeightPx),
		compression: compressions[image.compression] ?? 'unknown',
		async read(_column, row, request, signal) {
			const top = row * tileHeightPx;
			const bottom = Math.min(heightPx, top + tileHeightPx);
			const band =
				isGrey || request.planes === 'luma' ? greyBand(widthPx, bottom - top) : rgbBand(widthPx, bottom - top);
			for (let y = top; y < bottom; ) {
				const strip = Math.floor(y / grid.heightPx);
				const stripTop = strip * grid.heightPx;
				const stripRows = chunkRows(image, strip);
				const end = Math.min(bottom, stripTop + stripRows);
				if (isSliced) {
					const pixels = chunks.read(strip, end - y, request, signal, y - stripTop);
					if (pixels) await whenReady(pixels, (part) => band.paste(part, y - top));
				} else {
					await pasteStrip(strip, stripRows, request, signal, (part) => band.paste(part, stripTop - top));
				}
				y = end;
			}
			return band.pixels;
		},
	};

	async function pasteStrip(
		strip: number,
		rows: number,
		request: TileRequest,
		signal: AbortSignal | undefined,
		paste: (part: Pixels) => void,
	): Promise<void> {
		const luma = request.planes === 'luma';
		if (kept?.strip === strip && kept.luma === luma) return paste(kept.pixels);
		const pixels = chunks.read(strip, rows, request, signal);
		if (pixels === undefined) return undefined;
		await whenReady(pixels, (part) => {
			paste(part);
			kept = rows > tileHeightPx ? { strip, luma, pixels: copyPixels(part) } : undefined;
		});
	}
}

interface Band {
	readonly pixels: Pixels;
	/** Copies a part into the band, its first row at row `y` of the band; rows outside are left out. */
	paste(part: Pixels, y: number): void;
}

function rgbBand(widthPx: number, heightPx: number): Band {
	const pixels = blankRgb(widthPx, heightPx);
	return { pixels, paste: (part, y) => pasteRgb(pixels, toRgb(part), 0, y) };
}

function greyBand(widthPx: number, heightPx: number): Band {
	const plane: Plane = {
		data: new Uint8Array(widthPx * heightPx).fill(255),
		widthPx,
		heightPx,
		strideBytes: widthPx,
	};
	return {
		pixels: greyImage(plane),
		paste(part, y) {
			if (part.layout === 'rgb') return;
			const from = part.planes[0]!;
			for (let row = Math.max(0, -y); row < Math.min(from.heightPx, heightPx - y); row++) {
				const start = row * from.strideBytes;
				plane.data.set(from.data.subarray(start, start + widthPx), (y + row) * widthPx);
			}
		},
	};
}
