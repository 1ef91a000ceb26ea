/** The Fourier transform by its definition, to check the fast ones by. */

/** Sum over j of `line[j] * exp(∓2 pi i jk / n)`, angles reduced exactly. */
export function directTransform(line: Float64Array, inverse: boolean): Float64Array {
	const n = line.length / 2;
	const sign = inverse ? 1 : -1;
	const cosines = Float64Array.from({ length: n }, (_, k) => Math.cos((2 * Math.PI * k) / n));
	const sines = Float64Array.from({ length: n }, (_, k) => sign * Math.sin((2 * Math.PI * k) / n));
	const out = new Float64Array(line.length);
	for (let k = 0; k < n; k++) {
		for (let j = 0; j < n; j++) {
			const c = cosines[(j * k) % n]!;
			const s = sines[(j * k) % n]!;
			out[2 * k]! += line[2 * j]! * c - line[2 * j + 1]! * s;
			out[2 * k + 1]! += line[2 * j]! * s + line[2 * j + 1]! * c;
		}
	}
	return out;
}

/** `count` complex numbers with parts in -1..1. */
export function complexNoise(count: number, seed: number): Float64Array {
	let state = (seed % 2147483646) + 1;
	return Float64Array.from({ length: 2 * count }, () => {
		state = (state * 48271) % 2147483647;
		return (2 * state) / 2147483647 - 1;
	});
}

/** Largest difference of two equally long lists. */
export function largestDifference(a: Float64Array, b: Float64Array): number {
	return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}
