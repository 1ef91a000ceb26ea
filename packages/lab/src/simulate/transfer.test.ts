import { ArgumentError } from '@parfocal/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { besselJ0 } from './bessel.ts';
import { type DefocusOptics, defocusTransfer, diffractionTransfer } from './defocus.ts';
import { type Microscope, plainMicroscope } from './microscope.ts';
import { bestFocusUm, type Channel, channelFocusUm, microscopeTransfer, perfectTransfer } from './transfer.ts';

const plain = plainMicroscope(0.25);
const CHANNELS: readonly Channel[] = [0, 1, 2];

const defocus = fc.double({ min: -8, max: 8, noNaN: true });
const frequency = fc.double({ min: 0, max: 3.5, noNaN: true });
const microscopes: fc.Arbitrary<Microscope> = fc.record({
	mpp: fc.constant(0.25),
	numericalAperture: fc.double({ min: 0.1, max: 0.95, noNaN: true }),
	refractiveIndex: fc.double({ min: 1, max: 1.52, noNaN: true }),
	wavelengthUm: fc.constant(plain.wavelengthUm),
	sphericalWaves: fc.double({ min: -2, max: 2, noNaN: true }),
	chromaticShiftUm: fc.double({ min: -2, max: 2, noNaN: true }),
	thicknessUm: fc.double({ min: 0, max: 4, noNaN: true }),
});

test('in focus and without aberrations it is the closed form of diffraction, for every channel', () => {
	for (const channel of CHANNELS) {
		const transfer = microscopeTransfer(plain, channel, 0);
		for (let f = 0; f < 3.6; f += 0.05) {
			const expected = diffractionTransfer(f, 0.75, plain.wavelengthUm[channel]);
			expect(transfer(f)).toBe(expected);
			expect(perfectTransfer(plain, channel, f)).toBe(expected);
		}
	}
});

test('with defocus alone it is the transfer of defocus', () => {
	fc.assert(
		fc.property(defocus, frequency, fc.constantFrom(...CHANNELS), (defocusUm, f, channel) => {
			const optics: DefocusOptics = { ...plain, defocusUm, wavelengthUm: plain.wavelengthUm[channel] };
			expect(microscopeTransfer(plain, channel, defocusUm)(f)).toBeCloseTo(defocusTransfer(optics, f), 3);
		}),
	);
});

test('never passes more than diffraction does, whatever is wrong; negative frequencies are like positive ones', () => {
	fc.assert(
		fc.property(microscopes, defocus, frequency, fc.constantFrom(...CHANNELS), (microscope, z, f, channel) => {
			const transfer = microscopeTransfer(microscope, channel, z);
			expect(Math.abs(transfer(f))).toBeLessThanOrEqual(perfectTransfer(microscope, channel, f) + 3e-4);
			expect(transfer(-f)).toBe(transfer(f));
			expect(transfer(0)).toBeCloseTo(1, 3);
		}),
		{ numRuns: 60 },
	);
});

describe('spherical aberration', () => {
	const spherical = { ...plain, sphericalWaves: 1 };

	test('makes planes above and below focus differ, and its sign exchanges them', () => {
		const mirrored = { ...plain, sphericalWaves: -1 };
		let largest = 0;
		for (let f = 0.2; f < 2.5; f += 0.2) {
			const above = microscopeTransfer(spherical, 1, 1.5)(f);
			const below = microscopeTransfer(spherical, 1, -1.5)(f);
			largest = Math.max(largest, Math.abs(above - below));
			expect(microscopeTransfer(mirrored, 1, -1.5)(f)).toBeCloseTo(above, 9);
			expect(microscopeTransfer(plain, 1, 1.5)(f)).toBeCloseTo(microscopeTransfer(plain, 1, -1.5)(f), 9);
		}
		expect(largest).toBeGreaterThan(0.1);
	});

	test('height 0 is best focus: the light in the middle of a point is brightest there', () => {
		/** Strehl ratio: transfer over all frequencies, against the perfect one. */
		const strehl = (microscope: Microscope, z: number): number => {
			const transfer = microscopeTransfer(microscope, 1, z);
			let [sum, perfect] = [0, 0];
			for (let f = 0.02; f < 2.8; f += 0.04) {
				sum += f * transfer(f);
				perfect += f * perfectTransfer(microscope, 1, f);
			}
			return sum / perfect;
		};
		for (const sphericalWaves of [0.4, -0.7]) {
			const microscope = { ...plain, sphericalWaves };
			const best = strehl(microscope, 0);
			for (const z of [-0.6, -0.3, 0.3, 0.6]) expect(strehl(microscope, z)).toBeLessThan(best);
			expect(best).toBeLessThan(0.99);
		}
	});

	test('small apertures: best focus lies where W020 = -W040, and its Strehl ratio is 1 - (2π/λ)² W040²/180', () => {
		const small = { ...plain, numericalAperture: 0.1, sphericalWaves: 0.25 };
		const balance = -0.25 * plain.wavelengthUm[1];
		expect(bestFocusUm(small)).toBeCloseTo((balance * 2) / 0.1 ** 2, 0);
		const transfer = microscopeTransfer(small, 1, 0);
		let [sum, perfect] = [0, 0];
		for (let f = 0.0005; f < 0.372; f += 0.001) {
			sum += f * transfer(f);
			perfect += f * perfectTransfer(small, 1, f);
		}
		expect(sum / perfect).toBeCloseTo(1 - (2 * Math.PI * 0.25) ** 2 / 180, 3);
	});

	test('without it best focus is at 0', () => {
		expect(bestFocusUm(plain)).toBe(0);
	});
});

describe('the point-spread function by another way', () => {
	/** Amplitude in the image: the Hankel transform of the pupil with its wavefront, at `v = 2π NA r / λ`. */
	function intensity(path: (t: number) => number, v: number): number {
		const steps = 400;
		let [re, im] = [0, 0];
		for (let i = 0; i < steps; i++) {
			const t = (i + 0.5) / steps;
			const j0 = besselJ0(v * Math.sqrt(t));
			re += (Math.cos(2 * Math.PI * path(t)) * j0) / steps;
			im += (Math.sin(2 * Math.PI * path(t)) * j0) / steps;
		}
		return re * re + im * im;
	}

	/** Its own Hankel transform at the frequency `shift` of the cut-off, 1 at 0. */
	function transferBySpread(path: (t: number) => number, shift: number): number {
		let [sum, total] = [0, 0];
		for (let v = 0.05; v < 120; v += 0.1) {
			const light = v * intensity(path, v);
			sum += light * besselJ0(2 * shift * v);
			total += light;
		}
		return sum / total;
	}

	test.each([
		[1.2, 0],
		[0, 0.8],
		[1, -0.6],
		[-1.5, 0.6],
	])('has the same transform at %d µm with %d waves of spherical aberration', (zUm, sphericalWaves) => {
		const microscope = { ...plain, sphericalWaves };
		const wavelength = plain.wavelengthUm[1];
		const height = zUm + bestFocusUm(microscope);
		const path = (t: number): number =>
			(height * (1 - Math.sqrt(1 - 0.75 ** 2 * t))) / wavelength + sphericalWaves * t * t;
		const transfer = microscopeTransfer(microscope, 1, zUm);
		for (const shift of [0.1, 0.25, 0.5, 0.8]) {
			const expected = transferBySpread(path, shift);
			expect(Math.abs(transfer((shift * 2 * 0.75) / wavelength) - expected), `at ${shift}`).toBeLessThan(0.02);
		}
	});
});

test('chromatic shift: each channel is perfect at its own height, G at 0', () => {
	const microscope = { ...plain, chromaticShiftUm: 0.8 };
	expect(CHANNELS.map((channel) => channelFocusUm(microscope, channel))).toEqual([0.8, 0, -0.8]);
	for (const channel of CHANNELS) {
		const focus = channelFocusUm(microscope, channel);
		expect(microscopeTransfer(microscope, channel, focus)(1)).toBe(perfectTransfer(microscope, channel, 1));
		expect(microscopeTransfer(microscope, channel, focus + 0.5)(1)).toBeLessThan(
			perfectTransfer(microscope, channel, 1) - 0.05,
		);
	}
});

test('thick tissue: the mean of its planes, softer in focus and softening less steeply', () => {
	const thick = { ...plain, thicknessUm: 3 };
	const f = 0.8;
	const steps = 300;
	let mean = 0;
	for (let i = 0; i < steps; i++) mean += microscopeTransfer(plain, 1, 3 * ((i + 0.5) / steps - 0.5))(f) / steps;
	expect(microscopeTransfer(thick, 1, 0)(f)).toBeCloseTo(mean, 2);
	const at = (microscope: Microscope, z: number): number => microscopeTransfer(microscope, 1, z)(f);
	expect(at(thick, 0)).toBeLessThan(at(plain, 0));
	expect(at(thick, 0) - at(thick, 0.7)).toBeLessThan(at(plain, 0) - at(plain, 0.7));
});

test('shorter wavelengths pass finer detail in focus and lose more out of focus', () => {
	expect(perfectTransfer(plain, 2, 1.5)).toBeGreaterThan(perfectTransfer(plain, 0, 1.5));
	expect(microscopeTransfer(plain, 2, 1)(0.7) / perfectTransfer(plain, 2, 0.7)).toBeLessThan(
		microscopeTransfer(plain, 0, 1)(0.7) / perfectTransfer(plain, 0, 0.7),
	);
});

test('impossible optics are refused', () => {
	expect(() => microscopeTransfer({ ...plain, numericalAperture: 1 }, 1, 0)).toThrow(ArgumentError);
	expect(() => microscopeTransfer(plain, 1, Number.NaN)).toThrow(/number of µm, not NaN/);
});
