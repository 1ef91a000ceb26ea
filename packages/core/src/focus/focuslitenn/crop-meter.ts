/**
 * Features of the crops of exact mode.
 * @module
 */
import type { RgbImage } from '../../image/pixels.ts';
import { type KernelExports, sharedKernels } from '../../kernels/kernels.ts';
import { createCellGrid } from '../cells.ts';
import { packBank, quantise } from './bank.ts';
import { cropVariants } from './crop-variants.ts';
import { type FocusLiteNNDefinition, RESPONSE_STRIDE_PX } from './definition.ts';
import { foldKernels, LINE_TAPS } from './fold.ts';
import { featureCount, poolFeatures } from './pooling.ts';
import { respond } from './respond.ts';
import { carve } from './scratch.ts';
import { WINDOW_PX, WINDOW_STRIDE_PX } from './window-size.ts';

const RGB_BYTES = 3;
const INT_BYTES = Int32Array.BYTES_PER_ELEMENT;
/** A list entry as `kernels/response/windows.ts` has it; crops use its first number only. */
const ENTRY_NUMBERS = 3;
/** `findExtremes` writes its result here and works in the rest. */
const EXTREMES_BYTES = 48;
/** Bytes that padded windows may touch (times zero) around the pixels, besides a row. */
const GUARD_BYTES = 64;

/** Features of each crop of a band of `columns` x `rows` crops, row by row. */
export type CropMeter = (band: RgbImage, columns: number, rows: number) => Float64Array[];

/** A variant as the kernels read it. */
interface PackedVariant {
	readonly columns: readonly number[];
	readonly rows: readonly number[];
	/** `[kernel][line]` for minima and maxima, a bank for statistics. */
	readonly weights: Uint8Array;
}

/** Where everything lies in the kernels' memory while a band is measured. */
interface BandLayout {
	readonly pixels: number;
	readonly strideBytes: number;
	readonly lines: number;
	readonly out: number;
	readonly lists: readonly number[];
	readonly weights: readonly number[];
}

/** The meter of a model. */
export function createCropMeter(definition: FocusLiteNNDefinition): CropMeter {
	const { paddingPx, planes, pooling, kernels } = definition;
	const channels = planes === 'luma' ? 1 : RGB_BYTES;
	const kind = planes === 'luma' ? 'luma' : 'interleaved';
	const folded = foldKernels(definition, { kind, chromaX: 1, chromaY: 1 });
	const variants = cropVariants(quantise(folded), WINDOW_PX, paddingPx, channels).map(
		({ columns, rows, kernels: quantised }): PackedVariant => ({
			columns,
			rows,
			weights: pooling === 'energy' ? packBank(quantised) : new Uint8Array(quantised.weights.buffer),
		}),
	);
	const emptyCell = createCellGrid(0, 0, 1, 1, kernels).data;

	/** Minimum and, where wanted, maximum of each kernel over a crop at `crop` bytes in memory. */
	function extremes(wasm: KernelExports, layout: BandLayout, crop: number): Float64Array {
		const { buffer } = wasm.memory;
		const memory = new Uint8Array(buffer);
		const found = new Int32Array(buffer, layout.out, 4);
		const features = new Float64Array(featureCount(pooling, kernels));
		const kernelBytes = folded.lines * LINE_TAPS * Int16Array.BYTES_PER_ELEMENT;
		let at = 0;
		for (let kernel = 0; kernel < kernels; kernel++) {
			const least = { sum: Number.POSITIVE_INFINITY, x: 0, y: 0 };
			const greatest = { sum: Number.NEGATIVE_INFINITY, x: 0, y: 0 };
			variants.forEach(({ columns, rows }, index) => {
				const weights = layout.weights[index]! + kernel * kernelBytes;
				const count = columns.length * rows.length;
				wasm.findExtremes(
					crop,
					layout.lists[index]!,
					count,
					layout.lines,
					folded.lines,
					folded.run,
					weights,
					layout.out,
				);
				if (found[0]! < least.sum) {
					least.sum = found[0]!;
					least.x = columns[found[1]! % columns.length]!;
					least.y = rows[Math.floor(found[1]! / columns.length)]!;
				}
				if (found[2]! > greatest.sum) {
					greatest.sum = found[2]!;
					greatest.x = columns[found[3]! % columns.length]!;
					greatest.y = rows[Math.floor(found[3]! / columns.length)]!;
				}
			});
			const pixels = { memory, crop, strideBytes: layout.strideBytes };
			features[at++] = respond(definition, kernel, pixels, least);
			if (pooling === 'minMax') features[at++] = respond(definition, kernel, pixels, greatest);
		}
		return features;
	}

	/** Features from the statistics of all responses of a crop. */
	function statistics(wasm: KernelExports, layout: BandLayout, crop: number): Float64Array {
		const sums = new Float32Array(wasm.memory.buffer, layout.out, emptyCell.length);
		sums.set(emptyCell);
		variants.forEach(({ columns, rows }, index) => {
			const count = columns.length * rows.length;
			const { lists, lines, weights, out } = layout;
			const bank = weights[index]!;
			const { run, lines: lineCount } = folded;
			wasm.accumulateResponses(crop, lists[index]!, count, lines, lineCount, 0, 0, lineCount, run, bank, kernels, out);
		});
		return poolFeatures(pooling, Float64Array.from(sums), kernels);
	}

	/** Puts the band and all tables into the kernels' memory. */
	function lay(wasm: KernelExports, band: RgbImage): BandLayout {
		const strideBytes = channels * band.widthPx;
		const guard = strideBytes + GUARD_BYTES;
		const lists = variants.map(({ columns, rows }) =>
			windowList(columns, rows, channels, strideBytes, definition.paddingPx),
		);
		// A view into the kernels' memory dies when that grows; its offset stays true.
		const offset = band.data.buffer === wasm.memory.buffer ? band.data.byteOffset : undefined;
		const count = variants.length;
		const pointers = carve([
			2 * guard + strideBytes * band.heightPx,
			channels === 1 ? band.data.length + GUARD_BYTES : 0,
			folded.lines * INT_BYTES,
			Math.max(EXTREMES_BYTES, emptyCell.byteLength),
			...lists.map((list) => list.byteLength),
			...variants.map(({ weights }) => weights.length),
		]) as [number, number, number, number, ...number[]];
		const [guarded, rgb, lines, out, ...tables] = pointers;
		const pixels = guarded + guard;
		const memory = new Uint8Array(wasm.memory.buffer);
		const ints = new Int32Array(wasm.memory.buffer);
		memory.set(
			offset === undefined ? band.data : memory.subarray(offset, offset + band.data.length),
			channels === 1 ? rgb : pixels,
		);
		if (channels === 1) wasm.lumaOfRgb(rgb, band.widthPx * band.heightPx, pixels);
		ints.set(
			folded.lumaLines.map(({ row, byte }) => row * strideBytes + byte),
			lines / INT_BYTES,
		);
		for (const [index, list] of lists.entries()) ints.set(list, tables[index]! / INT_BYTES);
		for (const [index, { weights }] of variants.entries()) memory.set(weights, tables[count + index]!);
		return { pixels, strideBytes, lines, out, lists: tables.slice(0, count), weights: tables.slice(count) };
	}

	return (band, columns, rows) => {
		const wasm = sharedKernels();
		const layout = lay(wasm, band);
		const measure = pooling === 'energy' ? statistics : extremes;
		const features: Float64Array[] = [];
		for (let row = 0; row < rows; row++) {
			for (let column = 0; column < columns; column++) {
				const offset = row * WINDOW_STRIDE_PX * layout.strideBytes + column * WINDOW_STRIDE_PX * channels;
				features.push(measure(wasm, layout, layout.pixels + offset));
			}
		}
		return features;
	};
}

/** Byte offsets of windows from their crop's corner, filled up with three copies of the last. */
function windowList(
	columns: readonly number[],
	rows: readonly number[],
	channels: number,
	strideBytes: number,
	paddingPx: number,
): Int32Array {
	const windows = columns.length * rows.length;
	const list = new Int32Array((windows + 3) * ENTRY_NUMBERS);
	for (let i = 0; i < windows + 3; i++) {
		const window = Math.min(i, windows - 1);
		const x = columns[window % columns.length]! * RESPONSE_STRIDE_PX - paddingPx;
		const y = rows[Math.floor(window / columns.length)]! * RESPONSE_STRIDE_PX - paddingPx;
		list[i * ENTRY_NUMBERS] = y * strideBytes + x * channels;
	}
	return list;
}
