/**
 * Cross-entropy (CE): classes without order, the nominal baseline.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import { multiply, scale } from '../engine/operators/arithmetic.ts';
import { logSoftmax } from '../engine/operators/log-softmax.ts';
import { sum } from '../engine/operators/reduction.ts';
import type { Tape } from '../engine/tape.ts';
import { oneHot } from './class-target.ts';
import type { Loss } from './loss.ts';
import { softmaxLoss } from './softmax-loss.ts';

/** `-ln p_y` of each sample, `[n]`, for logits `[n, classes]`. */
export function crossEntropyOfSamples(tape: Tape, logits: Value, targets: Value): Value {
	const chosen = multiply(tape, logSoftmax(tape, logits), oneHot(tape.graph, targets, logits.shape[1]!));
	return scale(tape, sum(tape, chosen, [1]), -1);
}

/** Cross-entropy. */
export const crossEntropy: Loss = softmaxLoss({
	name: 'ce',
	source: 'Albuquerque et al., Deep Ordinal Focus Assessment for Whole Slide Images, ICCVW 2021, section 3',
	perSample: crossEntropyOfSamples,
});
