/**
 * Zero padding without copying: a window that hangs over its crop's edge meets kernels whose overhanging weights are
 * zero, whatever pixels lie there.
 * @module
 */
import type { QuantisedKernels } from './bank.ts';
import { KERNEL_TAPS, RESPONSE_STRIDE_PX } from './definition.ts';
import { LINE_TAPS } from './fold.ts';

/** Windows of a crop that hang over the same edges, and the kernels they meet. */
export interface CropVariant {
	/** Indices of their columns and rows in the crop's grid of windows; their order is row by row. */
	readonly columns: readonly number[];
	readonly rows: readonly number[];
	readonly kernels: QuantisedKernels;
}

/** Which of the 7 taps along an axis meet pixels of the crop. */
interface AxisVariant {
	readonly windows: readonly number[];
	readonly inside: (tap: number) => boolean;
}

/** Windows along a crop of `cropPx` pixels padded by `paddingPx` on both sides. */
export function windowsAlongCrop(cropPx: number, paddingPx: number): number {
	return Math.floor((cropPx + 2 * paddingPx - KERNEL_TAPS) / RESPONSE_STRIDE_PX) + 1;
}

/** The variants of a square crop: one without padding, else up to nine. `channels` are interleaved in a line. */
export function cropVariants(
	quantised: QuantisedKernels,
	cropPx: number,
	paddingPx: number,
	channels: number,
): CropVariant[] {
	const axis = axisVariants(cropPx, paddingPx);
	return axis.flatMap((vertical) =>
		axis.map((horizontal) => ({
			columns: horizontal.windows,
			rows: vertical.windows,
			kernels: masked(quantised, channels, vertical.inside, horizontal.inside),
		})),
	);
}

function axisVariants(cropPx: number, paddingPx: number): AxisVariant[] {
	const variants = new Map<string, AxisVariant & { windows: number[] }>();
	const count = windowsAlongCrop(cropPx, paddingPx);
	for (let window = 0; window < count; window++) {
		const start = window * RESPONSE_STRIDE_PX - paddingPx;
		const first = Math.max(0, -start);
		const last = Math.min(KERNEL_TAPS, cropPx - start) - 1;
		const key = `${first}-${last}`;
		const variant = variants.get(key) ?? { windows: [], inside: (tap) => tap >= first && tap <= last };
		variant.windows.push(window);
		variants.set(key, variant);
	}
	return [...variants.values()];
}

function masked(
	quantised: QuantisedKernels,
	channels: number,
	rowInside: (tap: number) => boolean,
	columnInside: (tap: number) => boolean,
): QuantisedKernels {
	const weights = quantised.weights.map((weight, index) => {
		const line = Math.floor(index / LINE_TAPS) % quantised.lines;
		// As many lines of 8 bytes make a row of 7 pixels as there are channels.
		const row = Math.floor(line / channels);
		const byte = (line % channels) * LINE_TAPS + (index % LINE_TAPS);
		return rowInside(row) && columnInside(Math.floor(byte / channels)) ? weight : 0;
	});
	return { ...quantised, weights };
}
