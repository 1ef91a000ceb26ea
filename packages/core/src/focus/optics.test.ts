import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ASSUMED_OPTICS, blurFromDefocus, blurRadiusPerDefocus, defocusFromBlur } from './optics.ts';

const optics = fc.record({
	numericalAperture: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
	refractiveIndex: fc.double({ min: 1, max: 1.52, noNaN: true }),
});

describe('blur and defocus', () => {
	test('the blur circle grows with the tangent of the half angle of the light cone', () => {
		const halfAngle = Math.asin(0.75);
		expect(blurRadiusPerDefocus(ASSUMED_OPTICS)).toBeCloseTo(Math.tan(halfAngle), 12);
		expect(blurRadiusPerDefocus({ numericalAperture: 1.4, refractiveIndex: 1.518 })).toBeCloseTo(
			Math.tan(Math.asin(1.4 / 1.518)),
			12,
		);
	});

	test('4.5 px of 0.25 µm are about 1 µm of defocus at NA 0.75', () => {
		expect(defocusFromBlur(4.5, 0.25)).toBeCloseTo(0.992, 3);
	});

	test('no blur is no defocus', () => {
		expect(defocusFromBlur(0, 0.25)).toBe(0);
		expect(blurFromDefocus(0, 0.25)).toBe(0);
	});

	test('are each other’s inverse', () => {
		fc.assert(
			fc.property(
				optics,
				fc.double({ min: 0.01, max: 1000, noNaN: true }),
				fc.double({ min: 0.05, max: 5, noNaN: true }),
				(given, blurPx, mpp) => {
					const back = blurFromDefocus(defocusFromBlur(blurPx, mpp, given), mpp, given);
					expect(Math.abs(back - blurPx)).toBeLessThanOrEqual(1e-9 * blurPx);
				},
			),
		);
	});

	test('a higher aperture blurs more, a denser medium less', () => {
		fc.assert(
			fc.property(optics, ({ numericalAperture, refractiveIndex }) => {
				const radius = blurRadiusPerDefocus({ numericalAperture, refractiveIndex });
				expect(blurRadiusPerDefocus({ numericalAperture: numericalAperture + 0.02, refractiveIndex })).toBeGreaterThan(
					radius,
				);
				expect(blurRadiusPerDefocus({ numericalAperture, refractiveIndex: refractiveIndex + 0.1 })).toBeLessThan(
					radius,
				);
			}),
		);
	});
});
