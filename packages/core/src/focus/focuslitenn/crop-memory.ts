/**
 * The kernels' memory while exact mode measures a band of crops.
 * @module
 */
import type { RgbImage } from '../../image/pixels.ts';
import { type KernelExports, sharedKernels } from '../../kernels/kernels.ts';
import type { CropKernels, PackedVariant } from './crop-kernels.ts';
import { RESPONSE_STRIDE_PX } from './definition.ts';
import { carve } from './scratch.ts';

const INT_BYTES = Int32Array.BYTES_PER_ELEMENT;
/** A list entry as `kernels/response/windows.ts` has it; crops use its first number only. */
const ENTRY_NUMBERS = 3;
/** The kernels take four windows at a time. */
const LIST_SPARE = 3;
/** Bytes that padded windows may touch (times zero) around the pixels, besides a row. */
const GUARD_BYTES = 64;

/** Pointers; `lists` and `weights` have one a variant. */
export interface CropMemory {
	readonly wasm: KernelExports;
	/** The first pixel of the band. */
	readonly pixels: number;
	readonly strideBytes: number;
	readonly lines: number;
	readonly lists: readonly number[];
	readonly weights: readonly number[];
	/** Room for results. */
	readonly out: number;
}

/** Puts a band of pixels (as luma when the model wants that) and all tables into memory, with room for results. */
export function layCropMemory(
	{ channels, lines, variants }: CropKernels,
	band: RgbImage,
	paddingPx: number,
	outBytes: number,
): CropMemory {
	const wasm = sharedKernels();
	const { data } = band;
	const strideBytes = channels * band.widthPx;
	const guard = strideBytes + GUARD_BYTES;
	const windows = variants.map((variant) => windowList(variant, channels, strideBytes, paddingPx));
	// A view into the kernels' memory dies when that grows; its offset stays true.
	const offset = data.buffer === wasm.memory.buffer ? data.byteOffset : undefined;
	const [guarded, rgb, linesAt, out, ...tables] = carve([
		2 * guard + strideBytes * band.heightPx,
		channels === 1 ? data.length + GUARD_BYTES : 0,
		lines.length * INT_BYTES,
		outBytes,
		...windows.map((list) => list.byteLength),
		...variants.map(({ weights }) => weights.length),
	]) as [number, number, number, number, ...number[]];
	const pixels = guarded + guard;
	const lists = tables.slice(0, variants.length);
	const weights = tables.slice(variants.length);

	const bytes = new Uint8Array(wasm.memory.buffer);
	const ints = new Int32Array(wasm.memory.buffer);
	const source = offset === undefined ? data : bytes.subarray(offset, offset + band.widthPx * band.heightPx * 3);
	bytes.set(source, channels === 1 ? rgb : pixels);
	if (channels === 1) wasm.lumaOfRgb(rgb, band.widthPx * band.heightPx, pixels);
	const lineOffsets = lines.map(({ row, byte }) => row * strideBytes + byte);
	ints.set(lineOffsets, linesAt / INT_BYTES);
	for (const [index, list] of windows.entries()) ints.set(list, lists[index]! / INT_BYTES);
	for (const [index, variant] of variants.entries()) bytes.set(variant.weights, weights[index]!);
	return { wasm, pixels, strideBytes, lines: linesAt, lists, weights, out };
}

/** Byte offsets of windows from their crop's corner, filled up with copies of the last. */
function windowList(
	{ columns, rows }: PackedVariant,
	channels: number,
	strideBytes: number,
	paddingPx: number,
): Int32Array {
	const windows = columns.length * rows.length;
	const list = new Int32Array((windows + LIST_SPARE) * ENTRY_NUMBERS);
	for (let i = 0; i < windows + LIST_SPARE; i++) {
		const window = Math.min(i, windows - 1);
		const x = columns[window % columns.length]! * RESPONSE_STRIDE_PX - paddingPx;
		const y = rows[Math.floor(window / columns.length)]! * RESPONSE_STRIDE_PX - paddingPx;
		list[i * ENTRY_NUMBERS] = y * strideBytes + x * channels;
	}
	return list;
}
