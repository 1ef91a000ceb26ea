/**
 * What a loss is: how many numbers a network must answer with, how they are judged in a training graph, and what they say
 * once trained.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import type { Value } from '../engine/graph.ts';
import { allAxes, mean } from '../engine/operators/reduction.ts';
import type { Tape } from '../engine/tape.ts';

/** What a network's answer says about one picture. */
export interface Decoded {
	/**
	 * Higher is blurrier: the mean class under the answer's probabilities (0 = in focus), or the answer itself where the loss
	 * is of a value.
	 */
	readonly expected: number;
	/** The answered class; absent where the loss is of a value. */
	readonly class?: number;
	/** Of each class; they add up to one. */
	readonly probabilities?: Float64Array;
	/** The largest of the probabilities. */
	readonly certainty?: number;
}

/** A loss, ready to be built into a training graph. */
export interface Loss {
	/** As the user types it. */
	readonly name: string;
	/** Where it was published. */
	readonly source: string;
	/** Whether targets are classes 0 … K-1 (0 = in focus), or any number. */
	readonly target: 'class' | 'value';
	/** Weight of the penalty; absent where the loss has none. */
	readonly lambda?: number;
	/**
	 * Numbers a network must answer with.
	 * @throws {ArgumentError} for fewer than two classes, where the loss is of classes
	 */
	outputs(classes: number): number;
	/**
	 * Loss of each sample, `[n]`; absent where it is of the batch as a whole.
	 * @param answers - `[n, outputs]`
	 * @param targets - `[n]`, of the type of `answers`; classes as whole numbers
	 */
	perSample?(tape: Tape, answers: Value, targets: Value, classes: number): Value;
	/** Loss of a batch: one number. Arguments as of `perSample`. */
	build(tape: Tape, answers: Value, targets: Value, classes: number): Value;
	/** Reads one answer of `outputs(classes)` numbers. */
	decode(answer: ArrayLike<number>, classes: number): Decoded;
}

/** A loss that is a mean over the batch, so that only a sample's need be said. */
export function sampleLoss(parts: Omit<Loss, 'build'> & Required<Pick<Loss, 'perSample'>>): Loss {
	return {
		...parts,
		outputs(classes) {
			if (parts.target === 'class') requireClasses(classes);
			return parts.outputs(classes);
		},
		build(tape, answers, targets, classes) {
			const each = parts.perSample(tape, answers, targets, classes);
			return mean(tape, each, allAxes(each));
		},
	};
}

function requireClasses(classes: number): void {
	if (Number.isInteger(classes) && classes >= 2) return;
	throw new ArgumentError('classes', `A loss of ordered classes needs at least two of them, not ${classes}.`);
}
