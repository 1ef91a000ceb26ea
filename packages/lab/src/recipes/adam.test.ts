import { expect, test } from 'vitest';
import { createAdam } from './adam.ts';

test('the first step moves each parameter by the learning rate, against the sign of its gradient', () => {
	const parameters = Float64Array.of(1, 1, 1);
	createAdam(3).step(parameters, Float64Array.of(1e-3, -50, 0), 0.1);
	expect(parameters[0]).toBeCloseTo(0.9, 4);
	expect(parameters[1]).toBeCloseTo(1.1, 6);
	expect(parameters[2]).toBe(1);
});

test('the second step follows algorithm 1 by hand', () => {
	const parameters = Float64Array.of(0);
	const adam = createAdam(1);
	adam.step(parameters, Float64Array.of(1), 0.01);
	adam.step(parameters, Float64Array.of(3), 0.01);
	const m = (0.9 * 0.1 + 0.1 * 3) / (1 - 0.9 ** 2);
	const v = (0.999 * 0.001 + 0.001 * 9) / (1 - 0.999 ** 2);
	expect(parameters[0]).toBeCloseTo(-0.01 - (0.01 * m) / Math.sqrt(v), 9);
});

test('finds the bottom of a bowl', () => {
	const parameters = Float64Array.of(3, -2);
	const adam = createAdam(2);
	for (let i = 0; i < 2000; i++) {
		adam.step(parameters, Float64Array.of(2 * (parameters[0]! - 1), 20 * (parameters[1]! - 4)), 0.02);
	}
	expect(parameters[0]).toBeCloseTo(1, 3);
	expect(parameters[1]).toBeCloseTo(4, 3);
});
