import { describe } from 'vitest';
import { testGradient } from '../testing/gradient-check.ts';
import { add, divide, multiply, scale, shift, subtract } from './arithmetic.ts';

/** A divisor well away from zero. */
const awayFromZero = (value: number, input: number): number => (input === 1 ? 1.5 + value / 2 : value);

describe('arithmetic of values whose shapes broadcast', () => {
	for (const [name, operator] of Object.entries({ add, subtract, multiply, divide })) {
		testGradient(name, {
			shapes: [
				[2, 3, 4],
				[3, 1],
			],
			prepare: awayFromZero,
			build: (tape, [a, b]) => operator(tape, a!, b!),
		});
	}
	testGradient('multiplying a value by itself', { shapes: [[6]], build: (tape, [x]) => multiply(tape, x!, x!) });
	testGradient('scale and shift', { shapes: [[6]], build: (tape, [x]) => shift(tape, scale(tape, x!, -2.5), 3) });
});
