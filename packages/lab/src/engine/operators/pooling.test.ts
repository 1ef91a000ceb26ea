import { describe } from 'vitest';
import { testGradient } from '../testing/gradient-check.ts';
import { evenPadding, windowsOver } from '../window.ts';
import { adaptiveAveragePool } from './adaptive-average-pool.ts';
import { averagePool } from './average-pool.ts';
import { maxPool } from './max-pool.ts';

describe('pooling', () => {
	testGradient('the largest of windows that overlap', {
		shapes: [[2, 4, 9, 9]],
		step: 1e-3,
		build: (tape, [x]) => maxPool(tape, x!, windowsOver([9, 9], [3, 3], 2, evenPadding(1))),
	});
	testGradient('the largest of windows that hang over the edge', {
		shapes: [[2, 4, 8, 8]],
		step: 1e-3,
		build: (tape, [x]) => maxPool(tape, x!, windowsOver([8, 8], [3, 3], 2, evenPadding(0), true)),
	});
	testGradient('means of blocks', { shapes: [[2, 3, 5, 7]], build: (tape, [x]) => averagePool(tape, x!, 2) });
	testGradient('means of a grid', { shapes: [[2, 3, 5, 7]], build: (tape, [x]) => adaptiveAveragePool(tape, x!, 3) });
	testGradient('means of a finer grid', {
		shapes: [[1, 2, 2, 3]],
		build: (tape, [x]) => adaptiveAveragePool(tape, x!, 5),
	});
});
