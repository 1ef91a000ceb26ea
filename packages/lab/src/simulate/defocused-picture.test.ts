import { ArgumentError } from '@parfocal/core';
import { describe, expect, test } from 'vitest';
import type { LightPicture } from './camera.ts';
import { blurReachPx, defocusedPicture } from './defocused-picture.ts';
import { type Microscope, plainMicroscope } from './microscope.ts';
import { seededRandom } from './random.ts';

function noise(widthPx: number, heightPx: number): LightPicture {
	const random = seededRandom(1);
	return { widthPx, heightPx, light: Float32Array.from({ length: 3 * widthPx * heightPx }, () => random.uniform()) };
}

function cut({ widthPx, heightPx, light }: LightPicture, left: number, top: number, side: number): Float32Array {
	return Float32Array.from({ length: 3 * side * side }, (_, i) => {
		const [c, y, x] = [Math.floor(i / (side * side)), Math.floor(i / side) % side, i % side];
		return light[(c * heightPx + top + y) * widthPx + left + x]!;
	});
}

function largestDifference(a: Float32Array, b: Float32Array): number {
	return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

test('in focus a picture that the microscope can see stays as it is', () => {
	const picture = noise(50, 40);
	expect(defocusedPicture(picture, plainMicroscope(0.5), 0)).toBe(picture);
});

test('has no seam: a part cut out before, with enough around it, gives what the whole gives there', () => {
	const picture = noise(1300, 200);
	const microscope: Microscope = { ...plainMicroscope(0.5), sphericalWaves: 0.5, chromaticShiftUm: 0.5 };
	const whole = defocusedPicture(picture, microscope, 2);
	const margin = blurReachPx(microscope, 2);
	// Where the first block ends.
	const seam = 1024 - 2 * margin;
	const side = 200;
	const left = seam - side / 2;
	const part = { widthPx: side, heightPx: side, light: cut(picture, left, 0, side) };
	const alone = { widthPx: side, heightPx: side, light: defocusedPicture(part, microscope, 2).light };
	const inner = side - 2 * margin;
	expect(inner).toBeGreaterThan(50);
	const difference = largestDifference(cut(alone, margin, margin, inner), cut(whole, left + margin, margin, inner));
	// Noise of the whole range: far more than any seam in tissue. A grey level near white is 0.009.
	expect(difference).toBeLessThan(0.004);
});

test('opposite edges do not touch: light at one does not show at the other', () => {
	const picture = { widthPx: 64, heightPx: 64, light: new Float32Array(3 * 64 * 64) };
	for (let c = 0; c < 3; c++) for (let y = 0; y < 64; y++) picture.light[(c * 64 + y) * 64] = 1;
	const { light } = defocusedPicture(picture, plainMicroscope(0.5), 2);
	for (let y = 0; y < 64; y++) {
		expect(light[y * 64]).toBeGreaterThan(0.1);
		expect(Math.abs(light[y * 64 + 63]!)).toBeLessThan(0.005);
	}
});

test.each([
	[1, 1],
	[3, 200],
	[1024, 2],
])('a picture of %d x %d px keeps its size and its even ground', (widthPx, heightPx) => {
	const picture = { widthPx, heightPx, light: new Float32Array(3 * widthPx * heightPx).fill(0.4) };
	const blurred = defocusedPicture(picture, plainMicroscope(0.25), 3);
	expect([blurred.widthPx, blurred.heightPx, blurred.light.length]).toEqual([
		widthPx,
		heightPx,
		3 * widthPx * heightPx,
	]);
	for (const value of blurred.light) expect(Math.abs(value - 0.4)).toBeLessThan(1e-5);
});

describe('how far blur reaches', () => {
	const plain = plainMicroscope(0.25);

	test('grows with everything that blurs, and does not care about signs', () => {
		const reach = blurReachPx(plain, 2);
		expect(blurReachPx(plain, -2)).toBe(reach);
		expect(blurReachPx(plain, 3)).toBeGreaterThan(reach);
		expect(blurReachPx({ ...plain, thicknessUm: 3 }, 2)).toBeGreaterThan(reach);
		expect(blurReachPx({ ...plain, chromaticShiftUm: -1 }, 2)).toBeGreaterThan(reach);
		expect(blurReachPx({ ...plain, sphericalWaves: -1 }, 2)).toBeGreaterThan(reach);
		expect(blurReachPx({ ...plain, mpp: 0.5 }, 2)).toBeLessThan(reach);
	});

	test('too far is refused, with the way out', () => {
		expect(() => defocusedPicture(noise(8, 8), plain, 90)).toThrow(ArgumentError);
		expect(() => defocusedPicture(noise(8, 8), plain, 90)).toThrow(/90 µm at 0\.25 µm a pixel.*Ask for less/);
	});
});
