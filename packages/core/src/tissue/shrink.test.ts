import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RgbImage } from '../image/pixels.ts';
import { shrink } from './shrink.ts';

function image(widthPx: number, heightPx: number, pixel: (x: number, y: number) => readonly number[]): RgbImage {
	const data = new Uint8Array(3 * widthPx * heightPx);
	for (let i = 0; i < widthPx * heightPx; i++) data.set(pixel(i % widthPx, Math.floor(i / widthPx)), 3 * i);
	return { layout: 'rgb', widthPx, heightPx, data };
}

test('averages blocks, each channel by itself', () => {
	const small = shrink(
		image(4, 2, (x, y) => [x * 10, y * 100, 7]),
		2,
	);
	expect([small.widthPx, small.heightPx]).toEqual([2, 1]);
	expect(Array.from(small.channels[0])).toEqual([5, 25]);
	expect(Array.from(small.channels[1])).toEqual([50, 50]);
	expect(Array.from(small.channels[2])).toEqual([7, 7]);
});

test('blocks cut by an edge average what they have', () => {
	const small = shrink(
		image(3, 3, (x, y) => [x === 2 ? 90 : 0, y === 2 ? 60 : 0, 1]),
		2,
	);
	expect(Array.from(small.channels[0])).toEqual([0, 90, 0, 90]);
	expect(Array.from(small.channels[1])).toEqual([0, 0, 60, 60]);
});

test('a factor of one keeps every pixel', () => {
	const original = image(5, 3, (x, y) => [x, y, x * y]);
	const { channels } = shrink(original, 1);
	for (let i = 0; i < 15; i++) {
		expect([channels[0][i], channels[1][i], channels[2][i]]).toEqual([...original.data.subarray(3 * i, 3 * i + 3)]);
	}
});

test('keeps the sum of every channel, whatever the size and factor', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 20 }),
			fc.integer({ min: 1, max: 20 }),
			fc.integer({ min: 1, max: 7 }),
			fc.integer(),
			(widthPx, heightPx, factor, seed) => {
				const original = image(widthPx, heightPx, (x, y) => [
					(x * 31 + y * 17 + seed) & 255,
					(x ^ y) & 255,
					(seed + x) & 255,
				]);
				const small = shrink(original, factor);
				for (const [c, channel] of small.channels.entries()) {
					let sum = 0;
					channel.forEach((mean, i) => {
						const wide = Math.min(factor, widthPx - (i % small.widthPx) * factor);
						const high = Math.min(factor, heightPx - Math.floor(i / small.widthPx) * factor);
						sum += mean * wide * high;
					});
					let expected = 0;
					for (let i = c; i < original.data.length; i += 3) expected += original.data[i]!;
					expect(sum).toBeCloseTo(expected, 0);
				}
			},
		),
		{ numRuns: 50 },
	);
});
