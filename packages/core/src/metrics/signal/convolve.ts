/**
 * One-dimensional convolution along an axis of an image, edges repeated symmetrically (index -1 is 0, -2 is 1, n is n-1).
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import { type KernelExports, sharedKernels } from '../../kernels/kernels.ts';
import type { Signal } from './luma.ts';

/** Along which axis. */
export type Axis = 'horizontal' | 'vertical';

/** Outputs that the kernel makes in one go: with their margins they stay in a core's cache. */
const BLOCKS: Readonly<Record<Axis, { readonly widthPx: number; readonly heightPx: number }>> = {
	horizontal: { widthPx: 1024, heightPx: 16 },
	vertical: { widthPx: 256, heightPx: 256 },
};
/** Outputs the kernel makes side by side. */
const LANES = 8;
const SAMPLE_BYTES = 8;

/** A block of outputs and the samples around it that the kernel needs. */
interface Block {
	readonly x: number;
	readonly y: number;
	readonly widthPx: number;
	readonly heightPx: number;
	readonly axis: Axis;
	/** Samples before the first output along the axis. */
	readonly before: number;
	readonly taps: number;
}

/**
 * True convolution, output as large as the input: `out(m) = sum_k taps[k] * in(m + shift - k)`, in float64. The order of
 * summation is fixed: the samples in turn, or from the outermost pair inwards when the filter is symmetric about its middle.
 * @param shift - Default: the middle, `(n - 1) / 2` for odd `n`, `n / 2` for even.
 * @throws {ArgumentError} for no taps, or a shift outside them.
 */
export function convolve(input: Signal, taps: Float64Array, axis: Axis, shift: number = taps.length >> 1): Signal {
	if (!(shift >= 0 && shift < Math.max(1, taps.length)) || taps.length === 0) {
		throw new ArgumentError('shift', `A filter of ${taps.length} taps cannot be centred at ${shift}.`);
	}
	const { widthPx, heightPx } = input;
	const out = { widthPx, heightPx, data: new Float64Array(widthPx * heightPx) };
	const before = taps.length - 1 - shift;
	const most = BLOCKS[axis];
	const scratch = createScratch(taps, shift, axis);
	try {
		for (let y = 0; y < heightPx; y += most.heightPx) {
			for (let x = 0; x < widthPx; x += most.widthPx) {
				const size = { widthPx: Math.min(most.widthPx, widthPx - x), heightPx: Math.min(most.heightPx, heightPx - y) };
				convolveBlock(scratch, input, out, { x, y, ...size, axis, before, taps: taps.length });
			}
		}
	} finally {
		scratch.free();
	}
	return out;
}

interface Scratch {
	readonly kernels: KernelExports;
	readonly taps: number;
	readonly symmetric: boolean;
	readonly input: number;
	readonly output: number;
	free(): void;
}

/** Room in the kernels' memory for one block and its margins, and the taps in the order they meet the samples. */
function createScratch(taps: Float64Array, shift: number, axis: Axis): Scratch {
	const symmetric = taps.length === 2 * shift + 1 && taps.every((tap, k) => tap === taps[2 * shift - k]);
	const kernels = sharedKernels();
	const { widthPx, heightPx } = BLOCKS[axis];
	const inputs =
		axis === 'horizontal' ? (widthPx + taps.length) * heightPx : (widthPx + LANES) * (heightPx + taps.length);
	const pointer = kernels.alloc(SAMPLE_BYTES * (taps.length + inputs + widthPx * heightPx));
	const input = pointer + SAMPLE_BYTES * taps.length;
	new Float64Array(kernels.memory.buffer, pointer, taps.length).set(taps.toReversed());
	const output = input + SAMPLE_BYTES * inputs;
	return { kernels, taps: pointer, symmetric, input, output, free: () => kernels.free(pointer) };
}

function convolveBlock(
	{ kernels, taps, symmetric, input, output }: Scratch,
	from: Signal,
	to: Signal,
	block: Block,
): void {
	const { x, y, widthPx, heightPx, axis } = block;
	const columns = Math.ceil(widthPx / LANES) * LANES;
	const horizontal = axis === 'horizontal';
	// Rows a power of two apart would meet in the same few lines of the cache.
	const stride = horizontal ? columns + block.taps - 1 : columns + LANES;
	const rows = horizontal ? heightPx : heightPx + block.taps - 1;
	const samples = new Float64Array(kernels.memory.buffer, input, stride * rows);
	copyWithMargins(from, samples, stride, rows, block);
	const step = horizontal ? 1 : stride;
	if (symmetric) {
		kernels.convolveSymmetricBlock(input, stride, heightPx, columns, taps, block.taps >> 1, step, output);
	} else {
		kernels.convolveBlock(input, stride, heightPx, columns, taps, block.taps, step, output);
	}
	const made = new Float64Array(kernels.memory.buffer, output, columns * heightPx);
	for (let row = 0; row < heightPx; row++) {
		to.data.set(made.subarray(row * columns, row * columns + widthPx), (y + row) * to.widthPx + x);
	}
}

function copyWithMargins(from: Signal, samples: Float64Array, stride: number, rows: number, block: Block): void {
	const { x, y, axis, before } = block;
	const left = axis === 'horizontal' ? x - before : x;
	const top = axis === 'vertical' ? y - before : y;
	// Columns of the image itself; those left and right of it are mirrored one by one.
	const inner = Math.max(0, left);
	const end = Math.min(from.widthPx, left + stride);
	for (let row = 0; row < rows; row++) {
		const source = mirrored(top + row, from.heightPx) * from.widthPx;
		const target = row * stride - left;
		samples.set(from.data.subarray(source + inner, source + end), target + inner);
		for (let c = left; c < inner; c++) samples[target + c] = from.data[source + mirrored(c, from.widthPx)]!;
		for (let c = end; c < left + stride; c++) samples[target + c] = from.data[source + mirrored(c, from.widthPx)]!;
	}
}

/** Where `index` lands in 0..length-1 when the signal is mirrored at its ends, edge sample repeated. */
export function mirrored(index: number, length: number): number {
	const period = 2 * length;
	const wrapped = ((index % period) + period) % period;
	return wrapped < length ? wrapped : period - 1 - wrapped;
}
