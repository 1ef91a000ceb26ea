import { ArgumentError } from '../errors.ts';
import type { RgbImage } from './pixels.ts';

/**
 * The image smaller by a whole `factor`: each pixel is the rounded mean of a `factor` x `factor` box (of what is left of
 * it at the right and bottom edges).
 * @throws {ArgumentError} when the factor is no positive whole number.
 */
export function downsample(image: RgbImage, factor: number): RgbImage {
	if (!Number.isInteger(factor) || factor < 1) {
		throw new ArgumentError('factor', `The downsampling factor must be a positive whole number, not ${factor}.`);
	}
	const widthPx = Math.ceil(image.widthPx / factor);
	const heightPx = Math.ceil(image.heightPx / factor);
	const data = new Uint8Array(3 * widthPx * heightPx);
	const sums = new Float64Array(3 * widthPx);
	for (let y = 0; y < heightPx; y++) {
		sums.fill(0);
		const lastRow = Math.min((y + 1) * factor, image.heightPx);
		for (let row = y * factor; row < lastRow; row++) addRow(image, row, factor, sums);
		for (let x = 0; x < widthPx; x++) {
			const columns = Math.min(factor, image.widthPx - x * factor);
			const count = columns * (lastRow - y * factor);
			for (let c = 0; c < 3; c++) data[3 * (y * widthPx + x) + c] = Math.floor(sums[3 * x + c]! / count + 0.5);
		}
	}
	return { layout: 'rgb', widthPx, heightPx, data };
}

function addRow(image: RgbImage, row: number, factor: number, sums: Float64Array): void {
	let from = 3 * row * image.widthPx;
	for (let x = 0; x < image.widthPx; x++) {
		const to = 3 * Math.floor(x / factor);
		sums[to]! += image.data[from++]!;
		sums[to + 1]! += image.data[from++]!;
		sums[to + 2]! += image.data[from++]!;
	}
}
