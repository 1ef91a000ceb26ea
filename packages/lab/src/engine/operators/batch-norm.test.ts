import { describe } from 'vitest';
import { testGradient } from '../testing/gradient-check.ts';
import { batchNorm, fixedBatchNorm } from './batch-norm.ts';
import { hyperbolicTangent } from './hyperbolic-tangent.ts';

describe('batch normalisation', () => {
	const shapes = [[2, 4, 5, 5], [4], [4]];
	testGradient('normalising by the batch', {
		shapes,
		build: (tape, [x, w, b]) => hyperbolicTangent(tape, batchNorm(tape, x!, w!, b!, 1e-5).output),
	});
	testGradient('normalising by known statistics', {
		shapes,
		build(tape, [x, w, b]) {
			const known = (values: readonly number[]) => tape.graph.constant(values, [4], 'float32');
			const [mean, variance] = [known([0.1, -0.2, 0, 0.3]), known([0.5, 1, 2, 0.25])];
			return hyperbolicTangent(tape, fixedBatchNorm(tape, x!, w!, b!, mean, variance, 1e-5));
		},
	});
});
