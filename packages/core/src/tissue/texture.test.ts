import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noise } from './testing/picture.ts';
import { findFlat } from './texture.ts';

const size = { widthPx: 24, heightPx: 18 };
const places = 24 * 18;
const grey = (density: (x: number, y: number) => number) => {
	const channel = Float32Array.from({ length: places }, (_, i) => density(i % 24, Math.floor(i / 24)));
	return [channel, channel, channel] as const;
};

test('even tissue is flat, textured tissue is not', () => {
	const tissue = new Uint8Array(places).fill(1);
	const flat = findFlat(
		grey((x, y) => (x < 12 ? 0.3 : 0.3 + 0.08 * noise(x, y))),
		tissue,
		0.006,
		size,
	);
	for (let y = 0; y < 18; y++) {
		expect(flat[y * 24 + 5]).toBe(1);
		expect(flat[y * 24 + 18]).toBe(0);
	}
});

test('only tissue is compared: glass beside an even island does not give it texture', () => {
	const inside = (x: number, y: number) => x > 4 && x < 16 && y > 4 && y < 14;
	const tissue = Uint8Array.from({ length: places }, (_, i) => Number(inside(i % 24, Math.floor(i / 24))));
	const flat = findFlat(
		grey((x, y) => (inside(x, y) ? 0.4 : 0)),
		tissue,
		0.006,
		size,
	);
	expect(Array.from(flat)).toEqual(Array.from(tissue));
});

test('the caller says which deviation is the least', () => {
	const tissue = new Uint8Array(places).fill(1);
	const densities = grey((x, y) => 0.1 + 0.02 * noise(x, y));
	expect(findFlat(densities, tissue, 0.006, size).includes(1)).toBe(false);
	expect(findFlat(densities, tissue, 0.04, size).includes(0)).toBe(false);
});

test('sliding sums give the deviation of each window', () => {
	fc.assert(
		fc.property(fc.integer(), fc.double({ min: 0, max: 0.03, noNaN: true }), (seed, spread) => {
			const density = (x: number, y: number) => 0.05 + spread * noise(x, y, seed);
			const tissue = Uint8Array.from({ length: places }, (_, i) => Number(noise(i, 7, seed) > -0.4));
			const flat = findFlat(grey(density), tissue, 0.006, size);
			for (let i = 0; i < places; i++) {
				if (!tissue[i]) continue;
				const values: number[] = [];
				const [x, y] = [i % 24, Math.floor(i / 24)];
				for (let ny = Math.max(0, y - 2); ny <= Math.min(17, y + 2); ny++) {
					for (let nx = Math.max(0, x - 2); nx <= Math.min(23, x + 2); nx++) {
						if (tissue[ny * 24 + nx]) values.push(Math.fround(density(nx, ny)));
					}
				}
				const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
				const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
				// At the threshold itself rounding decides.
				if (Math.abs(deviation - 0.006) > 1e-5) expect(flat[i]).toBe(Number(deviation < 0.006));
			}
		}),
		{ numRuns: 40 },
	);
});
