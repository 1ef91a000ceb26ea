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
		0.003,
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
	expect(findFlat(densities, tissue, 0.003, size).includes(1)).toBe(false);
	expect(findFlat(densities, tissue, 0.04, size).includes(0)).toBe(false);
});

test('all of a flat pool is flat, up to its rim, and nothing beyond', () => {
	const pool = (x: number, y: number) => x >= 6 && x < 14 && y >= 5 && y < 12;
	const flat = findFlat(
		grey((x, y) => (pool(x, y) ? 0.2 : 0.35 + 0.06 * noise(x, y))),
		new Uint8Array(places).fill(1),
		0.003,
		size,
	);
	expect(Array.from(flat)).toEqual(Array.from({ length: places }, (_, i) => Number(pool(i % 24, Math.floor(i / 24)))));
});

test('threads of tissue are too thin to call flat', () => {
	const tissue = Uint8Array.from({ length: places }, (_, i) => Number(Math.floor(i / 24) === 9));
	expect(
		findFlat(
			grey(() => 0.3),
			tissue,
			0.006,
			size,
		),
	).not.toContain(1);
});

test('a place is flat when one of the windows it lies in is', () => {
	fc.assert(
		fc.property(fc.integer(), fc.double({ min: 0, max: 0.03, noNaN: true }), (seed, grain) => {
			const density = (x: number, y: number) => 0.05 + grain * noise(x, y, seed);
			const tissue = Uint8Array.from({ length: places }, (_, i) => Number(noise(i, 7, seed) > -0.4));
			const flat = findFlat(grey(density), tissue, 0.006, size);
			const expected = new Uint8Array(places);
			let close = false;
			for (let i = 0; i < places; i++) {
				if (!tissue[i]) continue;
				const window: number[] = [];
				const [x, y] = [i % 24, Math.floor(i / 24)];
				for (let ny = Math.max(0, y - 1); ny <= Math.min(17, y + 1); ny++) {
					for (let nx = Math.max(0, x - 1); nx <= Math.min(23, x + 1); nx++) window.push(ny * 24 + nx);
				}
				const inside = window.filter((at) => tissue[at]);
				const values = inside.map((at) => Math.fround(density(at % 24, Math.floor(at / 24))));
				const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
				const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
				// At the threshold itself rounding decides.
				if (Math.abs(deviation - 0.006) < 1e-5) close = true;
				if (inside.length >= 6 && deviation < 0.006) for (const at of inside) expected[at] = 1;
			}
			if (!close) expect(Array.from(flat)).toEqual(Array.from(expected));
		}),
		{ numRuns: 60 },
	);
});
