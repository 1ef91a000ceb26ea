/**
 * Exact mode: the published procedure. Windows of 235 px, 128 px apart, each as if alone in a field of black when the
 * model pads, a 7x7 convolution with stride 5, pooling, head, mean over windows.
 *
 * Minima and maxima are found with 16-bit weights and then evaluated in double precision. A window may win that is no
 * true winner only if the two differ by less than the rounding of weights, about 1e-5 of the largest response.
 * @module
 */
import { ArgumentError } from '../../errors.ts';
import type { RgbImage } from '../../image/pixels.ts';
import type { WindowScores } from '../focus-model.ts';
import { createCropMeter } from './crop-meter.ts';
import type { FocusLiteNNDefinition } from './definition.ts';
import { createWindowHead } from './head.ts';
import { WINDOW_PX, WINDOW_STRIDE_PX } from './window-size.ts';

const RGB_BYTES = 3;
/** Pixels copied into the kernels' memory at a time, at least one row of windows. */
const BAND_BYTES = 16 * 2 ** 20;

/** What `FocusModel.scoreWindows` does for a definition. */
export function createWindowScorer(definition: FocusLiteNNDefinition): (image: RgbImage) => WindowScores {
	const meter = createCropMeter(definition);
	const head = createWindowHead(definition);
	return (image) => {
		checkImage(image);
		const columns = windowsAlong(image.widthPx);
		const rows = windowsAlong(image.heightPx);
		const scores = new Float32Array(columns * rows);
		const rowBytes = WINDOW_STRIDE_PX * RGB_BYTES * image.widthPx;
		const rowsPerBand = Math.max(1, Math.floor(BAND_BYTES / rowBytes));
		for (let first = 0; first < rows; first += rowsPerBand) {
			const bandRows = Math.min(rowsPerBand, rows - first);
			const band = rowsOf(image, first * WINDOW_STRIDE_PX, (bandRows - 1) * WINDOW_STRIDE_PX + WINDOW_PX);
			let at = first * columns;
			for (const features of meter(band, columns, bandRows)) scores[at++] = head.ofFeatures(features);
		}
		const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
		return { columns, rows, scores, score: definition.clampAtZero ? Math.max(0, mean) : mean };
	};
}

/** How many windows fit along `sizePx` pixels. */
function windowsAlong(sizePx: number): number {
	return Math.floor((sizePx - WINDOW_PX) / WINDOW_STRIDE_PX) + 1;
}

function rowsOf({ data, widthPx }: RgbImage, top: number, heightPx: number): RgbImage {
	const stride = RGB_BYTES * widthPx;
	return { layout: 'rgb', widthPx, heightPx, data: data.subarray(top * stride, (top + heightPx) * stride) };
}

function checkImage({ widthPx, heightPx, data }: RgbImage): void {
	if (widthPx < WINDOW_PX || heightPx < WINDOW_PX) {
		throw new ArgumentError(
			'image',
			`An image of ${widthPx} x ${heightPx} px is too small to score: at least ${WINDOW_PX} x ${WINDOW_PX} px are needed.`,
		);
	}
	if (data.length !== RGB_BYTES * widthPx * heightPx) {
		throw new ArgumentError(
			'image',
			`An RGB image of ${widthPx} x ${heightPx} px has ${RGB_BYTES * widthPx * heightPx} bytes; this one has ${data.length}.`,
		);
	}
}
