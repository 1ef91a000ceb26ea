import { ArgumentError, blurFromDefocus } from '@parfocal/core';
import { describe, expect, test } from 'vitest';
import { type DefocusOptics, defocusPsf, defocusTransfer, diffractionTransfer, geometricRadiusUm } from './defocus.ts';

const optics: DefocusOptics = {
	defocusUm: 0,
	numericalAperture: 0.75,
	wavelengthUm: 0.55,
	refractiveIndex: 1,
	mpp: 0.25,
};

/** Transfer of a pixel-sampled kernel along x at `cyclesPerPx`. */
function transferOf(psf: { sizePx: number; data: Float32Array }, cyclesPerPx: number): number {
	const half = (psf.sizePx - 1) / 2;
	let sum = 0;
	psf.data.forEach((value, i) => {
		sum += value * Math.cos(2 * Math.PI * cyclesPerPx * ((i % psf.sizePx) - half));
	});
	return sum;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));

describe('defocusPsf', () => {
	test.each([0, 0.3, 1, 3, -3, 8])('has energy 1 and no negative value at %d µm', (defocusUm) => {
		const { sizePx, data } = defocusPsf({ ...optics, defocusUm });
		expect(data.length).toBe(sizePx * sizePx);
		expect(sizePx % 2).toBe(1);
		expect(data.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
		expect(Math.min(...data)).toBeGreaterThanOrEqual(0);
	});

	test('is symmetric in x, y, their exchange and the sign of defocus, to the bit', () => {
		const { sizePx: n, data } = defocusPsf({ ...optics, defocusUm: 1.3 });
		for (let y = 0; y < n; y++) {
			for (let x = 0; x < n; x++) {
				const value = data[y * n + x];
				expect(data[x * n + y]).toBe(value);
				expect(data[y * n + (n - 1 - x)]).toBe(value);
				expect(data[(n - 1 - y) * n + x]).toBe(value);
			}
		}
		const other = defocusPsf({ ...optics, defocusUm: -1.3 });
		other.data.forEach((value, i) => {
			expect(value).toBeCloseTo(data[i]!, 9);
		});
	});

	test('in focus is the Airy pattern: the analytic transfer function times the pixel aperture', () => {
		const fine = { ...optics, mpp: 0.1 };
		const psf = defocusPsf(fine);
		for (const f of [0.5, 1, 1.5, 2, 2.5]) {
			const expected = diffractionTransfer(f, 0.75, 0.55) * sinc(f * fine.mpp);
			expect(Math.abs(transferOf(psf, f * fine.mpp) - expected)).toBeLessThan(0.03);
		}
	});

	test('out of focus agrees with the autocorrelation of the pupil', () => {
		for (const defocusUm of [0.4, 1, 2]) {
			const fine = { ...optics, defocusUm, mpp: 0.1 };
			const psf = defocusPsf(fine);
			for (const f of [0.25, 0.6, 1, 1.7]) {
				const expected = defocusTransfer(fine, f) * sinc(f * fine.mpp);
				expect(Math.abs(transferOf(psf, f * fine.mpp) - expected)).toBeLessThan(0.03);
			}
		}
	});

	test('far out of focus is as large as geometric optics says', () => {
		for (const defocusUm of [4, 8]) {
			const { sizePx, data } = defocusPsf({ ...optics, defocusUm });
			const half = (sizePx - 1) / 2;
			const radius = blurFromDefocus(defocusUm, 0.25);
			expect(geometricRadiusUm({ ...optics, defocusUm }) / 0.25).toBeCloseTo(radius, 9);
			let inside = 0;
			data.forEach((value, i) => {
				if (Math.hypot((i % sizePx) - half, Math.floor(i / sizePx) - half) <= radius * 1.03) inside += value;
			});
			expect(inside).toBeGreaterThan(0.95);
			// The rim itself is lit: a fifth smaller a circle misses a good part.
			let core = 0;
			data.forEach((value, i) => {
				if (Math.hypot((i % sizePx) - half, Math.floor(i / sizePx) - half) <= radius * 0.8) core += value;
			});
			expect(core).toBeLessThan(0.9);
		}
	});

	test('refuses impossible optics in words', () => {
		expect(() => defocusPsf({ ...optics, numericalAperture: 1.2 })).toThrow(/aperture/);
		expect(() => defocusPsf({ ...optics, numericalAperture: 0 })).toThrow(ArgumentError);
		expect(() => defocusPsf({ ...optics, defocusUm: Number.NaN })).toThrow(ArgumentError);
		expect(() => defocusPsf({ ...optics, wavelengthUm: -1 })).toThrow(ArgumentError);
		expect(() => defocusPsf({ ...optics, mpp: 0 })).toThrow(ArgumentError);
		expect(() => defocusPsf({ ...optics, defocusUm: 500 })).toThrow(/ask for less/);
	});
});

describe('defocusTransfer', () => {
	test('in focus is the closed form, and nothing passes the cut-off', () => {
		for (let f = 0; f < 3.2; f += 0.1) {
			expect(defocusTransfer(optics, f)).toBeCloseTo(diffractionTransfer(f, 0.75, 0.55), 3);
		}
		expect(defocusTransfer(optics, 2.8)).toBe(0);
	});

	test('never exceeds the transfer in focus, whatever the defocus', () => {
		for (const defocusUm of [0.2, 0.7, 1.5, 3, 6]) {
			for (let f = 0.05; f < 2.7; f += 0.15) {
				const limit = diffractionTransfer(f, 0.75, 0.55) + 2e-3;
				expect(Math.abs(defocusTransfer({ ...optics, defocusUm }, f))).toBeLessThanOrEqual(limit);
			}
		}
	});

	test('reverses contrast beyond the first zero of strong defocus', () => {
		const values = Array.from({ length: 40 }, (_, i) => defocusTransfer({ ...optics, defocusUm: 4 }, i * 0.02));
		expect(Math.min(...values)).toBeLessThan(-0.03);
	});

	test('low frequencies follow the uniform disc of geometric optics within a tenth', () => {
		const defocusUm = 3;
		const f = 0.05;
		// A disc's transfer starts as 1 - (π f r)²/2.
		const x = Math.PI * f * geometricRadiusUm({ ...optics, defocusUm });
		const drop = 1 - defocusTransfer({ ...optics, defocusUm }, f);
		expect(drop / ((x * x) / 2)).toBeGreaterThan(0.75);
		expect(drop / ((x * x) / 2)).toBeLessThan(1.15);
	});
});
