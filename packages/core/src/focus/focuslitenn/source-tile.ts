/**
 * What of a tile is to be measured, checked.
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import type { Pixels, PlanarImage, Plane } from '../../image/pixels.ts';
import { sharedKernels } from '../../kernels/kernels.ts';
import type { PixelFormat } from './fold.ts';

const RGB_BYTES = 3;
const SUBSAMPLINGS = [1, 2, 4];

/** A plane of bytes to be measured; interleaved RGB counts as one plane, three bytes a pixel. */
export interface SourcePlane {
	readonly data: Uint8Array;
	/**
	 * Where it lies in the kernels' memory, if there: noted at once, because a view of that memory dies when it grows,
	 * while the offset stays true.
	 */
	readonly offset: number | undefined;
	/** Bytes of a row and rows that the tile covers. */
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
	const toLuma = planes === 'luma';
	if (tile.layout === 'rgb') {
		const strideBytes = RGB_BYTES * widthPx;
		const plane = sourcePlane(tile.data, strideBytes, strideBytes, heightPx);
		return { format: formatOf(toLuma ? 'luma' : 'interleaved'), widthPx, heightPx, planes: [plane], toLuma };
	}
	const [first, second, third] = tile.planes;
	if (first === undefined) throw missing(tile, 1);
	const full = (plane: Plane): SourcePlane => partOf(plane, widthPx, heightPx);
	if (tile.colour === 'grey' || (toLuma && tile.colour === 'ycbcr')) {
		return { format: formatOf('luma'), widthPx, heightPx, planes: [full(first)], toLuma: false };
	}
	if (second === undefined || third === undefined) throw missing(tile, 3);
	if (tile.colour === 'rgb') {
		const stored = [first, second, third].map(full);
		return { format: formatOf(toLuma ? 'luma' : 'rgbPlanes'), widthPx, heightPx, planes: stored, toLuma };
	}
	const chromaX = subsampling(widthPx, Math.min(second.widthPx, third.widthPx));
	const chromaY = subsampling(heightPx, Math.min(second.heightPx, third.heightPx));
	const chroma = (plane: Plane): SourcePlane =>
		partOf(plane, Math.ceil(widthPx / chromaX), Math.ceil(heightPx / chromaY));
	return {
		format: { kind: 'ycbcr', chromaX, chromaY },
		widthPx,
		heightPx,
		planes: [full(first), chroma(second), chroma(third)],
		toLuma: false,
	};
}

function formatOf(kind: PixelFormat['kind']): PixelFormat {
	return { kind, chromaX: 1, chromaY: 1 };
}

function missing({ colour, planes }: PlanarImage, needed: number): ArgumentError {
	return new ArgumentError('tile', `A ${colour} tile needs ${needed} planes; this one has ${planes.length}.`);
}

/** The upper left part of a plane. */
function partOf(plane: Plane, widthPx: number, heightPx: number): SourcePlane {
	if (plane.widthPx < widthPx || plane.heightPx < heightPx) {
		throw new ArgumentError(
			'tile',
			`A plane of ${plane.widthPx} x ${plane.heightPx} px is too small: the tile needs ${widthPx} x ${heightPx} px.`,
		);
	}
	return sourcePlane(plane.data, plane.strideBytes, widthPx, heightPx);
}

function sourcePlane(data: Uint8Array, strideBytes: number, widthBytes: number, heightPx: number): SourcePlane {
	const needed = heightPx > 0 ? (heightPx - 1) * strideBytes + widthBytes : 0;
	if (data.length < needed || strideBytes < widthBytes) {
		throw new ArgumentError(
			'tile',
			`A plane of ${widthBytes} x ${heightPx} bytes with rows ${strideBytes} bytes apart needs ${needed} bytes; ` +
				`this one has ${data.length}.`,
		);
	}
	const offset = data.buffer === sharedKernels().memory.buffer ? data.byteOffset : undefined;
	return { data, offset, widthBytes, heightPx, strideBytes };
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
