/**
 * Parsers of flag values that only `parfocal simulate` has.
 * @module
 */
import { numberBetween } from './flags.ts';

/** Planes of a stack. */
export interface PlaneRange {
	readonly first: number;
	readonly last: number;
}

/** Planes beyond this are a slip of the finger. */
const FARTHEST_PLANE = 999;

/** `-8..8`: whole numbers, the first not above the last. */
export function planeRange(input: string): PlaneRange {
	const match = /^([+-]?\d+)\.\.([+-]?\d+)$/.exec(input.trim());
	const [first, last] = match ? [Number(match[1]), Number(match[2])] : [1, 0];
	if (first > last || Math.max(-first, last) > FARTHEST_PLANE) {
		throw new RangeError(`give planes as FIRST..LAST, such as -8..8, within -${FARTHEST_PLANE}..${FARTHEST_PLANE}`);
	}
	// Not -0, which would be written as such.
	return { first: first || 0, last: last || 0 };
}

/** `1.1,1,0.9`: three numbers from `minimum` to `maximum`, for R, G and B. */
export function threeNumbers(minimum: number, maximum: number): (input: string) => readonly [number, number, number] {
	const parse = numberBetween(minimum, maximum);
	return (input) => {
		const parts = input.split(',');
		if (parts.length !== 3) throw new RangeError('give three numbers, R,G,B, such as 1.1,1,0.9');
		return parts.map(parse) as [number, number, number];
	};
}
