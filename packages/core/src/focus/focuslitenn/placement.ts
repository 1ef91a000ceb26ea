/**
 * Where a tile's bytes lie in the kernels' memory: where the decoder has put them, or else in a copy.
 * @module
 */
import { sharedKernels } from '../../kernels/kernels.ts';
import type { SourcePlane, SourceTile } from './source-tile.ts';

/** The kernels may read this far past the last pixel, and write as far past the last luma byte. */
const SPARE_BYTES = 16;

/** A plane in the kernels' memory. */
export interface PlacedPlane {
	readonly pointer: number;
	readonly strideBytes: number;
}

/** How a tile will be placed: decided before memory is carved (which may move it), done after. */
export interface Placement {
	/** Bytes of scratch memory it takes. */
	readonly bytes: number;
	/** Puts the tile in place; `scratch` points to `bytes` bytes. */
	place(scratch: number): readonly PlacedPlane[];
}

/** Plans where the planes of `source`, or its luma when only that is wanted, will lie. */
export function planPlacement(source: SourceTile): Placement {
	const stored = liesInPlace(source) ? inPlace(source) : copies(source);
	return source.toLuma ? lumaOf(source, stored) : stored;
}

/** True when the planes can be measured where they are: all in the kernels' memory, and laid out alike. */
export function liesInPlace({ planes, format }: SourceTile): boolean {
	const { byteLength } = sharedKernels().memory.buffer;
	// Chroma planes are addressed from one place; so are all three of RGB.
	const alike = format.kind === 'ycbcr' ? planes.slice(1) : planes;
	return (
		alike.every(({ strideBytes }) => strideBytes === alike[0]!.strideBytes) &&
		planes.every(
			({ offset, strideBytes, heightPx }) =>
				offset !== undefined && offset + heightPx * strideBytes + SPARE_BYTES <= byteLength,
		)
	);
}

function inPlace({ planes }: SourceTile): Placement {
	const placed = planes.map(({ offset, strideBytes }) => ({ pointer: offset!, strideBytes }));
	return { bytes: 0, place: () => placed };
}

function copies({ planes }: SourceTile): Placement {
	const bytes = planes.reduce((sum, plane) => sum + plane.widthBytes * plane.heightPx, SPARE_BYTES);
	const place = (scratch: number): readonly PlacedPlane[] => {
		const memory = new Uint8Array(sharedKernels().memory.buffer);
		let next = scratch;
		return planes.map((plane) => {
			const pointer = next;
			copyRows(plane, memory, pointer);
			next += plane.widthBytes * plane.heightPx;
			return { pointer, strideBytes: plane.widthBytes };
		});
	};
	return { bytes, place };
}

function copyRows(
	{ data, offset, widthBytes, heightPx, strideBytes }: SourcePlane,
	memory: Uint8Array,
	to: number,
): void {
	const source = offset === undefined ? data : memory.subarray(offset);
	if (strideBytes === widthBytes) {
		memory.set(source.subarray(0, widthBytes * heightPx), to);
		return;
	}
	for (let y = 0; y < heightPx; y++) {
		const from = y * strideBytes;
		memory.set(source.subarray(from, from + widthBytes), to + y * widthBytes);
	}
}

/** Luma of RGB, rounded to bytes as in a JPEG (ITU-T T.871). */
function lumaOf({ widthPx, heightPx, planes }: SourceTile, stored: Placement): Placement {
	const lumaBytes = widthPx * heightPx + SPARE_BYTES;
	const place = (scratch: number): readonly PlacedPlane[] => {
		const [red, green, blue] = stored.place(scratch + lumaBytes);
		const kernels = sharedKernels();
		for (let y = 0; y < heightPx; y++) {
			const out = scratch + y * widthPx;
			const row = red!.pointer + y * red!.strideBytes;
			if (planes.length === 1) kernels.lumaOfRgb(row, widthPx, out);
			else {
				const greenRow = green!.pointer + y * green!.strideBytes;
				kernels.lumaOfPlanes(row, greenRow, blue!.pointer + y * blue!.strideBytes, widthPx, out);
			}
		}
		return [{ pointer: scratch, strideBytes: widthPx }];
	};
	return { bytes: lumaBytes + stored.bytes, place };
}
