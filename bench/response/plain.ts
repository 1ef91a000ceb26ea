/** FocusLiteNN's responses in plain JavaScript: what a careful first version would be. */

/** An interleaved RGB picture. */
export interface PlainImage {
	readonly data: Uint8Array;
	readonly widthPx: number;
	readonly heightPx: number;
}

const TAPS = 7;
const STRIDE = 5;
const CROP = 235;
const STEP = 128;

/** Least response of each of 49 crops; `weights` is `[row][column][channel]`, scaled for bytes. */
export function plainExact(image: PlainImage, weights: Float64Array, bias: number): Float64Array {
	const columns = Math.floor((image.widthPx - CROP) / STEP) + 1;
	const rows = Math.floor((image.heightPx - CROP) / STEP) + 1;
	const scores = new Float64Array(columns * rows);
	for (let i = 0; i < scores.length; i++) {
		const left = (i % columns) * STEP;
		const top = Math.floor(i / columns) * STEP;
		let least = Number.POSITIVE_INFINITY;
		for (let y = -1; y + TAPS <= CROP + 1; y += STRIDE) {
			for (let x = -1; x + TAPS <= CROP + 1; x += STRIDE) {
				least = Math.min(least, paddedResponse(image, weights, left, top, x, y));
			}
		}
		scores[i] = least + bias;
	}
	return scores;
}

function paddedResponse(
	{ data, widthPx }: PlainImage,
	weights: Float64Array,
	left: number,
	top: number,
	x: number,
	y: number,
): number {
	const firstRow = Math.max(0, -y);
	const lastRow = Math.min(TAPS, CROP - y);
	const firstByte = 3 * Math.max(0, -x);
	const lastByte = 3 * Math.min(TAPS, CROP - x);
	let sum = 0;
	for (let row = firstRow; row < lastRow; row++) {
		const from = 3 * ((top + y + row) * widthPx + left + x);
		const taps = 3 * TAPS * row;
		for (let byte = firstByte; byte < lastByte; byte++) sum += data[from + byte]! * weights[taps + byte]!;
	}
	return sum;
}

/** Least and greatest response of the whole picture on one grid. */
export function plainFast({ data, widthPx, heightPx }: PlainImage, weights: Float64Array): [number, number] {
	let least = Number.POSITIVE_INFINITY;
	let greatest = Number.NEGATIVE_INFINITY;
	for (let y = 0; y + TAPS <= heightPx; y += STRIDE) {
		for (let x = 0; x + TAPS <= widthPx; x += STRIDE) {
			let sum = 0;
			for (let row = 0; row < TAPS; row++) {
				const from = 3 * ((y + row) * widthPx + x);
				const taps = 3 * TAPS * row;
				for (let byte = 0; byte < 3 * TAPS; byte++) sum += data[from + byte]! * weights[taps + byte]!;
			}
			if (sum < least) least = sum;
			if (sum > greatest) greatest = sum;
		}
	}
	return [least, greatest];
}
