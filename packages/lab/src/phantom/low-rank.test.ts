import { expect, test } from 'vitest';
import { defocusPsf } from '../simulate/defocus.ts';
import { type LowRankKernel, lowRankKernel } from './low-rank.ts';

const optics = { numericalAperture: 0.75, wavelengthUm: 0.55, refractiveIndex: 1, mpp: 0.25 };

function rebuilt({ halfPx, terms }: LowRankKernel): number[] {
	const values: number[] = [];
	for (let y = -halfPx; y <= halfPx; y++) {
		for (let x = -halfPx; x <= halfPx; x++) {
			values.push(
				terms.reduce((sum, { weight, profile }) => sum + weight * profile[Math.abs(x)]! * profile[Math.abs(y)]!, 0),
			);
		}
	}
	return values;
}

test.each([0, 0.5, 1, 2])('with a small tolerance it is the point spread at %s µm', (defocusUm) => {
	const psf = defocusPsf({ ...optics, defocusUm });
	const half = (psf.sizePx - 1) / 2;
	const kernel = lowRankKernel(psf, half, 1e-5);
	const values = rebuilt(kernel);
	let error = 0;
	let energy = 0;
	for (const [i, value] of psf.data.entries()) {
		error += (value - values[i]!) ** 2;
		energy += value * value;
	}
	expect(Math.sqrt(error / energy)).toBeLessThan(3e-4);
});

test.each([0, 1, 2])('the tolerance holds at %s µm, with few terms', (defocusUm) => {
	const psf = defocusPsf({ ...optics, defocusUm });
	const kernel = lowRankKernel(psf, 14, 0.01);
	const exact = rebuilt(lowRankKernel(psf, 14, 0));
	const values = rebuilt(kernel);
	const energy = exact.reduce((sum, value) => sum + value * value, 0);
	const error = exact.reduce((sum, value, i) => sum + (value - values[i]!) ** 2, 0);
	expect(Math.sqrt(error / energy)).toBeLessThan(0.025);
	expect(kernel.terms.length).toBeLessThanOrEqual(6);
	expect(kernel.terms.length).toBeLessThan(lowRankKernel(psf, 14, 1e-4).terms.length);
});

test('it sums to 1 whatever is cut off', () => {
	for (const half of [1, 3, 6, 100]) {
		const kernel = lowRankKernel(defocusPsf({ ...optics, defocusUm: 1 }), half, 0.03);
		expect(rebuilt(kernel).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
		expect(kernel.halfPx).toBeLessThanOrEqual(14);
	}
});
