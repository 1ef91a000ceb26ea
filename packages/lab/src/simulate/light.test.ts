import { expect, test } from 'vitest';
import { lightOfValue, lumaOf, valueOfLight } from './light.ts';

test('every value survives the way to light and back', () => {
	for (let value = 0; value < 256; value++) expect(valueOfLight(lightOfValue(value))).toBeCloseTo(value, 1);
});

test.each([
	[0, 0],
	[255, 1],
	[188, 0.5029],
	[10, 0.003035],
])('value %d is light %d (IEC 61966-2-1)', (value, light) => {
	expect(lightOfValue(value)).toBeCloseTo(light, 4);
});

test('light beyond black and white is clipped', () => {
	expect(valueOfLight(-0.1)).toBe(0);
	expect(valueOfLight(7)).toBe(255);
});

test('luma weighs the channels as JPEG does', () => {
	expect([lumaOf(255, 0, 0), lumaOf(0, 255, 0), lumaOf(0, 0, 255), lumaOf(255, 255, 255)]).toEqual([76, 150, 29, 255]);
});
