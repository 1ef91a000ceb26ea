import { blurFromDefocus } from '@parfocal/core';
import { expect, test } from 'vitest';
import { defocusTransfer, diffractionTransfer } from './defocus.ts';
import { defocusedField, transferRatios } from './defocused-field.ts';
import { CHANNEL_WAVELENGTHS_UM, type Microscope, ONE_WAVELENGTH_UM } from './microscope.ts';
import { seededRandom } from './random.ts';
import { microscopeTransfer, perfectTransfer } from './transfer.ts';

const microscope: Microscope = {
	mpp: 0.5,
	numericalAperture: 0.75,
	refractiveIndex: 1,
	wavelengthUm: ONE_WAVELENGTH_UM,
};

function noisePlanes(width: number, height: number): Float32Array {
	const random = seededRandom(1);
	return Float32Array.from({ length: 3 * width * height }, () => random.uniform());
}

test('no defocus changes nothing, and what comes back is a copy', () => {
	const planes = noisePlanes(40, 30);
	const sharp = defocusedField(planes, 40, 30, microscope).blurred(0);
	expect(sharp).toEqual(planes);
	expect(sharp).not.toBe(planes);
});

test('light is kept: an even picture stays even, a mean stays nearly so', () => {
	const even = defocusedField(new Float32Array(3 * 50 * 50).fill(0.4), 50, 50, microscope).blurred(5);
	for (const value of even) expect(value).toBeCloseTo(0.4, 5);
});

test('channels do not mix', () => {
	const planes = noisePlanes(32, 32);
	planes.fill(0.25, 1024, 2048);
	const blurred = defocusedField(planes, 32, 32, microscope).blurred(3);
	for (let i = 1024; i < 2048; i++) expect(blurred[i]).toBeCloseTo(0.25, 5);
	expect(blurred.subarray(0, 1024).some((value) => Math.abs(value - 0.25) > 0.05)).toBe(true);
});

test('a wave loses what the ratio of the transfer functions says', () => {
	const n = 64;
	const cycles = 8;
	const planes = Float32Array.from(
		{ length: 3 * n * n },
		(_, i) => 0.5 + 0.3 * Math.cos((2 * Math.PI * cycles * (i % n)) / n),
	);
	const frequency = cycles / n / microscope.mpp;
	for (const blurRadiusPx of [1, 2, 3]) {
		const blurred = defocusedField(planes, n, n, microscope).blurred(blurRadiusPx);
		const optics = { ...microscope, wavelengthUm: 0.55, defocusUm: (blurRadiusPx * 0.5) / blurFromDefocus(1, 1) };
		const expected = defocusTransfer(optics, frequency) / diffractionTransfer(frequency, 0.75, 0.55);
		expect((blurred[10 * n]! - 0.5) / 0.3).toBeCloseTo(expected, 2);
	}
});

test('ratios start at 1, never exceed it, and fall faster the more blur there is', () => {
	const tables = [0.5, 1, 2, 4, 8].map((defocusUm) => transferRatios(microscope, defocusUm)[1]);
	tables.forEach((table, t) => {
		expect(table[0]).toBe(1);
		for (const value of table) expect(Math.abs(value)).toBeLessThanOrEqual(1);
		if (t > 0) expect(table[24]).toBeLessThan(tables[t - 1]![24]!);
	});
});

test('channels of one wavelength and height share a table, others have their own', () => {
	const [red, green, blue] = transferRatios(microscope, 1);
	expect(green).toBe(red);
	expect(blue).toBe(red);
	const apart = transferRatios({ ...microscope, wavelengthUm: CHANNEL_WAVELENGTHS_UM }, 1);
	expect(new Set(apart).size).toBe(3);
});

test('each channel is filtered by its own ratio', () => {
	const colourful = { ...microscope, wavelengthUm: CHANNEL_WAVELENGTHS_UM, chromaticShiftUm: 1.5 };
	const n = 64;
	const wave = (i: number): number => Math.cos((2 * Math.PI * 8 * (i % n)) / n);
	const phase = (i: number): number => Math.sin((2 * Math.PI * 5 * Math.floor(i / n)) / n);
	const planes = Float32Array.from({ length: 3 * n * n }, (_, i) => 0.5 + 0.2 * wave(i) + 0.1 * phase(i));
	const blurred = defocusedField(planes, n, n, colourful).defocused(0.7);
	const at = (channel: number, x: number): number => blurred[channel * n * n + 16 * n + x]!;
	for (const channel of [0, 1, 2] as const) {
		const frequency = 8 / n / microscope.mpp;
		const expected =
			microscopeTransfer(colourful, channel, 0.7)(frequency) / perfectTransfer(colourful, channel, frequency);
		// Half the distance from crest to trough; the slow wave across is the same at both.
		expect((at(channel, 0) - at(channel, 4)) / 0.4).toBeCloseTo(expected, 2);
	}
	expect(Math.abs(at(0, 0) - at(2, 0))).toBeGreaterThan(0.02);
});

test('an aberration softens even in focus, and nothing more than the perfect microscope passes is left', () => {
	const planes = noisePlanes(64, 64);
	const spread = (values: Float32Array): number => values.reduce((sum, value) => sum + (value - 0.5) ** 2, 0);
	const focused = defocusedField(planes, 64, 64, { ...microscope, sphericalWaves: 1.5 }).defocused(0);
	expect(spread(focused)).toBeLessThan(0.9 * spread(planes));
	// NA 0.2 passes 0.73 cycles/µm at 0.55 µm; the pixel grid holds 1 and more.
	const coarse = defocusedField(planes, 64, 64, { ...microscope, numericalAperture: 0.2 }).defocused(0);
	expect(spread(coarse)).toBeLessThan(0.8 * spread(planes));
});

test('blur in pixels is defocus in µm by geometric optics', () => {
	const field = defocusedField(noisePlanes(32, 32), 32, 32, microscope);
	expect(field.blurred(blurFromDefocus(2, 0.5))).toEqual(field.defocused(2));
});

test('variance falls as blur grows, on any shape of picture', () => {
	for (const [w, h] of [
		[64, 64],
		[50, 37],
		[33, 60],
	] as const) {
		const field = defocusedField(noisePlanes(w, h), w, h, microscope);
		const variances = [0, 1, 2, 4, 8].map((blur) => {
			const red = field.blurred(blur).subarray(0, w * h);
			const mean = red.reduce((a, b) => a + b) / red.length;
			return red.reduce((sum, value) => sum + (value - mean) ** 2, 0) / red.length;
		});
		expect(variances).toEqual([...variances].sort((a, b) => b - a));
	}
});
