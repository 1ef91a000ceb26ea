/**
 * One response in double precision.
 * @module
 */
import { type FocusLiteNNDefinition, KERNEL_TAPS, RESPONSE_STRIDE_PX } from './definition.ts';
import { WINDOW_PX } from './window-size.ts';

const PIXEL_MAXIMUM = 255;

/** A crop of `WINDOW_PX` x `WINDOW_PX` pixels in memory: luma, or interleaved RGB. */
export interface CropPixels {
	readonly memory: Uint8Array;
	/** Offset of its first byte. */
	readonly crop: number;
	readonly strideBytes: number;
}

/** The response of a kernel at window (`x`, `y`) of the crop's grid; pixels outside the crop are black. */
export function respond(
	definition: FocusLiteNNDefinition,
	kernel: number,
	{ memory, crop, strideBytes }: CropPixels,
	{ x, y }: { readonly x: number; readonly y: number },
): number {
	const { convWeight, convBias, paddingPx, planes } = definition;
	const channels = planes === 'luma' ? 1 : 3;
	const left = x * RESPONSE_STRIDE_PX - paddingPx;
	const top = y * RESPONSE_STRIDE_PX - paddingPx;
	let sum = 0;
	let weight = kernel * channels * KERNEL_TAPS * KERNEL_TAPS;
	for (let channel = 0; channel < channels; channel++) {
		for (let row = top; row < top + KERNEL_TAPS; row++) {
			for (let column = left; column < left + KERNEL_TAPS; column++, weight++) {
				if (row < 0 || column < 0 || row >= WINDOW_PX || column >= WINDOW_PX) continue;
				sum += convWeight[weight]! * memory[crop + row * strideBytes + column * channels + channel]!;
			}
		}
	}
	return sum / PIXEL_MAXIMUM + convBias[kernel]!;
}
