/**
 * Pixel values and light. Scanners store values for a display (IEC 61966-2-1, sRGB); blur and stain act on light.
 * @module
 */

const linear = Float32Array.from({ length: 256 }, (_, value) => {
	const v = value / 255;
	return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

/** Linear light 0..1 of an 8-bit sRGB value. */
export function lightOfValue(value: number): number {
	return linear[value]!;
}

/** Steps of the table of values; fine enough that the steep part near black stays within 0.05 of a value. */
const STEPS = 1 << 14;

const values = Float32Array.from({ length: STEPS + 2 }, (_, step) => {
	const light = Math.min(1, step / STEPS);
	return 255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);
});

/** The sRGB value 0..255, not rounded, of linear light; light outside 0..1 is clipped. */
export function valueOfLight(light: number): number {
	const at = light <= 0 ? 0 : light >= 1 ? STEPS : light * STEPS;
	const low = Math.floor(at);
	return values[low]! + (at - low) * (values[low + 1]! - values[low]!);
}

/** Luma of 8-bit RGB (ITU-T T.871), rounded. */
export function lumaOf(red: number, green: number, blue: number): number {
	return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
}
