import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArgumentError } from '../../errors.ts';
import { sharedKernels } from '../../kernels/kernels.ts';
import { createLineTransform, factorsOf } from './line-transform.ts';
import { createSpectrum } from './spectrum.ts';
import { complexNoise, directTransform, largestDifference } from './testing/direct-transform.ts';

// A power of two, mixed factors, every odd radix up to the largest, primes beyond it, the patches' 1025.
const LENGTHS = [
	1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 25, 41, 49, 58, 60, 61, 67, 77, 97, 100, 122, 134, 169, 235, 243, 256,
];

/** Rounding grows with the size of the numbers summed; 1e-13 of it leaves a factor of about 100. */
const tolerance = (length: number): number => 1e-13 * Math.sqrt(length) * Math.max(1, Math.log2(length));

describe('lines', () => {
	test.each([...LENGTHS, 1009, 1024, 1025])('of %i numbers, along rows and along columns', (length) => {
		const kernels = sharedKernels();
		const transform = createLineTransform(kernels, length);
		const lines = 3;
		const input = complexNoise(length * lines, length);
		const pointer = kernels.alloc(input.length * 8);
		const data = (): Float64Array => new Float64Array(kernels.memory.buffer, pointer, input.length);
		const line = (row: number): Float64Array => input.subarray(2 * row * length, 2 * (row + 1) * length);
		for (const inverse of [false, true]) {
			data().set(input);
			transform.rows(pointer, lines, inverse);
			const columns = transposed(input, lines, length);
			const byRows = data().slice();
			data().set(columns);
			transform.columns(pointer, lines, lines, inverse);
			const byColumns = transposed(data(), length, lines);
			for (let row = 0; row < lines; row++) {
				const expected = directTransform(line(row), inverse);
				const part = (all: Float64Array): Float64Array => all.subarray(2 * row * length, 2 * (row + 1) * length);
				expect(largestDifference(part(byRows), expected)).toBeLessThan(tolerance(length));
				expect(largestDifference(part(byColumns), expected)).toBeLessThan(tolerance(length));
			}
		}
		kernels.free(pointer);
		transform.dispose();
	});

	test('columns beside those asked for are left alone', () => {
		const kernels = sharedKernels();
		const transform = createLineTransform(kernels, 6);
		const input = complexNoise(6 * 11, 1);
		const pointer = kernels.alloc(input.length * 8);
		new Float64Array(kernels.memory.buffer, pointer, input.length).set(input);
		transform.columns(pointer + 2 * 16, 7, 11, false);
		const output = new Float64Array(kernels.memory.buffer, pointer, input.length).slice();
		kernels.free(pointer);
		for (let row = 0; row < 6; row++) {
			for (const column of [0, 1, 9, 10]) {
				const at = 2 * (11 * row + column);
				expect([output[at], output[at + 1]]).toEqual([input[at], input[at + 1]]);
			}
		}
		expect(output[4]).not.toBe(input[4]);
		transform.dispose();
	});

	test('factors: 4s, then primes in rising order', () => {
		expect(factorsOf(1)).toEqual([]);
		expect(factorsOf(1025)).toEqual([5, 5, 41]);
		expect(factorsOf(1024)).toEqual([4, 4, 4, 4, 4]);
		expect(factorsOf(2 ** 5 * 9 * 1009)).toEqual([4, 4, 2, 3, 3, 1009]);
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1e6 }), (length) => {
				expect(factorsOf(length).reduce((product, factor) => product * factor, 1)).toBe(length);
			}),
		);
	});
});

describe('pictures', () => {
	const sizes = fc.record({ widthPx: fc.integer({ min: 1, max: 70 }), heightPx: fc.integer({ min: 1, max: 70 }) });

	test('there and back again', () => {
		fc.assert(
			fc.property(sizes, fc.nat(), ({ widthPx, heightPx }, seed) => {
				const spectrum = createSpectrum(widthPx, heightPx, 1);
				const image = spectrum.images[0]!;
				const input = complexNoise(widthPx * heightPx, seed);
				image.set(input);
				spectrum.forward(image);
				spectrum.inverse(image);
				expect(largestDifference(image, input)).toBeLessThan(1e-12);
				spectrum.dispose();
			}),
		);
	});

	test('energy is kept (Parseval)', () => {
		const energy = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
		fc.assert(
			fc.property(sizes, fc.nat(), ({ widthPx, heightPx }, seed) => {
				const spectrum = createSpectrum(widthPx, heightPx, 1);
				const image = spectrum.images[0]!;
				image.set(complexNoise(widthPx * heightPx, seed));
				const before = energy(image);
				spectrum.forward(image);
				expect(energy(image) / (widthPx * heightPx) / before).toBeCloseTo(1, 12);
				spectrum.dispose();
			}),
		);
	});

	test('a shifted pixel turns phases', () => {
		const spectrum = createSpectrum(15, 67, 1);
		const image = spectrum.images[0]!;
		image[2 * (15 * 20 + 4)] = 1;
		spectrum.forward(image);
		for (const [row, column] of [
			[0, 0],
			[1, 0],
			[0, 1],
			[66, 14],
			[33, 7],
		] as const) {
			const angle = -2 * Math.PI * ((20 * row) / 67 + (4 * column) / 15);
			const at = 2 * (15 * row + column);
			expect(image[at]).toBeCloseTo(Math.cos(angle), 13);
			expect(image[at + 1]).toBeCloseTo(Math.sin(angle), 13);
		}
		spectrum.dispose();
	});

	test('images do not touch each other, and start at 0', () => {
		for (let round = 0; round < 2; round++) {
			const spectrum = createSpectrum(10, 10, 2);
			const [first, second] = spectrum.images as [Float64Array, Float64Array];
			expect([...first, ...second].every((value) => value === 0)).toBe(true);
			first.fill(1);
			spectrum.forward(first);
			expect(second.every((value) => value === 0)).toBe(true);
			second.fill(1);
			spectrum.dispose();
		}
	});

	test('memory is given back', () => {
		const { memory } = sharedKernels();
		const use = (): void => {
			const spectrum = createSpectrum(301, 67, 3);
			spectrum.forward(spectrum.images[2]!);
			spectrum.dispose();
		};
		use();
		const before = memory.buffer.byteLength;
		for (let i = 0; i < 40; i++) use();
		expect(memory.buffer.byteLength).toBe(before);
	});

	test('too large a picture is refused with the way out', () => {
		expect(() => createSpectrum(20_000, 20_000, 2)).toThrow(ArgumentError);
		expect(() => createSpectrum(20_000, 20_000, 2)).toThrow(/20000 x 20000 px .* tiles of at most 67 megapixels/);
	});
});

/** `rows` x `columns` complex numbers, rows become columns. */
function transposed(values: Float64Array, rows: number, columns: number): Float64Array {
	const out = new Float64Array(values.length);
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			out[2 * (column * rows + row)] = values[2 * (row * columns + column)]!;
			out[2 * (column * rows + row) + 1] = values[2 * (row * columns + column) + 1]!;
		}
	}
	return out;
}
