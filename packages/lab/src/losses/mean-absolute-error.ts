/**
 * Mean absolute error: the answer is the level of blur itself, and outliers pull no harder than others.
 * @module
 */
import { absolute } from '../engine/operators/absolute.ts';
import { subtract } from '../engine/operators/arithmetic.ts';
import { reshape } from '../engine/operators/shaping.ts';
import type { Loss } from './loss.ts';
import { valueLoss } from './value-loss.ts';

/** Mean absolute error; an exact answer has no gradient. */
export const meanAbsoluteError: Loss = valueLoss({
	name: 'mae',
	source: "FocusLiteNN's published training program",
	perSample: (tape, answers, targets) => absolute(tape, subtract(tape, reshape(tape, answers, targets.shape), targets)),
});
