import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../../errors.ts';
import { type Axis, convolve, mirrored } from './convolve.ts';
import type { Signal } from './luma.ts';

/** The definition, pixel by pixel. */
function plain({ widthPx, heightPx, data }: Signal, taps: Float64Array, axis: Axis, shift: number): Signal {
	const out = new Float64Array(data.length);
	for (let y = 0; y < heightPx; y++) {
		for (let x = 0; x < widthPx; x++) {
			let sum = 0;
			for (let k = taps.length - 1; k >= 0; k--) {
				const row = axis === 'vertical' ? mirrored(y + shift - k, heightPx) : y;
				const column = axis === 'horizontal' ? mirrored(x + shift - k, widthPx) : x;
				sum += taps[k]! * data[row * widthPx + column]!;
			}
			out[y * widthPx + x] = sum;
		}
	}
	return { widthPx, heightPx, data: out };
}

function wave(widthPx: number, heightPx: number): Signal {
	return { widthPx, heightPx, data: Float64Array.from({ length: widthPx * heightPx }, (_, i) => Math.sin(i * i)) };
}

const axes = fc.constantFrom<Axis>('horizontal', 'vertical');

describe('convolve', () => {
	test('filters of any shape, on pictures of any size: the same to the bit as the definition', () => {
		const side = fc.integer({ min: 1, max: 40 });
		const filter = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 20 });
		fc.assert(
			fc.property(side, side, filter, fc.nat(), axes, (width, height, list, where, axis) => {
				// One tap off the pattern, so that the filter is not symmetric.
				const taps = Float64Array.of(...list, 2);
				const shift = where % taps.length;
				const input = wave(width, height);
				expect(convolve(input, taps, axis, shift).data).toEqual(plain(input, taps, axis, shift).data);
			}),
		);
	});

	test('symmetric filters agree but for rounding', () => {
		const halves = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 33 });
		fc.assert(
			fc.property(halves, axes, (half, axis) => {
				const taps = Float64Array.of(...half, 0.7, ...half.toReversed());
				const input = wave(37, 23);
				const { data } = plain(input, taps, axis, half.length);
				convolve(input, taps, axis).data.forEach((value, i) => {
					expect(Math.abs(value - data[i]!)).toBeLessThan(1e-13);
				});
			}),
		);
	});

	test.each<Axis>(['horizontal', 'vertical'])('pictures larger than a block, %s', (axis) => {
		const taps = Float64Array.from({ length: 16 }, (_, k) => Math.cos(3 * k));
		const input = axis === 'horizontal' ? wave(1100, 21) : wave(270, 300);
		expect(convolve(input, taps, axis).data).toEqual(plain(input, taps, axis, 8).data);
	});

	test('one tap of 1 changes nothing', () => {
		const input = wave(20, 10);
		expect(convolve(input, Float64Array.of(1), 'vertical').data).toEqual(input.data);
	});

	test('mirrored edges: a flat picture stays flat, however long the filter', () => {
		const taps = new Float64Array(65).fill(1 / 65);
		const flat = { widthPx: 5, heightPx: 4, data: new Float64Array(20).fill(0.5) };
		for (const axis of ['horizontal', 'vertical'] as const) {
			for (const value of convolve(flat, taps, axis).data) expect(value).toBeCloseTo(0.5, 14);
		}
	});

	test('both axes do the same to a picture and its transpose', () => {
		const taps = Float64Array.of(0.3, -1, 2, 0.1);
		const input = wave(9, 9);
		const transposed = { ...input, data: input.data.map((_, i) => input.data[(i % 9) * 9 + Math.floor(i / 9)]!) };
		const down = convolve(input, taps, 'vertical').data;
		const across = convolve(transposed, taps, 'horizontal').data;
		down.forEach((value, i) => {
			expect(value).toBe(across[(i % 9) * 9 + Math.floor(i / 9)]);
		});
	});

	test('an empty filter, or a middle outside it, is refused', () => {
		expect(() => convolve(wave(3, 3), new Float64Array(0), 'vertical')).toThrow(ArgumentError);
		expect(() => convolve(wave(3, 3), Float64Array.of(1, 2), 'vertical', 2)).toThrow('2 taps cannot be centred at 2');
	});
});

test('mirrored repeats the edge sample, with a period of two lengths', () => {
	expect([-4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7].map((i) => mirrored(i, 3))).toEqual([
		2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0, 1,
	]);
	fc.assert(
		fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 50 }), (index, length) => {
			expect(mirrored(index, length)).toBe(mirrored(-1 - index, length));
			expect(mirrored(index + 2 * length, length)).toBe(mirrored(index, length));
		}),
	);
});
