import { ArgumentError, calibrate } from '@parfocal/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../simulate/random.ts';
import { isotonicCalibration } from './isotonic.ts';

test('follows a clean curve', () => {
	const raw = Array.from({ length: 400 }, (_, i) => i / 100);
	const calibration = isotonicCalibration(
		raw,
		raw.map((x) => x * x),
	);
	for (const x of [0.5, 1.3, 2.7, 3.5]) expect(calibrate(calibration, x)).toBeCloseTo(x * x, 1);
});

test('sees through noise', () => {
	const random = seededRandom(1);
	const raw = Array.from({ length: 3000 }, () => random.between(0, 3));
	const value = raw.map((x) => Math.expm1(x) + random.normal());
	const calibration = isotonicCalibration(raw, value);
	for (const x of [0.5, 1.5, 2.5]) expect(Math.abs(calibrate(calibration, x) - Math.expm1(x))).toBeLessThan(0.6);
});

test('pools what goes the wrong way', () => {
	const { value } = isotonicCalibration([0, 1, 2, 3], [0, 5, 1, 9]);
	expect(value).toEqual([0, 3, 9]);
});

test('always rises strictly in raw scores, never falls in value, stays within the data, and is short', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.double({ min: 0, max: 24, noNaN: true })), {
				minLength: 20,
				maxLength: 200,
			}),
			(pairs) => {
				// A rising part makes sure that there is something to fit.
				const raw = [...pairs.map(([x]) => x), -100, 100].flatMap((x) => [x, x + 1e-9]);
				const value = [...pairs.map(([, y]) => y), -1, 25].flatMap((y) => [y, y]);
				const fitted = isotonicCalibration(raw, value);
				for (let i = 1; i < fitted.raw.length; i++) {
					expect(fitted.raw[i]).toBeGreaterThan(fitted.raw[i - 1]!);
					expect(fitted.value[i]).toBeGreaterThanOrEqual(fitted.value[i - 1]!);
				}
				expect(fitted.value[0]).toBeGreaterThanOrEqual(-1);
				expect(fitted.value.at(-1)).toBeLessThanOrEqual(25);
				expect(fitted.raw.length).toBeLessThanOrEqual(24);
			},
		),
		{ numRuns: 50 },
	);
});

test('refuses what cannot be calibrated', () => {
	expect(() => isotonicCalibration([1, 2], [1])).toThrow(ArgumentError);
	expect(() => isotonicCalibration([1, 1, 1, 1], [1, 2, 3, 4])).toThrow(/rise/);
	expect(() => isotonicCalibration([1, 2, 3, 4], [4, 3, 2, 1])).toThrow(ArgumentError);
	expect(() => isotonicCalibration([], [])).toThrow(ArgumentError);
});
