import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	addNoise,
	asLight,
	balanced,
	displayed,
	fullWellOfNoise,
	type LightPicture,
	photographed,
	rounded,
	sharpened,
	stained,
	vignetted,
	withSensorNoise,
} from './camera.ts';
import { lightOfValue } from './light.ts';
import { seededRandom } from './random.ts';

/** One light for each channel, everywhere. */
function even(sidePx: number, ...light: readonly [number, number, number]): LightPicture {
	const area = sidePx * sidePx;
	return {
		widthPx: sidePx,
		heightPx: sidePx,
		light: Float32Array.from({ length: 3 * area }, (_, i) => light[Math.floor(i / area)]!),
	};
}

function deviation(values: Iterable<number>): number {
	const all = [...values];
	const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
	return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
}

const light = fc.double({ min: 0, max: 1, noNaN: true });

test('stain multiplies optical density, channel by channel; glass stays glass', () => {
	fc.assert(
		fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 0.2, max: 3, noNaN: true }), (l, k) => {
			const [red, green, blue] = stained(even(1, l, l, 1), [k, 1, 2]).light;
			expect(Math.log10(red!)).toBeCloseTo(k * Math.log10(Math.fround(l)), 4);
			expect(green).toBeCloseTo(l, 6);
			expect(blue).toBe(1);
		}),
	);
});

describe('vignetting', () => {
	test('takes nothing from the centre, its share from the corners, and grows with the square of the distance', () => {
		const picture = vignetted(even(101, 1, 0.5, 0.2), 0.4);
		const at = (channel: number, x: number, y: number): number => picture.light[channel * 101 * 101 + y * 101 + x]!;
		expect(at(0, 50, 50)).toBe(1);
		for (const [x, y] of [
			[0, 0],
			[100, 0],
			[0, 100],
			[100, 100],
		] as const) {
			expect(at(0, x, y)).toBeCloseTo(0.6, 6);
			expect(at(1, x, y)).toBeCloseTo(0.3, 6);
		}
		// The middle of a side is 1/sqrt(2) as far as the corner.
		expect(at(0, 0, 50)).toBeCloseTo(0.8, 6);
		expect(at(2, 0, 50)).toBeCloseTo(0.16, 6);
	});

	test('none changes nothing, and a single pixel is its own centre', () => {
		const picture = even(9, 0.3, 0.6, 0.9);
		expect(vignetted(picture, 0)).toEqual(picture);
		expect(vignetted(even(1, 0.3, 0.6, 0.9), 1)).toEqual(even(1, 0.3, 0.6, 0.9));
	});
});

test('white balance multiplies the channels', () => {
	const { light: result } = balanced(even(2, 0.5, 0.5, 0.5), [1.2, 1, 0.8]);
	expect([result[0], result[4], result[8]].map((value) => Number(value!.toFixed(6)))).toEqual([0.6, 0.5, 0.4]);
});

describe('noise of the sensor', () => {
	test('its variance is that of photons and electronics together', () => {
		for (const level of [0, 0.1, 0.5, 1]) {
			const picture = even(150, level, level, level);
			const noisy = withSensorNoise(picture, 4000, 10, seededRandom(3));
			const expected = Math.sqrt(level * 4000 + 100) / 4000;
			expect(deviation(noisy.light) / expected).toBeCloseTo(1, 1);
			const mean = noisy.light.reduce((sum, value) => sum + value, 0) / noisy.light.length;
			expect(Math.abs(mean - level)).toBeLessThan(0.0015);
		}
	});

	test('noise asked for in grey levels is what white shows', () => {
		// A little below white, so that nothing is clipped.
		const picture = even(150, 0.9, 0.9, 0.9);
		for (const greyLevels of [0.5, 2]) {
			const noisy = withSensorNoise(picture, fullWellOfNoise(greyLevels), 8, seededRandom(1));
			expect(deviation(displayed(noisy)) / greyLevels).toBeGreaterThan(0.9);
			expect(deviation(displayed(noisy)) / greyLevels).toBeLessThan(1.12);
		}
	});
});

test('noise in grey levels is added to values, the same for the same seed', () => {
	const noisy = (seed: number): Float32Array => {
		const values = new Float32Array(30_000).fill(100);
		addNoise(values, 1.5, seededRandom(seed));
		return values;
	};
	expect(deviation(noisy(1))).toBeCloseTo(1.5, 1);
	expect(noisy(1)).toEqual(noisy(1));
	expect(noisy(1)).not.toEqual(noisy(2));
});

describe('display curve', () => {
	test('sRGB unless told otherwise: stored values come back', () => {
		for (const value of [0, 3, 40, 128, 255]) {
			const seen = lightOfValue(value);
			expect(displayed(even(1, seen, seen, seen))[0]).toBeCloseTo(value, 1);
		}
	});

	test('a gamma is a power, and light outside 0..1 is clipped', () => {
		fc.assert(
			fc.property(light, fc.double({ min: 0.5, max: 3, noNaN: true }), (l, gamma) => {
				const [red, green, blue] = displayed(even(1, l, -0.2, 1.7), gamma);
				expect(red).toBeCloseTo(255 * Math.fround(l) ** (1 / gamma), 3);
				expect([green, blue]).toEqual([0, 255]);
			}),
		);
	});

	test('channels are interleaved', () => {
		const values = displayed(even(2, 1, 0, 1), 1);
		expect([...values]).toEqual([255, 0, 255, 255, 0, 255, 255, 0, 255, 255, 0, 255]);
	});
});

test('light of stored values, and back, is the picture', () => {
	const data = Uint8Array.from({ length: 3 * 6 * 4 }, (_, i) => (i * 31) % 256);
	const picture = asLight({ widthPx: 6, heightPx: 4, data });
	expect(picture.light[24]).toBe(lightOfValue(data[1]!));
	expect(rounded(displayed(picture))).toEqual(data);
});

describe('sharpening', () => {
	test('leaves even grounds alone and raises steps, without moving their mean', () => {
		const side = 12;
		const step = Float32Array.from({ length: 3 * side * side }, (_, i) => (Math.floor(i / 3) % side < 6 ? 50 : 200));
		const result = sharpened(step, side, side, 0.8);
		const at = (x: number): number => result[3 * (5 * side + x)]!;
		expect(at(2)).toBe(50);
		expect(at(5)).toBeLessThan(50);
		expect(at(6)).toBeGreaterThan(200);
		expect(at(5) + at(6)).toBeCloseTo(250, 4);
		expect(result.subarray(0, 3 * side)).toEqual(step.subarray(0, 3 * side));
	});

	test('no amount changes nothing', () => {
		const values = Float32Array.from({ length: 300 }, (_, i) => (i * 37) % 256);
		expect(sharpened(values, 10, 10, 0)).toEqual(values);
	});
});

test('values become bytes by rounding and clipping', () => {
	expect([...rounded(Float32Array.of(-3, 0.4, 0.6, 254.7, 400))]).toEqual([0, 0, 1, 255, 255]);
});

describe('a photograph', () => {
	const picture: LightPicture = {
		widthPx: 16,
		heightPx: 16,
		light: Float32Array.from({ length: 768 }, (_, i) => lightOfValue((i * 7) % 256)),
	};

	test('with an ideal camera is the picture', () => {
		const bytes = photographed(picture, {}, seededRandom(1));
		for (let i = 0; i < 256; i++) {
			for (let c = 0; c < 3; c++) expect(Math.abs(bytes[3 * i + c]! - (((c * 256 + i) * 7) % 256))).toBeLessThan(2);
		}
	});

	test('the seed decides its noise and nothing else', () => {
		const settings = { noise: 3, vignetting: 0.2, whiteBalance: [1, 0.9, 1.1], gamma: 2, sharpening: 0.5 } as const;
		const take = (seed: number): Uint8Array => photographed(picture, settings, seededRandom(seed));
		expect(take(1)).toEqual(take(1));
		expect(take(1)).not.toEqual(take(2));
		const quiet = { ...settings, noise: 0 };
		expect(photographed(picture, quiet, seededRandom(1))).toEqual(photographed(picture, quiet, seededRandom(2)));
	});

	test('every setting shows', () => {
		const ideal = photographed(picture, {}, seededRandom(1));
		for (const settings of [
			{ noise: 3 },
			{ vignetting: 0.3 },
			{ whiteBalance: [1.1, 1, 1] },
			{ gamma: 1.5 },
			{ sharpening: 0.5 },
		] as const) {
			expect(photographed(picture, settings, seededRandom(1)), JSON.stringify(settings)).not.toEqual(ideal);
		}
	});
});
