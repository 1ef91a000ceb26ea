/**
 * Where a kernel's responses over a crop are least and greatest.
 * @module
 */
import type { CropKernels } from './crop-kernels.ts';
import type { CropMemory } from './crop-memory.ts';
import { LINE_TAPS } from './fold.ts';

/** `findExtremes` writes four integers and works in the rest. */
export const EXTREMES_BYTES = 48;

/** A window's place in its crop's grid of windows. */
export interface WindowPlace {
	readonly x: number;
	readonly y: number;
}

/** The windows of the crop at `crop` whose responses to `kernel` are least and greatest. */
export function cropExtremes(
	{ lines, run, variants }: CropKernels,
	{ wasm, lists, lines: linesAt, weights, out }: CropMemory,
	crop: number,
	kernel: number,
): { least: WindowPlace; greatest: WindowPlace } {
	const found = new Int32Array(wasm.memory.buffer, out, 4);
	const kernelAt = kernel * lines.length * LINE_TAPS * Int16Array.BYTES_PER_ELEMENT;
	let least = Number.POSITIVE_INFINITY;
	let greatest = Number.NEGATIVE_INFINITY;
	const places = { least: { x: 0, y: 0 }, greatest: { x: 0, y: 0 } };
	for (const [index, { columns, rows }] of variants.entries()) {
		const count = columns.length * rows.length;
		wasm.findExtremes(crop, lists[index]!, count, linesAt, lines.length, run, weights[index]! + kernelAt, out);
		const place = (window: number): WindowPlace => ({
			x: columns[window % columns.length]!,
			y: rows[Math.floor(window / columns.length)]!,
		});
		if (found[0]! < least) {
			least = found[0]!;
			places.least = place(found[1]!);
		}
		if (found[2]! > greatest) {
			greatest = found[2]!;
			places.greatest = place(found[3]!);
		}
	}
	return places;
}
