import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCellGrid, mergeCells, mergeStatistics, STATISTICS, STATISTICS_PER_KERNEL } from './cells.ts';

/** Statistics of one kernel's responses, computed plainly. */
function statisticsOf(responses: readonly number[]): Float64Array {
	return Float64Array.of(
		responses.length,
		Math.min(...responses),
		Math.max(...responses),
		responses.reduce((sum, r) => sum + r, 0),
		responses.reduce((sum, r) => sum + Math.abs(r), 0),
		responses.reduce((sum, r) => sum + r * r, 0),
	);
}

const integers = fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 30 });

describe('statistics', () => {
	test('have one place each', () => {
		expect(STATISTICS).toEqual(['count', 'minimum', 'maximum', 'sum', 'sumOfMagnitudes', 'sumOfSquares']);
		expect(STATISTICS_PER_KERNEL).toBe(6);
	});

	test('of a union are the merged statistics of its parts', () => {
		fc.assert(
			fc.property(integers, integers, (a, b) => {
				const merged = statisticsOf(a);
				mergeStatistics(merged, 0, statisticsOf(b), 0, STATISTICS_PER_KERNEL);
				expect(merged).toEqual(statisticsOf([...a, ...b]));
			}),
		);
	});

	test('merge in any order', () => {
		fc.assert(
			fc.property(integers, integers, integers, (a, b, c) => {
				const order = (...parts: readonly (readonly number[])[]) => {
					const merged = statisticsOf([]);
					for (const part of parts) {
						mergeStatistics(merged, 0, statisticsOf(part), 0, STATISTICS_PER_KERNEL);
					}
					return merged;
				};
				expect(order(a, b, c)).toEqual(order(c, a, b));
			}),
		);
	});

	test('merging reaches only the numbers asked for', () => {
		const target = new Float32Array(3 * STATISTICS_PER_KERNEL).fill(7);
		const source = new Float32Array(2 * STATISTICS_PER_KERNEL).fill(1);
		mergeStatistics(target, STATISTICS_PER_KERNEL, source, STATISTICS_PER_KERNEL, STATISTICS_PER_KERNEL);
		expect([...target.subarray(0, 6)]).toEqual(Array(6).fill(7));
		expect([...target.subarray(6, 12)]).toEqual([8, 1, 7, 8, 8, 8]);
		expect([...target.subarray(12)]).toEqual(Array(6).fill(7));
	});
});

describe('a cell grid', () => {
	test('starts empty', () => {
		const grid = createCellGrid(3, 4, 2, 3, 2);
		expect(grid.data.length).toBe(2 * 3 * 2 * STATISTICS_PER_KERNEL);
		for (let i = 0; i < grid.data.length; i += STATISTICS_PER_KERNEL) {
			expect([...grid.data.subarray(i, i + STATISTICS_PER_KERNEL)]).toEqual([
				0,
				Number.POSITIVE_INFINITY,
				Number.NEGATIVE_INFINITY,
				0,
				0,
				0,
			]);
		}
	});

	test('takes up a part at its place and nowhere else', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 6 }),
				fc.integer({ min: 1, max: 6 }),
				fc.integer({ min: 1, max: 3 }),
				fc.nat(5),
				fc.nat(5),
				(columns, rows, kernels, left, top) => {
					const whole = createCellGrid(10, 20, columns + left, rows + top, kernels);
					const part = createCellGrid(10 + left, 20 + top, columns, rows, kernels);
					for (let i = 0; i < part.data.length; i++) part.data[i] = i + 1;
					mergeCells(whole, part);
					const numbers = kernels * STATISTICS_PER_KERNEL;
					for (let row = 0; row < whole.rows; row++) {
						for (let column = 0; column < whole.columns; column++) {
							const count = whole.data[(row * whole.columns + column) * numbers]!;
							const inside = row >= top && column >= left;
							expect(count).toBe(inside ? ((row - top) * columns + column - left) * numbers + 1 : 0);
						}
					}
				},
			),
		);
	});

	test('merging twice counts twice and keeps extremes', () => {
		const whole = createCellGrid(0, 0, 1, 1, 1);
		const part = createCellGrid(0, 0, 1, 1, 1);
		part.data.set([2, -3, 4, 1, 7, 25]);
		mergeCells(whole, part);
		mergeCells(whole, part);
		expect([...whole.data]).toEqual([4, -3, 4, 2, 14, 50]);
	});
});
