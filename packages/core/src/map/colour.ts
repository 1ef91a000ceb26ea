/**
 * Colours of a focus map: dark blue is sharp, yellow is blurry. A straight line in the OKLab colour space (Björn
 * Ottosson, "A perceptual color space for image processing", 2020), so equal steps look equal; blue to yellow with
 * rising lightness stays in order for every kind of colour blindness and in grey print.
 * @module
 */
import type { ScoreUnit } from '../focus/focus-model.ts';
import { type FocusMap, VALIDITY } from './focus-map.ts';

/** 8-bit sRGB. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Both ends of the line in OKLab: a deep blue and a bright yellow, just inside sRGB. */
const SHARP = [0.27, -0.012, -0.085] as const;
const BLURRY = [0.93, -0.028, 0.155] as const;

/** 256 colours from sharp to blurry, `[r, g, b]` each. */
export const FOCUS_COLOURS: Uint8Array = Uint8Array.from({ length: 3 * 256 }, (_, i) => {
	const t = Math.floor(i / 3) / 255;
	return srgb(SHARP.map((from, axis) => from + t * (BLURRY[axis]! - from)))[i % 3]!;
});

/** The colour at `fraction` of the way from sharp (0) to blurry (1); outside is clamped. */
export function focusColour(fraction: number): Rgb {
	const i = 3 * Math.round(255 * Math.min(1, Math.max(0, fraction)));
	return [FOCUS_COLOURS[i]!, FOCUS_COLOURS[i + 1]!, FOCUS_COLOURS[i + 2]!];
}

/** Which values the ends of the colours stand for. */
export interface ColourRange {
	/** Value drawn in the sharp colour. */
	readonly sharp: number;
	/** Value drawn in the blurry colour. */
	readonly blurry: number;
}

/** Fixed for each calibrated unit, so that slides can be compared by eye: a bit beyond "strongly out of focus". */
const RANGES: Readonly<Partial<Record<ScoreUnit, ColourRange>>> = {
	defocusUm: { sharp: 0, blurry: 6 },
	blurRadiusPx: { sharp: 0, blurry: 27 },
	zLevel: { sharp: 0, blurry: 12 },
};

/** The range of a map's unit; for plain scores the map's own smallest and largest value, in the model's direction. */
export function colourRange({ unit, higherMeans, values, validity }: FocusMap): ColourRange {
	const fixed = RANGES[unit];
	if (fixed) return fixed;
	let low = Number.POSITIVE_INFINITY;
	let high = Number.NEGATIVE_INFINITY;
	for (let i = 0; i < values.length; i++) {
		if (validity[i] !== VALIDITY.assessable) continue;
		low = Math.min(low, values[i]!);
		high = Math.max(high, values[i]!);
	}
	if (low > high) return { sharp: 0, blurry: 1 };
	return higherMeans === 'blurrier' ? { sharp: low, blurry: high } : { sharp: high, blurry: low };
}

/** Where a value lies between the ends, 0..1. */
export function colourFraction(value: number, { sharp, blurry }: ColourRange): number {
	if (sharp === blurry) return 0;
	return Math.min(1, Math.max(0, (value - sharp) / (blurry - sharp)));
}

function srgb([lightness, a, b]: readonly number[]): number[] {
	const l = (lightness! + 0.3963377774 * a! + 0.2158037573 * b!) ** 3;
	const m = (lightness! - 0.1055613458 * a! - 0.0638541728 * b!) ** 3;
	const s = (lightness! - 0.0894841775 * a! - 1.291485548 * b!) ** 3;
	return [
		4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
		-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
		-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
	].map((linear) => {
		const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
		return Math.round(255 * Math.min(1, Math.max(0, encoded)));
	});
}
