import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VALIDITY } from '../map/focus-map.ts';
import { overlaps } from '../map/reading.ts';
import { fakeMap } from '../map/testing/fake-map.ts';
import { findWorstRegions } from './worst-regions.ts';

const thresholds = { slight: 1, clear: 2, strong: 4 };
const size = { widthPx: 6400, heightPx: 4800 };
const spot = (x: number, y: number, column: number, row: number, side: number) =>
	x >= column && x < column + side && y >= row && y < row + side;

/** 100 x 75 places, sharp but for a strongly blurry spot upper left and a clearly blurry one lower right. */
const map = fakeMap(100, 75, (x, y) => (spot(x, y, 10, 8, 8) ? 6 : spot(x, y, 80, 60, 8) ? 3 : 0.3));

test('finds the spots, worst first, with a sharp neighbour beside each', () => {
	const regions = findWorstRegions(map, thresholds, 8, size, 0.001);
	expect(regions).toHaveLength(2);
	expect(regions[0]).toMatchObject({
		rank: 1,
		rect: { x: 640, y: 512, widthPx: 512, heightPx: 512 },
		value: 6,
		strength: 'strong',
		place: 'upper left',
	});
	expect(regions[0]!.areaMm2).toBeCloseTo(0.064, 6);
	expect(regions[1]).toMatchObject({ rank: 2, rect: { x: 5120, y: 3840 }, strength: 'clear', place: 'lower right' });
	for (const { rect, sharpNeighbour } of regions) {
		expect(sharpNeighbour).toMatchObject({ widthPx: 512, heightPx: 512 });
		expect(overlaps(rect, sharpNeighbour!)).toBe(false);
		expect(Math.hypot(rect.x - sharpNeighbour!.x, rect.y - sharpNeighbour!.y)).toBeLessThanOrEqual(512);
	}
});

test('gives no more than asked for, and no areas when the pixel size is unknown', () => {
	const [only, ...others] = findWorstRegions(map, thresholds, 1, size, undefined);
	expect(others).toEqual([]);
	expect(only).not.toHaveProperty('areaMm2');
	expect(findWorstRegions(map, thresholds, 0, size, undefined)).toEqual([]);
});

test('a sharp slide has none', () => {
	expect(
		findWorstRegions(
			fakeMap(50, 50, () => 0.5),
			thresholds,
			8,
			size,
			1,
		),
	).toEqual([]);
	expect(
		findWorstRegions(
			fakeMap(50, 50, () => Number.NaN),
			thresholds,
			8,
			size,
			1,
		),
	).toEqual([]);
	expect(
		findWorstRegions(
			fakeMap(0, 0, () => 1),
			thresholds,
			8,
			size,
			1,
		),
	).toEqual([]);
});

test('a slide that is blurry all over has regions but no sharp neighbour', () => {
	const regions = findWorstRegions(
		fakeMap(50, 50, () => 3),
		thresholds,
		5,
		{ widthPx: 3200, heightPx: 3200 },
		1,
	);
	expect(regions).toHaveLength(5);
	for (const region of regions) expect(region).not.toHaveProperty('sharpNeighbour');
	// Equal ones come upper first, then left.
	expect(regions[0]!.rect).toMatchObject({ x: 0, y: 0 });
});

test('single blurry places do not make a region', () => {
	expect(
		findWorstRegions(
			fakeMap(60, 60, (x, y) => (x % 20 === 5 && y % 20 === 5 ? 9 : 0)),
			thresholds,
			8,
			size,
			1,
		),
	).toEqual([]);
});

test('a neighbour must have tissue and hold no blur', () => {
	// Blur in the middle column, glass on the left, tissue on the right.
	const half = fakeMap(60, 8, (x) => (x < 20 ? Number.NaN : x < 28 ? 5 : 0.2));
	const [region] = findWorstRegions(half, thresholds, 1, { widthPx: 3840, heightPx: 512 }, 1);
	expect(region!.rect.x).toBe(20 * 64);
	expect(region!.sharpNeighbour!.x).toBe(28 * 64);
});

test('small pictures have small regions, cut to the picture', () => {
	const [region] = findWorstRegions(
		fakeMap(5, 5, (x) => (x > 2 ? 5 : 0)),
		thresholds,
		1,
		{ widthPx: 300, heightPx: 300 },
		1,
	);
	expect(region!.rect).toEqual({ x: 64, y: 0, widthPx: 236, heightPx: 256 });
});

test('scores that fall with blur are ranked the other way', () => {
	const falling = fakeMap(100, 75, (x, y) => (spot(x, y, 10, 8, 8) ? -6 : spot(x, y, 80, 60, 8) ? -3 : -0.3), {
		unit: 'score',
		higherMeans: 'sharper',
	});
	const regions = findWorstRegions(falling, { slight: -1, clear: -2, strong: -4 }, 8, size, 1);
	const mirrored = findWorstRegions(map, thresholds, 8, size, 1);
	expect(regions.map(({ rect, strength }) => ({ rect, strength }))).toEqual(
		mirrored.map(({ rect, strength }) => ({ rect, strength })),
	);
	expect(regions[0]!.value).toBe(-6);
});

test('regions never overlap, lie on the slide, and are ranked by their blur', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.nat(59), fc.nat(39), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9 })), {
				maxLength: 8,
			}),
			(spots) => {
				const field = fakeMap(60, 40, (x, y) =>
					spots.reduce(
						(most, [column, row, side, blur]) => (spot(x, y, column, row, side) ? Math.max(most, blur) : most),
						0,
					),
				);
				for (let i = 0; i < 300; i++) field.validity[i] = VALIDITY.background;
				const regions = findWorstRegions(field, thresholds, 6, { widthPx: 3840, heightPx: 2560 }, 1);
				let before = Number.POSITIVE_INFINITY;
				for (const [i, region] of regions.entries()) {
					const { rect, sharpNeighbour } = region;
					expect(region.rank).toBe(i + 1);
					expect(rect.x >= 0 && rect.y >= 0 && rect.x + rect.widthPx <= 3840 && rect.y + rect.heightPx <= 2560).toBe(
						true,
					);
					for (const other of regions.slice(0, i)) expect(overlaps(rect, other.rect)).toBe(false);
					let excess = 0;
					for (let p = 0; p < 2400; p++) {
						const place = { x: (p % 60) * 64, y: Math.floor(p / 60) * 64, widthPx: 64, heightPx: 64 };
						if (field.validity[p] !== VALIDITY.assessable) continue;
						if (overlaps(place, rect)) excess += Math.max(0, field.values[p]! - 1);
						if (sharpNeighbour && overlaps(place, sharpNeighbour)) expect(field.values[p]).toBeLessThan(1);
					}
					expect(excess).toBeLessThanOrEqual(before + 1e-3);
					before = excess;
				}
			},
		),
		{ numRuns: 60 },
	);
});
