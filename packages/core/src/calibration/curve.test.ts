import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrate } from './curve.ts';

describe('the curve', () => {
	const curve = { raw: [-1, 0, 2], value: [0, 1, 9] };

	test.each([
		[-5, 0],
		[-1, 0],
		[-0.5, 0.5],
		[0, 1],
		[0.5, 3],
		[2, 9],
		[7, 9],
	])('%d becomes %d', (raw, value) => {
		expect(calibrate(curve, raw)).toBe(value);
	});

	test('of one point is that value everywhere', () => {
		expect([-9, 3, 9].map((raw) => calibrate({ raw: [3], value: [4] }, raw))).toEqual([4, 4, 4]);
	});

	test('keeps order when its values ascend, and stays within them', () => {
		const points = fc
			.uniqueArray(fc.integer({ min: -100, max: 100 }), { minLength: 2, maxLength: 12 })
			.map((raw) => raw.sort((a, b) => a - b));
		fc.assert(
			fc.property(
				points,
				fc.double({ min: -150, max: 150, noNaN: true }),
				fc.double({ min: -150, max: 150, noNaN: true }),
				(raw, a, b) => {
					const value = raw.map((_, i) => i * i);
					const [low, high] = [Math.min(a, b), Math.max(a, b)];
					const [first, second] = [calibrate({ raw, value }, low), calibrate({ raw, value }, high)];
					expect(first).toBeLessThanOrEqual(second + 1e-9);
					expect(first).toBeGreaterThanOrEqual(0);
					expect(second).toBeLessThanOrEqual(value.at(-1)!);
				},
			),
		);
	});

	test('of falling values falls', () => {
		expect([-2, -0.5, 1, 5].map((score) => calibrate({ raw: [-1, 0, 2], value: [9, 1, 0] }, score))).toEqual([
			9, 5, 0.5, 0,
		]);
	});

	test('keeps NaN', () => {
		expect(calibrate(curve, Number.NaN)).toBeNaN();
	});
});
