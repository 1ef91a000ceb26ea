/**
 * Kernel banks: folded kernels with 16-bit weights, packed as `accumulateResponses` reads them.
 * @module
 */
import { type FoldedKernels, LINE_TAPS } from './fold.ts';

/** Bytes before a block's lines: its scales and offsets. */
export const BLOCK_HEADER_BYTES = 32;
const LARGEST_WEIGHT = 32767;
/** Kernels a full block holds, one a SIMD lane; those left over get a block each. */
const LANES = 4;

/** Kernels with weights of 16 bits: a response is `scale * sum(weight * pixel) + offset`. */
export interface QuantisedKernels {
	readonly kernels: number;
	readonly lines: number;
	/** `[kernel][line][LINE_TAPS]`. */
	readonly weights: Int16Array;
	readonly scales: Float64Array;
	readonly offsets: Float64Array;
}

/**
 * Rounds each kernel's weights to 16 bits, which changes responses by about 1.5e-5 of the largest one.
 * Sums fit 32 bits: at most 147 weights (7 x 7 x 3) of at most 32767 meet pixels of at most 255.
 */
export function quantise({ weights, offsets, lines }: FoldedKernels): QuantisedKernels {
	const kernels = offsets.length;
	const size = lines * LINE_TAPS;
	const rounded = new Int16Array(weights.length);
	const scales = new Float64Array(kernels);
	for (let kernel = 0; kernel < kernels; kernel++) {
		const own = weights.subarray(kernel * size, (kernel + 1) * size);
		const largest = own.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
		const scale = largest === 0 ? 1 : largest / LARGEST_WEIGHT;
		scales[kernel] = scale;
		for (let i = 0; i < size; i++) rounded[kernel * size + i] = Math.round(own[i]! / scale);
	}
	return { kernels, lines, weights: rounded, scales, offsets };
}

/** Packs kernels into blocks of four, then single ones. */
export function packBank(quantised: QuantisedKernels): Uint8Array {
	const { kernels, lines } = quantised;
	const blocks: number[][] = [];
	for (let kernel = 0; kernel < kernels; ) {
		const lanes = kernels - kernel >= LANES ? LANES : 1;
		blocks.push(Array.from({ length: lanes }, (_, lane) => kernel + lane));
		kernel += lanes;
	}
	const bytes = blocks.reduce((sum, block) => sum + blockBytes(block.length, lines), 0);
	const bank = new Uint8Array(bytes);
	let at = 0;
	for (const block of blocks) {
		writeBlock(quantised, block, bank, at);
		at += blockBytes(block.length, lines);
	}
	return bank;
}

/** Bytes of a block of `lanes` kernels of `lines` lines. */
function blockBytes(lanes: number, lines: number): number {
	return BLOCK_HEADER_BYTES + lines * LINE_TAPS * Int16Array.BYTES_PER_ELEMENT * lanes;
}

function writeBlock(quantised: QuantisedKernels, block: readonly number[], bank: Uint8Array, at: number): void {
	const { lines, weights, scales, offsets } = quantised;
	const header = new Float32Array(bank.buffer, at, 2 * LANES);
	for (let lane = 0; lane < LANES; lane++) {
		const kernel = block[lane % block.length]!;
		header[lane] = scales[kernel]!;
		header[LANES + lane] = offsets[kernel]!;
	}
	const lanes = new Int16Array(bank.buffer, at + BLOCK_HEADER_BYTES, lines * LINE_TAPS * block.length);
	for (let line = 0; line < lines; line++) {
		block.forEach((kernel, lane) => {
			const from = (kernel * lines + line) * LINE_TAPS;
			lanes.set(weights.subarray(from, from + LINE_TAPS), (line * block.length + lane) * LINE_TAPS);
		});
	}
}
