/**
 * A model's kernels as exact mode runs them.
 * @module
 */
import { packBank, quantise } from './bank.ts';
import { cropVariants } from './crop-variants.ts';
import type { FocusLiteNNDefinition } from './definition.ts';
import { foldKernels, type LinePlace } from './fold.ts';
import { WINDOW_PX } from './window-size.ts';

/** Windows that share kernels, and those kernels as the WASM functions read them. */
export interface PackedVariant {
	/** Indices of columns and rows in a crop's grid of windows; windows go row by row. */
	readonly columns: readonly number[];
	readonly rows: readonly number[];
	/** `[kernel][line]` for minima and maxima, a bank for statistics. */
	readonly weights: Uint8Array;
}

/** See the module. */
export interface CropKernels {
	/** Bytes of a pixel: 1 for luma, 3 for RGB. */
	readonly channels: number;
	readonly lines: readonly LinePlace[];
	/** How many lines follow each other without a gap. */
	readonly run: number;
	readonly variants: readonly PackedVariant[];
}

/** Folds and packs the kernels of `definition`. */
export function packCropKernels(definition: FocusLiteNNDefinition): CropKernels {
	const luma = definition.planes === 'luma';
	const channels = luma ? 1 : 3;
	const folded = foldKernels(definition, { kind: luma ? 'luma' : 'interleaved', chromaX: 1, chromaY: 1 });
	const variants = cropVariants(quantise(folded), WINDOW_PX, definition.paddingPx, channels).map(
		({ columns, rows, kernels }) => ({
			columns,
			rows,
			weights: definition.pooling === 'energy' ? packBank(kernels) : new Uint8Array(kernels.weights.buffer),
		}),
	);
	return { channels, lines: folded.lumaLines, run: folded.run, variants };
}
