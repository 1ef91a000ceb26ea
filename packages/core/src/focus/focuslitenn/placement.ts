/**
 * Where a tile's bytes lie in the kernels' memory: where the decoder has put them, or else in a copy.
 * @module
 */
import { sharedKernels } from '../../kernels/kernels.ts';
import { LINE_TAPS } from './fold.ts';
import type { SourcePlane, SourceTile } from './source-tile.ts';

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
	const stored = inPlace(source) ?? copies(source.planes);
	return source.toLuma ? lumaOf(source, stored) : stored;
}

/** Uses the planes where they are; undefined when they lie elsewhere or apart in unlike ways. */
function inPlace({ planes }: SourceTile): Placement | undefined {
	const { buffer } = sharedKernels().memory;
	const usable = planes.every(
		({ data, strideBytes }, index) =>
			data.buffer === buffer &&
			data.byteOffset + data.length + LINE_TAPS <= buffer.byteLength &&
			// The last two planes are addressed from one place; so are all three of RGB.
			(index === 0 || strideBytes === planes.at(-1)!.strideBytes),
	);
	if (!usable) return undefined;
	const placed = planes.map(({ data, strideBytes }) => ({ pointer: data.byteOffset, strideBytes }));
	return { bytes: 0, place: () => placed };
}

function copies(planes: readonly SourcePlane[]): Placement {
	const { buffer } = sharedKernels().memory;
	// A view into the kernels' memory dies when that grows; its offset stays true.
	const offsets = planes.map(({ data }) => (data.buffer === buffer ? data.byteOffset : undefined));
	const bytes = planes.reduce((sum, plane) => sum + plane.widthBytes * plane.heightPx, LINE_TAPS);
	const place = (scratch: number): readonly PlacedPlane[] => {
		const memory = new Uint8Array(sharedKernels().memory.buffer);
		let next = scratch;
		return planes.map((plane, index) => {
			const pointer = next;
			const offset = offsets[index];
			copyRows(offset === undefined ? plane.data : memory.subarray(offset), plane, memory, pointer);
			next += plane.widthBytes * plane.heightPx;
			return { pointer, strideBytes: plane.widthBytes };
		});
	};
	return { bytes, place };
}

function copyRows(
	data: Uint8Array,
	{ widthBytes, heightPx, strideBytes }: SourcePlane,
	memory: Uint8Array,
	to: number,
): void {
	if (strideBytes === widthBytes) {
		memory.set(data.subarray(0, widthBytes * heightPx), to);
		return;
	}
	for (let y = 0; y < heightPx; y++) {
		const from = y * strideBytes;
		memory.set(data.subarray(from, from + widthBytes), to + y * widthBytes);
	}
}

/** Luma of RGB, rounded to bytes as in a JPEG (ITU-T T.871). */
function lumaOf({ widthPx, heightPx, planes }: SourceTile, stored: Placement): Placement {
	const lumaBytes = widthPx * heightPx + LINE_TAPS;
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
