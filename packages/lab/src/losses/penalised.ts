/**
 * Losses that add the penalty on neighbours to something else.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import type { Value } from '../engine/graph.ts';
import { add, scale } from '../engine/operators/arithmetic.ts';
import type { Tape } from '../engine/tape.ts';
import type { Loss } from './loss.ts';
import { softmaxLoss } from './softmax-loss.ts';

/** A loss with a penalty. */
export interface PenalisedLoss {
	readonly name: string;
	readonly source: string;
	/** Weight of the penalty. */
	readonly lambda: number;
	/** What is minimised without it, of each sample. */
	readonly base: (tape: Tape, logits: Value, targets: Value) => Value;
	readonly penalty: (tape: Tape, logits: Value, targets: Value) => Value;
}

/**
 * `base + lambda · penalty`. The paper and the code of 2025 weigh the penalty; the code of 2021 weighs the base, which is the
 * same up to scale: lambda here is one over lambda there.
 * @throws {ArgumentError} for a lambda below zero
 */
export function penalisedLoss({ name, source, lambda, base, penalty }: PenalisedLoss): Loss {
	if (!(lambda >= 0 && Number.isFinite(lambda))) {
		throw new ArgumentError('lambda', `The weight of a penalty must be a number from 0, not ${lambda}.`);
	}
	return softmaxLoss({
		name,
		source,
		lambda,
		perSample: (tape, logits, targets) =>
			add(tape, base(tape, logits, targets), scale(tape, penalty(tape, logits, targets), lambda)),
	});
}
