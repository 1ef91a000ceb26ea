/**
 * From a data set and settings to a trained network with its figures.
 * @module
 */
import { ArgumentError, type Tensors } from '@parfocal/core';
import type { PatchSet } from '../data/sets/patch-set.ts';
import { type Leak, measureLeak } from '../data/splits/leak.ts';
import { type PatchSplit, requireTrainingClasses } from '../data/splits/split-patches.ts';
import type { NetworkFile } from '../networks/model-file.ts';
import { seededRandom } from '../simulate/random.ts';
import { describeNetwork, type NetworkFacts } from './describe-network.ts';
import { type FitEvent, type FitProgress, type FitState, fitNetwork } from './fit-network.ts';
import { type Figures, figuresOf, type Judged, judge } from './judge.ts';
import { type Means, type MeansOptions, prepareMeans } from './means.ts';
import type { SampleUse } from './sample-sources.ts';
import { type LambdaSearch, type LambdaSearchOptions, searchLambda } from './search-lambda.ts';
import type { TrainingSettings } from './settings.ts';
import { startingParameters } from './starting-parameters.ts';
import { createTask, type Task } from './task.ts';
import { windowOfPictures } from './window-of-pictures.ts';

/** What to train, and what to do meanwhile. */
export interface TrainNetworkOptions extends Pick<MeansOptions, 'decoders' | 'cacheBytes' | 'features'> {
	readonly settings: TrainingSettings;
	readonly set: PatchSet;
	/** Where to go on. */
	readonly from?: FitState | undefined;
	/** Keeps a state that can be gone on from. */
	readonly keep?: ((state: FitState) => Promise<void>) | undefined;
	/** Searches the weight of the penalty first. */
	readonly search?: Pick<LambdaSearchOptions, 'lambdas' | 'folds' | 'known' | 'keep'> | undefined;
	readonly facts?: NetworkFacts;
	readonly onEvent?: ((event: FitEvent) => void) | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** A trained network. */
export interface TrainedNetwork extends NetworkFile {
	/** As it was trained: with the weight that was searched, and no more patches a step than there are. */
	readonly settings: TrainingSettings;
	readonly task: Task;
	readonly progress: FitProgress;
	readonly leak: Leak;
	readonly search?: LambdaSearch;
	/** With the weights that were kept, over all windows of each patch; absent for a side without patches. */
	readonly validation?: Figures;
	readonly test?: Figures;
	readonly testAnswers?: Judged;
	/** What it was trained with, in words. */
	readonly engine: string;
	/** What it started from, in words. */
	readonly start: string;
}

/**
 * Trains a network.
 * @throws {ArgumentError} when settings, set and split do not go together
 * @throws {ModelError} when the runtime is missing, weights do not fit, memory does not suffice, or training diverges
 * @throws {FormatError} when too many patches cannot be read
 * @throws the signal's reason when stopped
 * @example
 * ```ts
 * const settings = completeSettings({ network: 'focuslitenn', epochs: 20 });
 * const trained = await trainNetwork({ settings, set: await openDataset('FocusPath Full') });
 * await writeWholeFile('model.safetensors', writeNetworkFile(trained));
 * ```
 */
export async function trainNetwork(options: TrainNetworkOptions): Promise<TrainedNetwork> {
	const { set, from, keep, search, onEvent, signal } = options;
	const task = createTask(options.settings, set);
	const settings = withFittingBatch(options.settings, task.split);
	const { network, specs, split } = task;
	for (const text of task.notes) onEvent?.({ kind: 'note', text });
	const random = seededRandom(settings.seed).fork('parameters');
	const start = await startingParameters(network, specs, random, settings.weights);
	onEvent?.({ kind: 'note', text: start.note });
	const meansOf = await prepareMeans({ ...options, settings, task, parameters: start.parameters });

	const fit = async (means: Means, more: Pick<TrainNetworkOptions, 'from' | 'keep'>) => {
		const parameters: Tensors = new Map(means.learner.specs.map(({ key }) => [key, start.parameters.get(key)!]));
		return fitNetwork({ ...means, from: more.from ?? { parameters }, keep: more.keep, onEvent, signal });
	};
	const searched =
		search &&
		(await searchLambda({
			...search,
			settings,
			task,
			onEvent,
			async fit(own, fold) {
				const part: PatchSplit = { ...split, ...fold, test: [] };
				requireTrainingClasses(task.set, part);
				const means = meansOf(withFittingBatch(own, part), part);
				const { parameters } = await fit(means, {});
				return figuresOf((await judgeSide(means, fold.validation, parameters, 'look'))!, means.task.loss, task.classes);
			},
		}));

	const means = meansOf(searched ? { ...settings, lambda: searched.lambda } : settings, split);
	const { parameters, progress } = await fit(means, { from, keep });
	const { loss } = means.task;
	const validation = await judgeSide(means, split.validation, parameters, 'windows');
	const test = await judgeSide(means, split.test, parameters, 'windows');
	const windowPx = await windowOfPictures(set);
	const facts: NetworkFacts = { ...(windowPx !== undefined && { windowPx }), ...options.facts };
	const all = new Map([...start.parameters, ...parameters]);
	return {
		settings: means.settings,
		task: means.task,
		progress,
		leak: measureLeak(task.set, split),
		...(searched && { search: searched }),
		...(validation && { validation: figuresOf(validation, loss, task.classes) }),
		...(test && { test: figuresOf(test, loss, task.classes), testAnswers: test }),
		engine: means.learner.engine,
		start: start.note,
		description: describeNetwork(means.settings, means.task, facts),
		tensors: new Map(specs.map(({ key }) => [key, all.get(key)!])),
	};
}

async function judgeSide(
	{ open, learner, task }: Means,
	indices: readonly number[],
	parameters: Tensors,
	use: SampleUse,
): Promise<Judged | undefined> {
	if (indices.length === 0) return undefined;
	await using source = open(indices, use);
	const answerer = await learner.answerer(parameters);
	try {
		return await judge(source, answerer, task.loss, task.classes);
	} finally {
		await answerer.close();
	}
}

/** Settings with no more patches a step than there are to train on. */
function withFittingBatch(settings: TrainingSettings, { train }: PatchSplit): TrainingSettings {
	const { batch, accumulate } = settings;
	const most = Math.min(batch, train.length);
	if (most < accumulate) {
		throw new ArgumentError(
			'accumulate',
			`${train.length} patches cannot be taken in ${accumulate} parts. Take fewer parts.`,
		);
	}
	return { ...settings, batch: most - (most % accumulate) };
}
