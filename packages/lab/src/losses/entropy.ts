/**
 * Entropy of an answer: small where the network commits itself, whatever to.
 * @module
 */
import type { Value } from '../engine/graph.ts';
import { multiply, scale } from '../engine/operators/arithmetic.ts';
import { exponential } from '../engine/operators/exponential.ts';
import { logSoftmax } from '../engine/operators/log-softmax.ts';
import { sum } from '../engine/operators/reduction.ts';
import type { Tape } from '../engine/tape.ts';

/** `-Σ p ln p` of each sample in nats, `[n]`, for logits `[n, classes]`. */
export function entropyOfSamples(tape: Tape, logits: Value): Value {
	const logarithms = logSoftmax(tape, logits);
	return scale(tape, sum(tape, multiply(tape, exponential(tape, logarithms), logarithms), [1]), -1);
}
