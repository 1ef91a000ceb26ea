/**
 * The penalty of CO, CO2 and HO2: probabilities must fall from the true class outwards.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import { multiply, shift, subtract } from '../engine/operators/arithmetic.ts';
import { exponential } from '../engine/operators/exponential.ts';
import { logSoftmax } from '../engine/operators/log-softmax.ts';
import { sum } from '../engine/operators/reduction.ts';
import { relu } from '../engine/operators/relu.ts';
import { slice } from '../engine/operators/shaping.ts';
import type { Tape } from '../engine/tape.ts';
import { side } from './class-target.ts';

/** Margin of CO2 and HO2, as published. */
export const PUBLISHED_MARGIN = 0.05;

/**
 * `R_delta` of each sample, `[n]`, for logits `[n, classes]`: over pairs of adjacent classes k, k+1 the sum of
 * `relu(delta + p_{k+1} - p_k)` from the true class on, and of `relu(delta + p_k - p_{k+1})` before it. Each pair is charged
 * once.
 *
 * Equations 2-4 of the paper charge the pair to the right of the true class in both directions: a misprint, which its code
 * does not have.
 * Source: Albuquerque et al., "Ordinal losses for classification of cervical cancer risk", PeerJ CS 7:e457, 2021, eq. 4-6.
 */
export function neighbourPenalty(tape: Tape, logits: Value, targets: Value, delta: number): Value {
	const classes = logits.shape[1]!;
	const probabilities = exponential(tape, logSoftmax(tape, logits));
	const lower = slice(tape, probabilities, 1, 0, classes - 1);
	const rise = subtract(tape, slice(tape, probabilities, 1, 1, classes), lower);
	const wrong = multiply(tape, rise, side(tape.graph, targets, classes));
	return sum(tape, relu(tape, shift(tape, wrong, delta)), [1]);
}
