/**
 * Folding: the convolution is linear, so the 1/255, the colour matrix and the upsampling of chroma go into its weights,
 * and a tile is measured as it is stored.
 *
 * Chroma at lower resolution is taken as if each sample were repeated (nearest upsampling) and colours were not cut off
 * at 0 and 255. A decoder that interpolates chroma gives slightly other pixels; focus lives in luma, so little changes.
 * @module
 */
import { type FocusLiteNNDefinition, KERNEL_TAPS } from './definition.ts';

/** Bytes a line covers: one SIMD load. */
export const LINE_TAPS = 8;

/** How a tile's channels lie in memory, as far as kernels care. */
export interface PixelFormat {
	readonly kind: 'luma' | 'interleaved' | 'rgbPlanes' | 'ycbcr';
	/** Luma pixels a chroma sample stands for, on each axis: 1, 2 or 4. 1 unless `ycbcr`. */
	readonly chromaX: number;
	readonly chromaY: number;
}

/** Where a line of 8 bytes lies: in which plane, how many rows and bytes from the window's corner there. */
export interface LinePlace {
	readonly plane: number;
	readonly row: number;
	readonly byte: number;
}

/** A model's kernels for one pixel format. A kernel's lines are its luma lines, then the chroma lines of each phase. */
export interface FoldedKernels {
	readonly lumaLines: readonly LinePlace[];
	/** How many luma lines always follow each other without a gap: 3 for interleaved RGB, else 1. */
	readonly run: number;
	readonly chromaLines: readonly LinePlace[];
	/** All lines of a kernel: luma lines + phases * chroma lines. */
	readonly lines: number;
	/** `[kernel][line][LINE_TAPS]`, for pixels 0..255. */
	readonly weights: Float64Array;
	/** What is added to each kernel's sum. */
	readonly offsets: Float64Array;
}

/** R, G, B as sums of Y, Cb - 128, Cr - 128 (ITU-T T.871, section 7). */
const RGB_OF_YCBCR = [
	[1, 0, 1.402],
	[1, -0.344136286201022, -0.714136286201022],
	[1, 1.772, 0],
] as const;
const CHROMA_ZERO = 128;
const PIXEL_MAXIMUM = 255;

/** The kernels of `definition` for tiles of `format`. A luma model takes `luma` only. */
export function foldKernels(definition: FocusLiteNNDefinition, format: PixelFormat): FoldedKernels {
	if (format.kind === 'ycbcr') return foldYcbcr(definition, format);
	const taps = KERNEL_TAPS;
	const channels = format.kind === 'luma' ? 1 : 3;
	const interleaved = format.kind === 'interleaved';
	const places: LinePlace[] = [];
	for (let row = 0; row < taps; row++) {
		for (let group = 0; group < channels; group++) {
			places.push(interleaved ? { plane: 0, row, byte: group * LINE_TAPS } : { plane: group, row, byte: 0 });
		}
	}
	return build(definition, places, [], 1, (kernel, put) => {
		for (let row = 0; row < taps; row++) {
			for (let column = 0; column < taps; column++) {
				for (let channel = 0; channel < channels; channel++) {
					const byte = interleaved ? column * channels + channel : channel * LINE_TAPS + column;
					const line = row * channels + Math.floor(byte / LINE_TAPS);
					const weight =
						channels === 1
							? luminanceWeight(definition, kernel, row, column)
							: weightAt(definition, kernel, channel, row, column);
					put(line, byte % LINE_TAPS, weight);
				}
			}
		}
		return 0;
	});
}

function foldYcbcr(definition: FocusLiteNNDefinition, { chromaX, chromaY }: PixelFormat): FoldedKernels {
	const taps = KERNEL_TAPS;
	const chromaRows = Math.ceil((taps - 1) / chromaY) + 1;
	const phases = chromaX * chromaY;
	const luma = Array.from({ length: taps }, (_, row) => ({ plane: 0, row, byte: 0 }));
	const chroma = [1, 2].flatMap((plane) => Array.from({ length: chromaRows }, (_, row) => ({ plane, row, byte: 0 })));
	return build(definition, luma, chroma, phases, (kernel, put) => {
		let chromaSum = 0;
		for (let row = 0; row < taps; row++) {
			for (let column = 0; column < taps; column++) {
				for (let channel = 0; channel < 3; channel++) {
					const weight = weightAt(definition, kernel, channel, row, column);
					const [y, cb, cr] = RGB_OF_YCBCR[channel]!;
					put(row, column, weight * y);
					chromaSum += weight * (cb + cr);
					for (let phase = 0; phase < phases; phase++) {
						const line = taps + phase * chroma.length + Math.floor((row + Math.floor(phase / chromaX)) / chromaY);
						const tap = Math.floor((column + (phase % chromaX)) / chromaX);
						put(line, tap, weight * cb);
						put(line + chromaRows, tap, weight * cr);
					}
				}
			}
		}
		return -CHROMA_ZERO * chromaSum;
	});
}

/** Collects weights for pixels 0..255; `fill` gives those for 0..1 and what to add to the sum. */
function build(
	definition: FocusLiteNNDefinition,
	lumaLines: readonly LinePlace[],
	chromaLines: readonly LinePlace[],
	phases: number,
	fill: (kernel: number, put: (line: number, tap: number, weight: number) => void) => number,
): FoldedKernels {
	const lines = lumaLines.length + phases * chromaLines.length;
	const weights = new Float64Array(definition.kernels * lines * LINE_TAPS);
	const offsets = new Float64Array(definition.kernels);
	for (let kernel = 0; kernel < definition.kernels; kernel++) {
		const added = fill(kernel, (line, tap, weight) => {
			weights[(kernel * lines + line) * LINE_TAPS + tap]! += weight / PIXEL_MAXIMUM;
		});
		offsets[kernel] = definition.convBias[kernel]! + added / PIXEL_MAXIMUM;
	}
	const run = lumaLines.some(({ byte }) => byte > 0) ? 3 : 1;
	return { lumaLines, run, chromaLines, lines, weights, offsets };
}

/** The weight of a grey pixel: a luma model's own, or what an RGB model's three channels give together. */
function luminanceWeight(definition: FocusLiteNNDefinition, kernel: number, row: number, column: number): number {
	if (definition.planes === 'luma') return weightAt(definition, kernel, 0, row, column);
	return [0, 1, 2].reduce((sum, channel) => sum + weightAt(definition, kernel, channel, row, column), 0);
}

/** A weight of the convolution, for pixels 0..1. */
function weightAt(definition: FocusLiteNNDefinition, kernel: number, channel: number, row: number, column: number) {
	const channels = definition.planes === 'luma' ? 1 : 3;
	return definition.convWeight[((kernel * channels + channel) * KERNEL_TAPS + row) * KERNEL_TAPS + column]!;
}
