import fc from 'fast-check';
import { expect, test } from 'vitest';
import { perfectPupilTransfer, pupilTransfer } from './pupil.ts';

const shifts = fc.double({ min: 0, max: 1.2, noNaN: true });

/** Autocorrelation of the pupil on a grid: slow, coarse, and free of the tricks of the quadrature. */
function onGrid(phase: (rhoSquared: number) => number, shift: number, steps = 400): number {
	let sum = 0;
	for (let j = 0; j < steps; j++) {
		const y = (2 * (j + 0.5)) / steps - 1;
		for (let i = 0; i < steps; i++) {
			const x = (2 * (i + 0.5)) / steps - 1;
			const [ahead, behind] = [(x + shift) ** 2 + y * y, (x - shift) ** 2 + y * y];
			if (ahead < 1 && behind < 1) sum += Math.cos(phase(ahead) - phase(behind));
		}
	}
	return (sum * 4) / (steps * steps * Math.PI);
}

test('an even wavefront gives the closed form', () => {
	fc.assert(
		fc.property(shifts, fc.double({ min: -10, max: 10, noNaN: true }), (shift, piston) => {
			expect(Math.abs(pupilTransfer(() => piston, shift) - perfectPupilTransfer(shift))).toBeLessThan(2e-4);
		}),
	);
});

test.each([0, 0.1, 0.35, 0.6, 0.9])('any wavefront gives the autocorrelation of the pupil, at shift %d', (shift) => {
	for (const [defocus, spherical] of [
		[5, 0],
		[-12, 6],
		[0, 9],
		[25, -4],
	] as const) {
		const phase = (t: number): number => defocus * t + spherical * t * t;
		expect(Math.abs(pupilTransfer(phase, shift) - onGrid(phase, shift))).toBeLessThan(5e-3);
	}
});

test('a quadratic wavefront has a transfer that one integral gives (Hopkins 1955)', () => {
	for (const span of [2, 8, 20, 90]) {
		for (const shift of [0.02, 0.1, 0.3, 0.7]) {
			const steps = 20_000;
			let sum = 0;
			for (let i = 0; i < steps; i++) {
				const x = ((i + 0.5) / steps) * (1 - shift);
				sum += Math.sqrt(1 - (x + shift) ** 2) * Math.cos(4 * span * x * shift);
			}
			const expected = (4 * sum * (1 - shift)) / (Math.PI * steps);
			expect(Math.abs(pupilTransfer((t) => span * t, shift) - expected)).toBeLessThan(3e-4);
		}
	}
});

test('no wavefront passes more than an even one, and its sign does not matter', () => {
	fc.assert(
		fc.property(
			shifts,
			fc.double({ min: -60, max: 60, noNaN: true }),
			fc.double({ min: -30, max: 30, noNaN: true }),
			(shift, defocus, spherical) => {
				const phase = (t: number): number => defocus * t + spherical * t * t;
				const transfer = pupilTransfer(phase, shift);
				expect(Math.abs(transfer)).toBeLessThanOrEqual(perfectPupilTransfer(shift) + 2e-4);
				expect(pupilTransfer((t) => -phase(t), shift)).toBeCloseTo(transfer, 12);
			},
		),
		{ numRuns: 60 },
	);
});

test('passes all at frequency 0 and nothing at the cut-off and beyond', () => {
	expect(perfectPupilTransfer(0)).toBe(1);
	expect(pupilTransfer((t) => 30 * t, 0)).toBeCloseTo(1, 3);
	for (const shift of [1, 1.5, 100]) {
		expect(perfectPupilTransfer(shift)).toBe(0);
		expect(pupilTransfer((t) => t, shift)).toBe(0);
	}
});
