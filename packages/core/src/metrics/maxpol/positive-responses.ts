import type { Signal } from '../signal/luma.ts';

/** A filter's responses along both axes. */
export interface AxisResponses<T> {
	readonly vertical: T;
	readonly horizontal: T;
}

/** Responses below this are what rounding leaves of zero: grey levels are 1/255 apart and taps not that small. */
const ZERO = 1e-12;

/** Which pixels count: those brighter than a level. */
export interface Brightness {
	readonly levels: Float64Array;
	readonly above: number;
}

/**
 * Responses at the places where both are positive, in row-major order; of pixels bright enough, when that is asked for.
 *
 * Zero counts as positive. In exactly flat places (saturated white glass) the response is zero but for rounding, and the
 * authors' code counts such a pixel or not by the sign of that noise, which depends on the grey level and on the last bits
 * of their taps; white and most levels come out positive there. Here the order of summation does not matter.
 */
export function positiveResponses(
	{ vertical, horizontal }: AxisResponses<Signal>,
	brightness?: Brightness,
): AxisResponses<Float64Array> {
	const v = new Float64Array(vertical.data.length);
	const h = new Float64Array(vertical.data.length);
	const down = vertical.data;
	const across = horizontal.data;
	const levels = brightness?.levels ?? down;
	const above = brightness?.above ?? Number.NEGATIVE_INFINITY;
	let count = 0;
	for (let i = 0; i < v.length; i++) {
		if (down[i]! <= -ZERO || across[i]! <= -ZERO || !(levels[i]! > above)) continue;
		v[count] = Math.max(0, down[i]!);
		h[count++] = Math.max(0, across[i]!);
	}
	return { vertical: v.subarray(0, count), horizontal: h.subarray(0, count) };
}
