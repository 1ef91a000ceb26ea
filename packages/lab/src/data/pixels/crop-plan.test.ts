import { ArgumentError } from '@parfocal/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../simulate/random.ts';
import { type CropPlan, checkCropPlan, cropCorners } from './crop-plan.ts';

const size = (widthPx: number, heightPx: number) => ({ widthPx, heightPx });

test('a grid of 235 every 128 on 1024 and 1025 pixels is the published 7 x 7', () => {
	const plan: CropPlan = { kind: 'grid', sizePx: 235, stridePx: 128 };
	for (const side of [1024, 1025]) {
		const corners = cropCorners(plan, size(side, side), seededRandom(1));
		expect(corners).toHaveLength(49);
		expect(corners[0]).toEqual({ x: 0, y: 0 });
		expect(corners[1]).toEqual({ x: 128, y: 0 });
		expect(corners.at(-1)).toEqual({ x: 768, y: 768 });
	}
	// One more fits where the side less the crop is a multiple of the stride.
	expect(cropCorners(plan, size(235 + 128, 235), seededRandom(1))).toHaveLength(2);
	expect(cropCorners(plan, size(235, 235), seededRandom(1))).toEqual([{ x: 0, y: 0 }]);
});

test('the centre is in the middle, half a pixel up and left where it does not come out even', () => {
	const plan: CropPlan = { kind: 'centre', sizePx: 4 };
	expect(cropCorners(plan, size(10, 6), seededRandom(1))).toEqual([{ x: 3, y: 1 }]);
	expect(cropCorners(plan, size(9, 7), seededRandom(1))).toEqual([{ x: 2, y: 1 }]);
});

test('random crops reach every place, corners included, about as often', () => {
	const random = seededRandom(3);
	const counts = new Map<string, number>();
	for (let i = 0; i < 9000; i++) {
		const [{ x, y }] = cropCorners({ kind: 'random', sizePx: 5 }, size(7, 7), random) as [{ x: number; y: number }];
		counts.set(`${x},${y}`, (counts.get(`${x},${y}`) ?? 0) + 1);
	}
	expect(counts.size).toBe(9);
	for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

test('whatever the plan, crops lie within the picture', () => {
	const side = fc.integer({ min: 1, max: 60 });
	fc.assert(
		fc.property(
			fc.constantFrom('random', 'centre', 'grid'),
			side,
			side,
			side,
			side,
			(kind, width, height, crop, stride) => {
				const sizePx = Math.min(crop, width, height);
				const corners = cropCorners(
					{ kind, sizePx, stridePx: stride } as CropPlan,
					size(width, height),
					seededRandom(1),
				);
				expect(corners.length).toBeGreaterThan(0);
				for (const { x, y } of corners) {
					expect(x >= 0 && y >= 0 && x + sizePx <= width && y + sizePx <= height).toBe(true);
				}
			},
		),
	);
});

test('a picture smaller than the crop is refused with both sizes and a way out', () => {
	const act = () => cropCorners({ kind: 'centre', sizePx: 235 }, size(300, 200), seededRandom(1));
	expect(act).toThrow(ArgumentError);
	expect(act).toThrow(/300 x 200 pixels, less than a crop of 235 x 235.*smaller crops/);
});

test('sizes that make no sense are refused', () => {
	for (const bad of [0, -3, 2.5, Number.NaN]) {
		expect(() => checkCropPlan({ kind: 'random', sizePx: bad })).toThrow(ArgumentError);
		expect(() => checkCropPlan({ kind: 'grid', sizePx: 5, stridePx: bad })).toThrow(ArgumentError);
	}
	expect(() => checkCropPlan({ kind: 'grid', sizePx: 5, stridePx: 1 })).not.toThrow();
});
