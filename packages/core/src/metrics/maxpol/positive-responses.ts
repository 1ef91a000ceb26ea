import type { Signal } from '../signal/luma.ts';

/** A filter's responses along both axes. */
export interface AxisResponses<T> {
	readonly vertical: T;
	readonly horizontal: T;
}

/** Responses below this are what rounding leaves of zero: grey levels are 1/255 apart and taps not that small. */
const ZERO = 1e-12;

/**
 * Responses at the places where both are positive and `keep` says so, in row-major order.
 *
 * Zero counts as positive. In exactly flat places (saturated white glass) the response is zero but for rounding, and the
 * authors' code counts such a pixel or not by the sign of that noise, which depends on the grey level and on the last bits
 * of their taps; white and most levels come out positive there. Here the order of summation does not matter.
 */
export function positiveResponses(
	{ vertical, horizontal }: AxisResponses<Signal>,
	keep: (index: number) => boolean = () => true,
): AxisResponses<Float64Array> {
	const v = new Float64Array(vertical.data.length);
	const h = new Float64Array(vertical.data.length);
	let count = 0;
	for (let i = 0; i < v.length; i++) {
		const down = vertical.data[i]!;
		const across = horizontal.data[i]!;
		// Written always, counted when it counts: signs come in no order, and a branch on them would be guessed wrong.
		v[count] = Math.max(0, down);
		h[count] = Math.max(0, across);
		count += Number(down > -ZERO) & Number(across > -ZERO) & Number(keep(i));
	}
	return { vertical: v.subarray(0, count), horizontal: h.subarray(0, count) };
}
