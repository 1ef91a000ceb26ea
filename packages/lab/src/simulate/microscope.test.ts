import { ArgumentError } from '@parfocal/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkMicroscope, depthOfFieldUm, type Microscope, plainMicroscope, tissuePlanesUm } from './microscope.ts';

test('the plain microscope is one of NA 0.75 in air, with colours apart', () => {
	expect(plainMicroscope(0.25)).toEqual({
		mpp: 0.25,
		numericalAperture: 0.75,
		refractiveIndex: 1,
		wavelengthUm: [0.61, 0.54, 0.465],
	});
	expect(plainMicroscope(0.5, 0.4).numericalAperture).toBe(0.4);
	expect(depthOfFieldUm(plainMicroscope(0.25))).toBeCloseTo(0.96, 10);
});

test('thin tissue is one plane; thick tissue is even planes about its middle, a quarter of the depth of field apart', () => {
	expect(tissuePlanesUm(plainMicroscope(0.25))).toEqual([0]);
	expect(tissuePlanesUm({ ...plainMicroscope(0.25), thicknessUm: 0.1 })).toEqual([0]);
	fc.assert(
		fc.property(fc.double({ min: 0.3, max: 50, noNaN: true }), (thicknessUm) => {
			const microscope = { ...plainMicroscope(0.25), thicknessUm };
			const planes = tissuePlanesUm(microscope);
			const step = thicknessUm / planes.length;
			expect(step).toBeLessThanOrEqual(depthOfFieldUm(microscope) / 4 + 1e-12);
			expect(planes.reduce((sum, depth) => sum + depth, 0)).toBeCloseTo(0, 9);
			expect(planes[0]).toBeCloseTo(step / 2 - thicknessUm / 2, 9);
			for (let i = 1; i < planes.length; i++) expect(planes[i]! - planes[i - 1]!).toBeCloseTo(step, 9);
		}),
	);
});

test.each<[Partial<Microscope>, string, RegExp]>([
	[{ numericalAperture: 1 }, 'numericalAperture', /between 0 and the index/],
	[{ numericalAperture: Number.NaN }, 'numericalAperture', /NaN/],
	[{ refractiveIndex: 9 }, 'numericalAperture', /index 9/],
	[{ mpp: 0 }, 'mpp', /must have a size, not 0/],
	[{ mpp: Number.POSITIVE_INFINITY }, 'mpp', /Infinity/],
	[{ wavelengthUm: [0.6, 550, 0.45] }, 'wavelengthUm', /0\.1 to 2 µm, not 0\.6, 550, 0\.45/],
	[{ sphericalWaves: 6 }, 'sphericalWaves', /-5 to 5 waves/],
	[{ sphericalWaves: Number.NaN }, 'sphericalWaves', /NaN/],
	[{ chromaticShiftUm: -11 }, 'chromaticShiftUm', /-10 to 10 µm/],
	[{ thicknessUm: -1 }, 'thicknessUm', /0 to 50 µm of tissue/],
])('%o is refused, naming %s', (change, argument, message) => {
	const refused = (): void => checkMicroscope({ ...plainMicroscope(0.25), ...change });
	expect(refused).toThrow(ArgumentError);
	expect(refused).toThrow(message);
	expect(refused).toThrow(expect.objectContaining({ argument }));
});

test('what can be is accepted', () => {
	const oil = {
		numericalAperture: 1.4,
		refractiveIndex: 1.518,
		sphericalWaves: -1,
		chromaticShiftUm: 1,
		thicknessUm: 5,
	};
	expect(() => checkMicroscope({ ...plainMicroscope(0.1), ...oil })).not.toThrow();
});
