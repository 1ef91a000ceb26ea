/**
 * What a trained network's file says of it.
 * @module
 */
import type { PatchSet } from '../data/sets/patch-set.ts';
import type { NetworkDescription } from '../networks/model-file.ts';
import type { TrainingSettings } from './settings.ts';
import type { Task } from './task.ts';

/** What settings do not say: the licence and pixel size, which only the user knows, and the size of the pictures. */
export type NetworkFacts = Partial<Pick<NetworkDescription, 'licence' | 'mppUm' | 'windowPx'>>;

/** The description of a network trained with these settings. */
export function describeNetwork(settings: TrainingSettings, task: Task, facts: NetworkFacts): NetworkDescription {
	const { loss, classes, outputs, set } = task;
	const hasPlanes = set.patches.some(({ zLevel }) => zLevel !== undefined);
	return {
		format: 1,
		network: settings.network,
		options: {},
		head: settings.head,
		loss: loss.name,
		...(loss.lambda !== undefined && { lambda: loss.lambda }),
		classes,
		outputs,
		inputPx: settings.inputPx,
		resampler: settings.resampler,
		normalisation: settings.normalisation,
		...(settings.resampler !== 'none' && facts.windowPx !== undefined && { windowPx: facts.windowPx }),
		...(facts.mppUm !== undefined && { mppUm: facts.mppUm }),
		// A correlation leaves the scale free.
		unit: hasPlanes && loss.name !== 'plcc' ? 'zLevel' : 'score',
		higherMeans: 'blurrier',
		licence: facts.licence ?? 'not stated',
		trainedOn: dataInWords(set),
	};
}

/** A set in a few words; simulated data is called so. */
export function dataInWords(set: PatchSet): string {
	const { kind, patches } = set;
	const slides = new Set(patches.map(({ group }) => group.slide)).size;
	return `${isSimulated(set) ? 'simulated data' : 'data'} of kind ${kind}, ${patches.length} patches of ${slides} slides`;
}

/** Whether a set's own notes say that it is simulated. */
export function isSimulated({ notes }: PatchSet): boolean {
	return notes.some((note) => /simulated|synthetic/i.test(note));
}
