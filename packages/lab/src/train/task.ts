/**
 * What is to be learned: patches with targets on the sides of a split, and a network with a loss.
 * @module
 */
import { ArgumentError } from '@parfocal/core';
import { classCounts, classWeights } from '../data/batches/class-weights.ts';
import { type PatchSet, planesFromFocus } from '../data/sets/patch-set.ts';
import { missingClasses, type PatchSplit, requireTrainingClasses, splitPatches } from '../data/splits/split-patches.ts';
import type { Loss } from '../losses/loss.ts';
import { lossNamed } from '../losses/registry.ts';
import { type Network, parameterSpecs } from '../networks/network.ts';
import type { ParameterSpec } from '../networks/parameters.ts';
import { networkNamed } from '../networks/registry.ts';
import type { TrainingSettings } from './settings.ts';
import { weightedLoss } from './weighted-loss.ts';

/** A network, a loss and patches. */
export interface Task {
	/** The set, with as many classes as are told apart. */
	readonly set: PatchSet;
	readonly split: PatchSplit;
	readonly network: Network;
	readonly loss: Loss;
	/** 1 where a value is learned. */
	readonly classes: number;
	/** Numbers the network answers with. */
	readonly outputs: number;
	/** All parameters of network and head. */
	readonly specs: readonly ParameterSpec[];
	/** What should be answered, by patch of the set: its class, or its distance from focus. */
	readonly targets: Float32Array;
	/** What is worth knowing about the data, in sentences. */
	readonly notes: readonly string[];
}

/**
 * Puts a task together.
 * @throws {ArgumentError} when there is no such loss, the set cannot be split so, or a class has no patch to train on
 * @throws {ModelError} when there is no such network, or pictures are too small for it
 */
export function createTask(settings: TrainingSettings, whole: PatchSet, ownSplit?: PatchSplit): Task {
	const { lambda, split: by, seed } = settings;
	const network = networkNamed(settings.network);
	const plain = lossNamed(settings.loss, lambda === undefined ? {} : { lambda });
	const isOfClasses = plain.target === 'class';
	const set = isOfClasses && settings.classes !== undefined ? withClasses(whole, settings.classes) : whole;
	const split = ownSplit ?? splitPatches(set, { by, seed })[0]!;
	if (isOfClasses) requireTrainingClasses(set, split);
	const labels = set.patches.map(({ label }) => label);
	const classes = isOfClasses ? set.classes.length : 1;
	const loss = weighted(plain, settings, labels, split, classes);
	const outputs = plain.outputs(classes);
	return {
		set,
		split,
		network,
		loss,
		classes,
		outputs,
		specs: parameterSpecs(network, settings.head, outputs, settings.inputPx),
		targets: isOfClasses ? Float32Array.from(labels) : planesFromFocus(set),
		notes: [...set.notes, ...(isOfClasses ? missingClasses(set, split) : [])],
	};
}

function weighted(
	loss: Loss,
	{ classWeights: weighting }: TrainingSettings,
	labels: readonly number[],
	{ train }: PatchSplit,
	classes: number,
): Loss {
	if (weighting === 'none') return loss;
	const counts = classCounts(
		train.map((index) => labels[index]!),
		Math.max(classes, ...labels) + 1,
	).slice(0, classes);
	return weightedLoss(loss, classWeights(counts, weighting));
}

/** The set with classes beyond the last taken for the last. */
function withClasses(set: PatchSet, classes: number): PatchSet {
	const known = set.classes.length;
	if (!(Number.isInteger(classes) && classes >= 2 && classes <= known)) {
		throw new ArgumentError(
			'classes',
			`The set has ${known} classes; from 2 to ${known} can be told apart, not ${classes}.`,
		);
	}
	if (classes === known) return set;
	const last = `${set.classes[classes - 1]} and blurrier`;
	return {
		...set,
		patches: set.patches.map((patch) => ({ ...patch, label: Math.min(patch.label, classes - 1) })),
		classes: [...set.classes.slice(0, classes - 1), last],
	};
}
