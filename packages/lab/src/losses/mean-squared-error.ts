/**
 * Mean squared error: the answer is the level of blur itself.
 * @module
 */
import { multiply, subtract } from '../engine/operators/arithmetic.ts';
import { reshape } from '../engine/operators/shaping.ts';
import type { Loss } from './loss.ts';
import { valueLoss } from './value-loss.ts';

/** Mean squared error. */
export const meanSquaredError: Loss = valueLoss({
	name: 'mse',
	source: 'Wang et al., FocusLiteNN, MICCAI 2020, section 3',
	perSample(tape, answers, targets) {
		const error = subtract(tape, reshape(tape, answers, targets.shape), targets);
		return multiply(tape, error, error);
	},
});
