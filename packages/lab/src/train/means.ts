/**
 * What a network is trained with: an engine or our own WebAssembly, pictures or features of a frozen backbone. What several
 * trainings of one set share is prepared once.
 * @module
 */
import type { Tensors } from '@parfocal/core';
import type { PatchSet } from '../data/sets/patch-set.ts';
import type { PatchSplit } from '../data/splits/split-patches.ts';
import type { Engine } from '../engine/runtime/engine.ts';
import { openNodeEngine } from '../engine/runtime/node-engine.ts';
import { createFeatureReader, withoutBackbone } from '../networks/backbone-features.ts';
import { featureSpecs } from '../networks/network.ts';
import { type FeatureTable, takeFeatures } from './feature-source.ts';
import type { FitEvent } from './fit-network.ts';
import { graphLearner, type Learner, sparseLearner } from './learner.ts';
import { featureSources, type OpenSource, pictureSources, type SampleOptions } from './sample-sources.ts';
import type { TrainingSettings } from './settings.ts';
import { isSparse } from './sparse/sparse-training.ts';
import { createTask, type Task } from './task.ts';

/** A task and how it is learned. */
export interface Means {
	readonly settings: TrainingSettings;
	readonly task: Task;
	readonly learner: Learner;
	readonly open: OpenSource;
}

/** Gives means for a training with these settings on this split. */
export type MeansOf = (settings: TrainingSettings, split: PatchSplit) => Means;

/** What means are prepared from. */
export interface MeansOptions extends Pick<SampleOptions, 'decoders' | 'cacheBytes'> {
	readonly settings: TrainingSettings;
	readonly set: PatchSet;
	readonly task: Task;
	/** Those that training starts from; a frozen backbone's numbers are among them. */
	readonly parameters: Tensors;
	/** Keeps features of a frozen backbone for the next training on the same set; filled here. */
	readonly features?: FeatureCache | undefined;
	readonly onEvent?: ((event: FitEvent) => void) | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** Features of patches of one set, by what they were taken with. */
export type FeatureCache = Map<string, FeatureTable>;

/** Patches that could not be read and are named. */
const NAMED_FAILURES = 5;

/**
 * Prepares means.
 * @throws {ModelError} when ONNX Runtime is needed and missing, or refuses the network
 */
export async function prepareMeans(options: MeansOptions): Promise<MeansOf> {
	const { settings, set, task } = options;
	const { network, specs } = task;
	const { decoders, cacheBytes } = options;
	const overPictures =
		(learnerOf: (own: TrainingSettings, task: Task) => Learner): MeansOf =>
		(own, split) => {
			const ownTask = createTask(own, set, split);
			const learner = learnerOf(own, ownTask);
			const open = pictureSources(own, ownTask, { ...learner, decoders, cacheBytes });
			return { settings: own, task: ownTask, learner, open };
		};
	if (usesSparse(settings, task)) return overPictures((own) => sparseLearner(specs, own.loss, own.inputPx));

	const engine = await openNodeEngine(settings.device, { threads: settings.threads });
	const setupOf = (own: TrainingSettings, { loss, classes }: Task) => ({
		loss,
		classes,
		head: own.head,
		batch: own.batch / own.accumulate,
	});
	if (settings.freeze === 'nothing') {
		return overPictures((own, ownTask) => {
			const setup = { ...setupOf(own, ownTask), network, input: [3, own.inputPx, own.inputPx] as const };
			return graphLearner(engine, setup, specs, own.accumulate);
		});
	}
	const table = await featuresOf(engine, options);
	const backbone = new Set(featureSpecs(network).map(({ key }) => key));
	const head = specs.filter(({ key }) => !backbone.has(key));
	return (own, split) => {
		const ownTask = createTask(own, set, split);
		const setup = {
			...setupOf(own, ownTask),
			network: withoutBackbone(network),
			input: [table.count, 1, 1] as const,
		};
		const learner = graphLearner(engine, setup, head, own.accumulate);
		return { settings: own, task: ownTask, learner, open: featureSources(own, ownTask, table) };
	};
}

/** Whether our own WebAssembly trains it: on the processor, every class counted alike. */
function usesSparse({ device, freeze, classWeights, loss }: TrainingSettings, { specs }: Task): boolean {
	return device === 'cpu' && freeze === 'nothing' && classWeights === 'none' && isSparse(specs, loss);
}

/** Features of all patches of the split, from the middle of each; those that were taken before are not taken again. */
async function featuresOf(engine: Engine, options: MeansOptions): Promise<FeatureTable> {
	const { settings, task, features: cache } = options;
	const { train, validation, test } = task.split;
	const { network, weights, inputPx, resampler, normalisation } = settings;
	const key = JSON.stringify([network, weights, inputPx, resampler, normalisation]);
	const known = cache?.get(key);
	const missing = [...train, ...validation, ...test].filter((index) => !known?.features.has(index));
	if (known && missing.length === 0) return known;
	const taken = await takeMissing(engine, options, missing);
	const table = known ? { ...taken, features: new Map([...known.features, ...taken.features]) } : taken;
	// Random backbones differ from seed to seed.
	if (weights !== undefined) cache?.set(key, table);
	return table;
}

async function takeMissing(engine: Engine, options: MeansOptions, missing: readonly number[]): Promise<FeatureTable> {
	const { settings, task, parameters, decoders, cacheBytes, onEvent, signal } = options;
	const batch = settings.batch / settings.accumulate;
	const own = { ...settings, batch };
	const open = pictureSources(own, task, { takesBytes: false, fullBatches: false, decoders, cacheBytes });
	await using source = open(missing, 'look');
	const { network } = task;
	const reader = await createFeatureReader({ engine, network, parameters, batch, inputPx: settings.inputPx });
	try {
		return await takeFeatures(source, reader, batch, {
			signal,
			onProgress: (done, total) => onEvent?.({ kind: 'features', done, total }),
		});
	} finally {
		await reader.close();
		for (const { message } of source.failures.slice(0, NAMED_FAILURES)) {
			onEvent?.({ kind: 'note', text: `Left out: ${message}` });
		}
	}
}
