import { describe, expect, test } from 'vitest';
import { Tape } from '../tape.ts';
import { testGradient } from '../testing/gradient-check.ts';
import { largest, smallest } from './extreme.ts';
import { logSoftmax } from './log-softmax.ts';
import { allAxes, mean, sum } from './reduction.ts';

describe('reductions', () => {
	testGradient('sum over one axis', { shapes: [[2, 3, 4]], build: (tape, [x]) => sum(tape, x!, [1]) });
	testGradient('mean over two axes', { shapes: [[2, 3, 4]], build: (tape, [x]) => mean(tape, x!, [0, 2]) });
	testGradient('mean of all', { shapes: [[2, 5]], build: (tape, [x]) => mean(tape, x!, allAxes(x!)) });
	testGradient('largest', { shapes: [[2, 3, 5, 4]], step: 1e-3, build: (tape, [x]) => largest(tape, x!, [2, 3]) });
	testGradient('smallest', { shapes: [[2, 3, 5, 4]], step: 1e-3, build: (tape, [x]) => smallest(tape, x!, [2, 3]) });
	testGradient('the logarithm of the softmax', {
		shapes: [[4, 12]],
		prepare: (value) => 3 * value,
		build: (tape, [x]) => logSoftmax(tape, x!),
	});

	test('over no axis is the value itself', () => {
		const tape = new Tape('none');
		const x = tape.variable(tape.graph.input('x', [3]));
		expect(sum(tape, x, [])).toBe(x);
		expect(mean(tape, x, [])).toBe(x);
	});
});
