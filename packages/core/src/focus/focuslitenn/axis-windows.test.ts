import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisWindows, firstWindow } from './axis-windows.ts';

describe('windows along an axis', () => {
	test('start at multiples of 5 of level 0', () => {
		expect([0, 1, 4, 5, 256].map(firstWindow)).toEqual([0, 4, 1, 0, 4]);
		expect(axisWindows(256, 20, 0, 100).starts).toEqual([4, 9]);
	});

	test('belong to the cell of their centre', () => {
		// Centres 3, 8, …, 63 are in cell 0; 68 is in cell 1.
		expect(axisWindows(0, 128, 0, 2).runs).toEqual([
			{ cell: 0, first: 0, count: 13 },
			{ cell: 1, first: 13, count: 12 },
		]);
	});

	test('every window that fits is listed once, in its cell', () => {
		fc.assert(
			fc.property(fc.nat(1e6), fc.integer({ min: 0, max: 600 }), (originPx, sizePx) => {
				const { starts, runs } = axisWindows(originPx, sizePx, 0, 1e6);
				const expected: number[] = [];
				for (let x = 0; x + 7 <= sizePx; x++) if ((originPx + x) % 5 === 0) expected.push(x);
				expect(starts).toEqual(expected);
				expect(runs.reduce((sum, { count }) => sum + count, 0)).toBe(starts.length);
				for (const { cell, first, count } of runs) {
					for (const start of starts.slice(first, first + count)) {
						expect(Math.floor((originPx + start + 3) / 64)).toBe(cell);
					}
				}
			}),
		);
	});

	test('of cells not asked for are left out', () => {
		const { starts, runs } = axisWindows(0, 640, 3, 2);
		expect(runs.map(({ cell }) => cell)).toEqual([3, 4]);
		expect(starts[0]).toBeGreaterThanOrEqual(3 * 64 - 3);
	});
});
