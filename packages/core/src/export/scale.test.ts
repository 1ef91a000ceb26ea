import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisTicks, roundBelow, scaleBar } from './scale.ts';

describe('roundBelow', () => {
	test.each([
		[1, 1],
		[1.9, 1],
		[2, 2],
		[4.99, 2],
		[5, 5],
		[9.9, 5],
		[10, 10],
		[0.3, 0.2],
		[0.05, 0.05],
		[123456, 100000],
	])('the largest round number in %d is %d', (limit, round) => {
		expect(roundBelow(limit)).toBeCloseTo(round, 12);
	});

	test('is at most the limit, and more than two fifths of it', () => {
		fc.assert(
			fc.property(fc.double({ min: 1e-6, max: 1e12, noNaN: true }), (limit) => {
				const round = roundBelow(limit);
				expect(round).toBeLessThanOrEqual(limit * (1 + 1e-8));
				expect(round).toBeGreaterThan(limit * 0.399);
			}),
		);
	});
});

describe('axisTicks', () => {
	test('round numbers with both ends', () => {
		expect(axisTicks(0, 6, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
		expect(axisTicks(0, 1, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
		expect(axisTicks(-1, 1, 5)).toEqual([-1, -0.5, 0, 0.5, 1]);
	});

	test('only inside an axis that is not round', () => {
		expect(axisTicks(0.13, 0.87, 5)).toEqual([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]);
	});

	test('one tick for an axis without length', () => {
		expect(axisTicks(2, 2, 5)).toEqual([2]);
	});

	test('rise evenly, inside, and are not too many', () => {
		fc.assert(
			fc.property(
				fc.double({ min: -1e4, max: 1e4, noNaN: true }),
				fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
				fc.integer({ min: 2, max: 12 }),
				(low, length, count) => {
					const ticks = axisTicks(low, low + length, count);
					expect(ticks.length).toBeLessThanOrEqual(count * 2.6 + 1);
					for (const tick of ticks) {
						expect(tick).toBeGreaterThanOrEqual(low - length * 1e-6);
						expect(tick).toBeLessThanOrEqual(low + length * (1 + 1e-6));
					}
					for (let i = 1; i < ticks.length; i++) expect(ticks[i]!).toBeGreaterThan(ticks[i - 1]!);
				},
			),
		);
	});
});

describe('scaleBar', () => {
	test('is in mm, µm or px', () => {
		expect(scaleBar(10_000, 0.25)).toEqual({ lengthPx: 8000, label: '2 mm' });
		expect(scaleBar(1000, 0.25)).toEqual({ lengthPx: 800, label: '200 µm' });
		expect(scaleBar(10, 0.25)).toEqual({ lengthPx: 8, label: '2 µm' });
		expect(scaleBar(1000, undefined)).toEqual({ lengthPx: 1000, label: '1000 px' });
		expect(scaleBar(1, 0.25).label).toBe('0.2 µm');
		expect(scaleBar(0.4, undefined)).toEqual({ lengthPx: 1, label: '1 px' });
	});

	test('is as long as it says, and fits', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 100, max: 200_000 }),
				fc.double({ min: 0.05, max: 10, noNaN: true }),
				(limit, mpp) => {
					const { lengthPx, label } = scaleBar(limit, mpp);
					expect(lengthPx).toBeLessThanOrEqual(limit * (1 + 1e-8));
					const [, number, unit] = /^([\d.]+) (mm|µm)$/.exec(label)!;
					expect(Number(number) * (unit === 'mm' ? 1000 : 1)).toBeCloseTo(lengthPx * mpp, 6);
				},
			),
		);
	});
});
