/**
 * What of a tile is to be measured, checked.
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import type { Pixels, Plane } from '../../image/pixels.ts';
import type { PixelFormat } from './fold.ts';

const RGB_BYTES = 3;
const SUBSAMPLINGS = [1, 2, 4];

/** A plane of bytes to be measured; interleaved RGB counts as one plane, three bytes a pixel. */
export interface SourcePlane {
	readonly data: Uint8Array;
	/** Used bytes of a row. */
	readonly widthBytes: number;
	readonly heightPx: number;
	readonly strideBytes: number;
}

/** A tile as planes, with the format its kernels are folded for. */
export interface SourceTile {
	readonly format: PixelFormat;
	readonly widthPx: number;
	readonly heightPx: number;
	readonly planes: readonly SourcePlane[];
	/** Only luma is wanted of these three channels: it has to be computed first. */
	readonly toLuma: boolean;
}

/** What of `tile` a model needs. @throws {ArgumentError} when planes are missing or smaller than the tile. */
export function sourceTile(tile: Pixels, planes: 'all' | 'luma'): SourceTile {
	const { widthPx, heightPx } = tile;
	const size = { widthPx, heightPx };
	if (tile.layout === 'rgb') {
		const plane = {
			data: tile.data,
			widthBytes: RGB_BYTES * widthPx,
			heightPx,
			strideBytes: RGB_BYTES * widthPx,
		};
		checkPlane(plane);
		const toLuma = planes === 'luma';
		return { ...size, format: formatOf(toLuma ? 'luma' : 'interleaved'), planes: [plane], toLuma };
	}
	const wanted = tile.colour === 'grey' || (planes === 'luma' && tile.colour === 'ycbcr') ? 1 : 3;
	const stored = tile.planes.slice(0, wanted);
	if (stored.length < wanted) {
		throw new ArgumentError('tile', `A ${tile.colour} tile needs ${wanted} planes; this one has ${stored.length}.`);
	}
	const [first, second, third] = stored;
	const source = { ...size, planes: stored.map(fromPlane), toLuma: false };
	checkCovers(first!, widthPx, heightPx);
	if (wanted === 1) return { ...source, format: formatOf('luma') };
	if (tile.colour === 'rgb') {
		checkCovers(second!, widthPx, heightPx);
		checkCovers(third!, widthPx, heightPx);
		const toLuma = planes === 'luma';
		return { ...source, format: formatOf(toLuma ? 'luma' : 'rgbPlanes'), toLuma };
	}
	const chromaX = subsampling(widthPx, Math.min(second!.widthPx, third!.widthPx));
	const chromaY = subsampling(heightPx, Math.min(second!.heightPx, third!.heightPx));
	return { ...source, format: { kind: 'ycbcr', chromaX, chromaY } };
}

function formatOf(kind: PixelFormat['kind']): PixelFormat {
	return { kind, chromaX: 1, chromaY: 1 };
}

function fromPlane({ data, widthPx, heightPx, strideBytes }: Plane): SourcePlane {
	const plane = { data, widthBytes: widthPx, heightPx, strideBytes };
	checkPlane(plane);
	return plane;
}

function checkPlane({ data, widthBytes, heightPx, strideBytes }: SourcePlane): void {
	const needed = heightPx > 0 ? (heightPx - 1) * strideBytes + widthBytes : 0;
	if (data.length < needed || strideBytes < widthBytes) {
		throw new ArgumentError(
			'tile',
			`A plane of ${widthBytes} x ${heightPx} bytes with rows ${strideBytes} bytes apart needs ${needed} bytes; ` +
				`this one has ${data.length}.`,
		);
	}
}

function checkCovers(plane: Plane, widthPx: number, heightPx: number): void {
	if (plane.widthPx >= widthPx && plane.heightPx >= heightPx) return;
	throw new ArgumentError(
		'tile',
		`A tile of ${widthPx} x ${heightPx} px has a plane of only ${plane.widthPx} x ${plane.heightPx} px.`,
	);
}

function subsampling(sizePx: number, chromaSizePx: number): number {
	const factor = SUBSAMPLINGS.find((candidate) => chromaSizePx * candidate >= sizePx);
	if (factor === undefined) {
		throw new ArgumentError(
			'tile',
			`Chroma of ${chromaSizePx} px for ${sizePx} px of luma is not 1, 1/2 or 1/4 of it.`,
		);
	}
	return factor;
}
