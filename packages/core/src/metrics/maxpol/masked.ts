import type { Signal } from '../signal/luma.ts';

/** Vertical and horizontal responses at the places where both are positive and `keep` says so, in row-major order. */
export function positiveResponses(
	vertical: Signal,
	horizontal: Signal,
	keep: (index: number) => boolean = () => true,
): { readonly vertical: Float64Array; readonly horizontal: Float64Array } {
	const v = new Float64Array(vertical.data.length);
	const h = new Float64Array(vertical.data.length);
	let count = 0;
	for (let i = 0; i < v.length; i++) {
		if (vertical.data[i]! > 0 && horizontal.data[i]! > 0 && keep(i)) {
			v[count] = vertical.data[i]!;
			h[count++] = horizontal.data[i]!;
		}
	}
	return { vertical: v.subarray(0, count), horizontal: h.subarray(0, count) };
}
