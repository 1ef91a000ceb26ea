import { type FocusMap, VALIDITY } from '@parfocal/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { focusOfTiles } from './filter-tiles.ts';

/** Places of 10 px, 4 a row, with these values; NaN is glass. */
function mapOf(values: readonly number[]): FocusMap {
	return {
		...{ originXPx: 0, originYPx: 0, stepPx: 10, windowPx: 30, columns: 4, rows: values.length / 4 },
		values: Float32Array.from(values),
		validity: Uint8Array.from(values, (value) => (Number.isNaN(value) ? VALIDITY.background : VALIDITY.assessable)),
		tissueFraction: new Float32Array(values.length).fill(1),
		...{ unit: 'defocusUm', higherMeans: 'blurrier' },
	};
}
const glass = Number.NaN;

test('a tile has the mean of the places under it, by area', () => {
	const map = mapOf([1, 2, 3, 4, 5, 6, 7, 8]);
	const [one, four, part] = focusOfTiles(map, [
		{ x: 10, y: 0, widthPx: 10, heightPx: 10 },
		{ x: 0, y: 0, widthPx: 20, heightPx: 20 },
		{ x: 15, y: 0, widthPx: 20, heightPx: 10 },
	]);
	expect(one).toEqual({ blurriness: 2, assessable: 1 });
	expect(four).toEqual({ blurriness: 3.5, assessable: 1 });
	expect(part!.blurriness).toBeCloseTo((5 * 2 + 10 * 3 + 5 * 4) / 20, 9);
});

test('glass and what lies outside do not count', () => {
	const map = mapOf([1, glass, 3, glass]);
	const [half, none, outside] = focusOfTiles(map, [
		{ x: 0, y: 0, widthPx: 20, heightPx: 10 },
		{ x: 10, y: 0, widthPx: 10, heightPx: 10 },
		{ x: 35, y: 5, widthPx: 100, heightPx: 100 },
	]);
	expect(half).toEqual({ blurriness: 1, assessable: 0.5 });
	expect(none).toEqual({ blurriness: Number.NaN, assessable: 0 });
	expect(outside!.blurriness).toBeNaN();
});

test('a tile lies between the least and the largest of its places, and never covers more than itself', () => {
	const tile = fc.record({
		x: fc.integer({ min: -20, max: 50 }),
		y: fc.integer({ min: -20, max: 30 }),
		widthPx: fc.integer({ min: 1, max: 60 }),
		heightPx: fc.integer({ min: 1, max: 60 }),
	});
	const map = mapOf([1, 2, 3, 4, 5, glass, 7, 8, 9, 10, 11, 12]);
	fc.assert(
		fc.property(tile, (own) => {
			const [{ blurriness, assessable }] = focusOfTiles(map, [own]) as [{ blurriness: number; assessable: number }];
			expect(assessable).toBeGreaterThanOrEqual(0);
			expect(assessable).toBeLessThanOrEqual(1 + 1e-9);
			if (assessable === 0) expect(blurriness).toBeNaN();
			else {
				expect(blurriness).toBeGreaterThanOrEqual(1 - 1e-6);
				expect(blurriness).toBeLessThanOrEqual(12 + 1e-6);
			}
		}),
	);
});
