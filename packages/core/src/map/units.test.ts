import { expect, test } from 'vitest';
import { exampleCalibration } from '../calibration/testing/example.ts';
import { calibratedConversion, pixelSizeUm, unitConversion } from './units.ts';

test('blur in pixels becomes defocus for the pixel size and the assumed objective', () => {
	const at25 = unitConversion('blurRadiusPx', { x: 0.25, y: 0.25, source: 'tag' });
	expect(at25.unit).toBe('defocusUm');
	// tan(asin(0.75)) = 1.134: 4.535 px of 0.25 µm are 1 µm out of focus.
	expect(at25.convert(4.5356)).toBeCloseTo(1, 4);
	expect(unitConversion('blurRadiusPx', { x: 0.5, y: 0.5, source: 'tag' }).convert(4.5356)).toBeCloseTo(2, 4);
	expect(at25.note).toBe('Micrometres of defocus for an objective of NA 0.75 in air and 0.25 µm pixels.');
});

test('an unknown pixel size is assumed and said', () => {
	const { convert, note } = unitConversion('blurRadiusPx', undefined);
	expect(convert(4.5356)).toBeCloseTo(1, 4);
	expect(note).toMatch(/an assumed pixel size of 0\.25 µm/);
});

test.each(['zLevel', 'score', 'defocusUm'] as const)('%s stays as it is', (unit) => {
	const conversion = unitConversion(unit, { x: 0.5, y: 0.5, source: 'tag' });
	expect(conversion).toMatchObject({ unit });
	expect(conversion.convert(3.25)).toBe(3.25);
	expect(conversion.note).toBeUndefined();
});

test('a pixel size is the mean of both axes', () => {
	expect(pixelSizeUm({ x: 0.2, y: 0.3, source: 'user' })).toBeCloseTo(0.25, 12);
	expect(pixelSizeUm(undefined)).toBeUndefined();
});

test('through a calibration values are in its unit, grow with blur, and assume no optics', async () => {
	const conversion = calibratedConversion(await exampleCalibration());
	expect(conversion).toMatchObject({ unit: 'defocusUm', higherMeans: 'blurrier' });
	expect([-1, 5, 15, 99].map(conversion.convert)).toEqual([0, 1, 5, 8]);
	expect(conversion.convert(Number.NaN)).toBeNaN();
	expect(conversion.note).toBe(
		'By the calibration scanner 3, from 50 tiles; values end at 8, which means that much or more.',
	);
});
