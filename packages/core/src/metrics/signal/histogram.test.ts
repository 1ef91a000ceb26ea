import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { centredHistogram, roundedEdges, roundedHistogram } from './histogram.ts';

const values = fc
	.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 200 })
	.map((array) => Float64Array.from(array));

/** The definitions, value by value. */
function countsByEdges(data: Float64Array, edges: readonly number[], closed: 'left' | 'right'): number[] {
	const counts = new Array<number>(edges.length - 1).fill(0);
	for (const value of data) {
		const inside = (bin: number): boolean =>
			closed === 'left'
				? value >= edges[bin]! && (value < edges[bin + 1]! || bin === counts.length - 1)
				: (value > edges[bin]! || bin === 0) && (value <= edges[bin + 1]! || bin === counts.length - 1);
		counts[counts.findIndex((_, bin) => inside(bin))]!++;
	}
	return counts;
}

describe('histcounts', () => {
	test('rounded edges and counts of the documented example', () => {
		const primes = Float64Array.of(2, 3, 5, 7, 11, 13, 17, 19, 23, 29);
		const { counts, positions } = roundedHistogram([primes], 6);
		expect([...counts]).toEqual([2, 2, 2, 2, 1, 1]);
		for (let i = 0; i <= 6; i++) expect(positions[i]).toBeCloseTo(4.9 * i, 12);
	});

	test('a range just below a power of ten has edges', () => {
		const edges = roundedEdges({ minimum: -999.9999999999999, maximum: 0 }, 10);
		expect(edges.every(Number.isFinite)).toBe(true);
		expect(edges[0]).toBeLessThanOrEqual(-999.9999999999999);
	});

	test('edges cover the data and rise evenly', () => {
		fc.assert(
			fc.property(values, fc.integer({ min: 2, max: 150 }), (data, bins) => {
				const minimum = Math.min(...data);
				const maximum = Math.max(...data);
				const edges = roundedEdges({ minimum, maximum }, bins);
				expect(edges).toHaveLength(bins + 1);
				expect(edges[0]).toBeLessThanOrEqual(minimum);
				expect(edges[bins]).toBeGreaterThanOrEqual(maximum);
				for (let i = 1; i <= bins; i++) expect(edges[i]!).toBeGreaterThan(edges[i - 1]!);
			}),
		);
	});

	test('counts are those of the definition', () => {
		fc.assert(
			fc.property(values, fc.integer({ min: 2, max: 150 }), (data, bins) => {
				const { counts, positions } = roundedHistogram([data], bins);
				expect([...counts]).toEqual(countsByEdges(data, [...positions], 'left'));
			}),
		);
	});

	test('data all the same get edges a half around', () => {
		const edges = roundedEdges({ minimum: 0, maximum: 0 }, 50);
		expect([edges[0], edges[50]]).toEqual([-0.5, 0.5]);
		const { counts } = roundedHistogram([new Float64Array(9)], 50);
		expect(counts[25]).toBe(9);
	});
});

describe('hist', () => {
	test('equal bins closed on the right, positions in their middles', () => {
		const { counts, positions } = centredHistogram([Float64Array.of(0, 1, 2, 3, 4)], 4);
		expect([...counts]).toEqual([2, 1, 1, 1]);
		expect([...positions]).toEqual([0.5, 1.5, 2.5, 3.5]);
	});

	test('counts are those of the definition', () => {
		fc.assert(
			fc.property(values, fc.integer({ min: 1, max: 60 }), (data, bins) => {
				const minimum = Math.min(...data);
				const maximum = Math.max(...data);
				fc.pre(maximum > minimum);
				const width = (maximum - minimum) / bins;
				const edges = [minimum, ...Array.from({ length: bins }, (_, bin) => minimum + (bin + 1) * width)];
				expect([...centredHistogram([data], bins).counts]).toEqual(countsByEdges(data, edges, 'right'));
			}),
		);
	});

	test('parts count as one, in any order', () => {
		fc.assert(
			fc.property(values, values, (a, b) => {
				for (const histogram of [centredHistogram, roundedHistogram]) {
					const joined = histogram([Float64Array.of(...b, ...a)], 20);
					expect(histogram([a, b], 20)).toEqual(joined);
				}
			}),
		);
	});

	test('data all the same fall into the middle', () => {
		const { counts, positions } = centredHistogram([new Float64Array(5).fill(3)], 5);
		expect(counts[2]).toBe(5);
		expect(positions[2]).toBeCloseTo(3, 12);
	});
});
