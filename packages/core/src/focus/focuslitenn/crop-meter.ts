/**
 * Features of the crops of exact mode.
 * @module
 */
import type { RgbImage } from '../../image/pixels.ts';
import { createCellGrid } from '../cells.ts';
import { cropExtremes, EXTREMES_BYTES } from './crop-extremes.ts';
import { type CropKernels, packCropKernels } from './crop-kernels.ts';
import { type CropMemory, layCropMemory } from './crop-memory.ts';
import type { FocusLiteNNDefinition } from './definition.ts';
import { featureCount, poolFeatures } from './pooling.ts';
import { respond } from './respond.ts';
import { WINDOW_STRIDE_PX } from './window-size.ts';

/** Features of each crop of a band of `columns` x `rows` crops, row by row. */
export type CropMeter = (band: RgbImage, columns: number, rows: number) => Float64Array[];

/** The meter of a model. */
export function createCropMeter(definition: FocusLiteNNDefinition): CropMeter {
	const packed = packCropKernels(definition);
	const emptyCell = createCellGrid(0, 0, 1, 1, definition.kernels).data;
	const outBytes = Math.max(EXTREMES_BYTES, emptyCell.byteLength);
	return (band, columns, rows) => {
		const memory = layCropMemory(packed, band, definition.paddingPx, outBytes);
		const features: Float64Array[] = [];
		for (let row = 0; row < rows; row++) {
			for (let column = 0; column < columns; column++) {
				const offset = WINDOW_STRIDE_PX * (row * memory.strideBytes + column * packed.channels);
				const crop = memory.pixels + offset;
				features.push(
					definition.pooling === 'energy'
						? energiesOf(definition, packed, memory, crop, emptyCell)
						: extremesOf(definition, packed, memory, crop),
				);
			}
		}
		return features;
	};
}

/** Minimum and, where wanted, maximum of each kernel: winners found in integers, evaluated in double precision. */
function extremesOf(
	definition: FocusLiteNNDefinition,
	packed: CropKernels,
	memory: CropMemory,
	crop: number,
): Float64Array {
	const { pooling, kernels } = definition;
	const features = new Float64Array(featureCount(pooling, kernels));
	const pixels = { memory: new Uint8Array(memory.wasm.memory.buffer), crop, strideBytes: memory.strideBytes };
	let at = 0;
	for (let kernel = 0; kernel < kernels; kernel++) {
		const { least, greatest } = cropExtremes(packed, memory, crop, kernel);
		features[at++] = respond(definition, kernel, pixels, least);
		if (pooling === 'minMax') features[at++] = respond(definition, kernel, pixels, greatest);
	}
	return features;
}

/** Energies from the statistics of all responses. */
function energiesOf(
	{ pooling, kernels }: FocusLiteNNDefinition,
	{ lines, run, variants }: CropKernels,
	memory: CropMemory,
	crop: number,
	emptyCell: Float32Array,
): Float64Array {
	const { wasm, lists, weights, lines: linesAt, out } = memory;
	const statistics = new Float32Array(wasm.memory.buffer, out, emptyCell.length);
	statistics.set(emptyCell);
	const count = lines.length;
	for (const [index, { columns, rows }] of variants.entries()) {
		const windows = columns.length * rows.length;
		const bank = weights[index]!;
		wasm.accumulateResponses(crop, lists[index]!, windows, linesAt, count, 0, 0, count, run, bank, kernels, out);
	}
	return poolFeatures(pooling, Float64Array.from(statistics), kernels);
}
