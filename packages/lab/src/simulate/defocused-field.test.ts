import { blurFromDefocus } from '@parfocal/core';
import { expect, test } from 'vitest';
import { defocusTransfer, diffractionTransfer } from './defocus.ts';
import { defocusedField, type Microscope, transferTable } from './defocused-field.ts';
import { seededRandom } from './random.ts';

const microscope: Microscope = { mpp: 0.5, numericalAperture: 0.75, refractiveIndex: 1, wavelengthUm: 0.55 };

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
		const optics = { ...microscope, defocusUm: (blurRadiusPx * 0.5) / blurFromDefocus(1, 1) };
		const expected = defocusTransfer(optics, frequency) / diffractionTransfer(frequency, 0.75, 0.55);
		expect((blurred[10 * n]! - 0.5) / 0.3).toBeCloseTo(expected, 2);
	}
});

test('the transfer starts at 1, never exceeds it, and falls faster the more blur there is', () => {
	const tables = [0.5, 1, 2, 4, 8].map((blur) => transferTable(blur, microscope));
	tables.forEach((table, t) => {
		expect(table[0]).toBe(1);
		for (const value of table) expect(Math.abs(value)).toBeLessThan(1.02);
		if (t > 0) expect(table[4]).toBeLessThan(tables[t - 1]![4]!);
	});
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
