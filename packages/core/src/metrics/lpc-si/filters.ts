/**
 * Log-Gabor filters in the frequency domain: bands around three wavelengths, wedges around eight directions.
 *
 * Source: Hassen, Wang, Salama, IEEE TIP 22(7), 2013, section III; the frequency grid as in Kovesi's filters.
 * @module
 */

/** Wavelengths are 1, 1.5 and 2 times this. */
const SHORTEST_WAVELENGTH_PX = 4;
const LOG_SCALES = [0, Math.log(1.5), Math.LN2] as const;

/** Twice the squared logarithm of the bandwidth, the ratio 0.75 of standard deviation to centre frequency. */
const BAND_WIDTH: number = 2 * Math.log(0.75) ** 2;

/** Butterworth low-pass against the corners of the frequency plane. */
const CUTOFF = 0.45;
const CUTOFF_ORDER = 15;

/** Directions, and the standard deviation of a wedge. */
const ORIENTATIONS = 8;
const SPREAD = Math.PI / ORIENTATIONS / 1.5;

/** Below this weight a wedge counts as 0, which spares half of the plane. */
const LEAST_WEIGHT = 1e-10;
const REACH = SPREAD * Math.sqrt(-2 * Math.log(LEAST_WEIGHT));

/** The filters of one picture size; arrays are row-major with the zero frequency first. */
export interface FilterBank {
	/** Gain of each scale. */
	readonly bands: readonly [Float64Array, Float64Array, Float64Array];
	/** Direction of each frequency in radians, upward positive. */
	readonly directions: Float64Array;
}

/** Complex images, one a scale, finest first. */
export type FilteredImages = readonly [Float64Array, Float64Array, Float64Array];

/** Number of orientations. */
export const orientations: number = ORIENTATIONS;

/** The filters for pictures of a size, both sides at least 2. */
export function createFilterBank(widthPx: number, heightPx: number): FilterBank {
	const x = frequencies(widthPx);
	const y = frequencies(heightPx);
	const bands: FilterBank['bands'] = [plane(), plane(), plane()];
	const directions = plane();

	function plane(): Float64Array {
		return new Float64Array(widthPx * heightPx);
	}

	// Bands are the same in all four quadrants, directions mirrored: one quadrant is computed.
	for (let row = 0; row <= heightPx >> 1; row++) {
		for (let column = 0; column <= widthPx >> 1; column++) {
			const i = row * widthPx + column;
			directions[i] = Math.atan2(Math.abs(y[row]!), Math.abs(x[column]!));
			if (i > 0) setGains(bands, i, x[column]! * x[column]! + y[row]! * y[row]!);
		}
	}
	for (const band of bands) mirrorQuadrant(band, widthPx, heightPx);
	mirrorQuadrant(directions, widthPx, heightPx);
	for (let row = 0, i = 0; row < heightPx; row++) {
		const upward = y[row]! > 0 ? -1 : 1;
		for (let column = 0; column < widthPx; column++, i++) {
			directions[i] = upward * (x[column]! < 0 ? Math.PI - directions[i]! : directions[i]!);
		}
	}
	return { bands, directions };
}

function setGains([first, second, third]: FilterBank['bands'], i: number, squaredFrequency: number): void {
	const lowPass = 1 / (1 + (squaredFrequency / (CUTOFF * CUTOFF)) ** CUTOFF_ORDER);
	const octave = Math.log(SHORTEST_WAVELENGTH_PX * Math.sqrt(squaredFrequency));
	first[i] = lowPass * bandGain(octave + LOG_SCALES[0]);
	second[i] = lowPass * bandGain(octave + LOG_SCALES[1]);
	third[i] = lowPass * bandGain(octave + LOG_SCALES[2]);
}

/** Gain at the logarithm of frequency over centre frequency. */
function bandGain(distance: number): number {
	return Math.exp(-(distance * distance) / BAND_WIDTH);
}

/** Copies the top left quarter, middle lines included, to where the frequencies are negative. */
function mirrorQuadrant(values: Float64Array, widthPx: number, heightPx: number): void {
	for (let row = 0; row <= heightPx >> 1; row++) {
		const start = row * widthPx;
		for (let column = (widthPx >> 1) + 1; column < widthPx; column++) {
			values[start + column] = values[start + widthPx - column]!;
		}
	}
	for (let row = (heightPx >> 1) + 1; row < heightPx; row++) {
		const mirror = (heightPx - row) * widthPx;
		values.copyWithin(row * widthPx, mirror, mirror + widthPx);
	}
}

/** Cycles a pixel, zero first. Odd lengths are divided by one less, so that they too reach one half. */
function frequencies(length: number): Float64Array {
	const divisor = length % 2 === 0 ? length : length - 1;
	return Float64Array.from({ length }, (_, k) => (k < Math.ceil(length / 2) ? k : k - length) / divisor);
}

/** Filters `input` by one orientation at all three scales. Complex images, `re, im` interleaved. */
export function applyFilters(
	{ bands: [first, second, third], directions }: FilterBank,
	orientation: number,
	input: Float64Array,
	[toFirst, toSecond, toThird]: FilteredImages,
): void {
	const centre = (orientation * Math.PI) / ORIENTATIONS;
	const width = 2 * SPREAD * SPREAD;
	for (let i = 0, j = 0; i < directions.length; i++, j += 2) {
		const apart = Math.abs(directions[i]! - centre);
		const angle = apart > Math.PI ? 2 * Math.PI - apart : apart;
		let re = 0;
		let im = 0;
		if (angle < REACH) {
			const weight = Math.exp((-angle * angle) / width);
			re = input[j]! * weight;
			im = input[j + 1]! * weight;
		}
		toFirst[j] = re * first[i]!;
		toFirst[j + 1] = im * first[i]!;
		toSecond[j] = re * second[i]!;
		toSecond[j + 1] = im * second[i]!;
		toThird[j] = re * third[i]!;
		toThird[j + 1] = im * third[i]!;
	}
}
