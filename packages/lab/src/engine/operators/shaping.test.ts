import { describe, expect, test } from 'vitest';
import { Tape } from '../tape.ts';
import { testGradient } from '../testing/gradient-check.ts';
import { concatenate, pad, reshape, slice, transpose } from './shaping.ts';

describe('operations that move numbers', () => {
	testGradient('reshape', { shapes: [[2, 6]], build: (tape, [x]) => reshape(tape, x!, [3, 4]) });
	testGradient('transpose', { shapes: [[2, 3, 4]], build: (tape, [x]) => transpose(tape, x!, [2, 0, 1]) });
	testGradient('slice', { shapes: [[2, 6]], build: (tape, [x]) => slice(tape, x!, 1, 1, 4) });
	testGradient('pad', { shapes: [[2, 3]], build: (tape, [x]) => pad(tape, x!, [0, 1], [1, 2], -3) });
	testGradient('concatenate', {
		shapes: [
			[2, 3],
			[2, 2],
		],
		build: (tape, parts) => concatenate(tape, parts, 1),
	});

	test('what changes nothing adds nothing', () => {
		const tape = new Tape('same');
		const x = tape.variable(tape.graph.input('x', [2, 3]));
		expect(reshape(tape, x, [2, 3])).toBe(x);
		expect(slice(tape, x, 1, 0, 3)).toBe(x);
		expect(pad(tape, x, [0, 0], [0, 0])).toBe(x);
		expect(() => reshape(tape, x, [7])).toThrow(/\[2 3\] cannot become \[7\]/);
	});
});
