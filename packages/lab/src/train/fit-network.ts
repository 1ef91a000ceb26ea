/**
 * Epochs: learn, look at the validation side, remember the best, be ready to stop at any step and go on.
 * @module
 */
import { ModelError, type Tensors } from '@parfocal/core';
import type { PatchBatch } from '../data/batches/patch-source.ts';
import { seededRandom } from '../simulate/random.ts';
import { type Figures, figuresOf, judge, selectionError } from './judge.ts';
import type { Learner } from './learner.ts';
import type { TrainingBatch, TrainingState } from './network-training.ts';
import type { OpenSource } from './sample-sources.ts';
import { afterEpoch, type ScheduleState, scheduleStart } from './schedule.ts';
import type { TrainingSettings } from './settings.ts';
import type { Task } from './task.ts';

/** An epoch that is over. */
export interface EpochRow {
	/** From 1. */
	readonly epoch: number;
	readonly trainingLoss: number;
	readonly learningRate: number;
	/** Of the validation side; absent where there is none. */
	readonly validation?: Figures;
	/** Mean time of a step, in ms. */
	readonly msPerStep: number;
}

/** How far a training is: plain data. */
export interface FitProgress {
	/** Epochs that are over. */
	readonly epochs: number;
	/** Of the next one: batches that were learned, and the sum of their losses. */
	readonly batch: number;
	readonly lossSum: number;
	readonly schedule: ScheduleState;
	readonly history: readonly EpochRow[];
	/** The epoch with the best figure on the validation side; null before there is one. */
	readonly best: { readonly epoch: number; readonly error: number } | null;
}

/** All that is needed to go on to the same numbers. */
export interface FitState {
	readonly progress: FitProgress;
	readonly training: TrainingState;
	/** Parameters of the best epoch; absent before there is one. */
	readonly best?: Tensors;
}

/** What happens, as it happens. */
export type FitEvent =
	| { readonly kind: 'note'; readonly text: string }
	/** Batches whose features are taken, for a frozen backbone. */
	| { readonly kind: 'features'; readonly done: number; readonly total: number }
	| {
			readonly kind: 'step';
			readonly epoch: number;
			readonly epochs: number;
			/** Batches of this epoch that are done. */
			readonly batch: number;
			readonly batches: number;
			/** Mean over them. */
			readonly loss: number;
			readonly msPerStep: number;
	  }
	| { readonly kind: 'epoch'; readonly row: EpochRow };

/** How to fit. */
export interface FitOptions {
	readonly settings: TrainingSettings;
	readonly task: Task;
	readonly learner: Learner;
	readonly open: OpenSource;
	/** Where to go on, or the parameters to begin with. */
	readonly from: FitState | { readonly parameters: Tensors };
	/** Keeps a state; called after every epoch, every few minutes, and when stopped. */
	readonly keep?: ((state: FitState) => Promise<void>) | undefined;
	readonly onEvent?: ((event: FitEvent) => void) | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** A training that is over. */
export interface FitOutcome {
	/** Of the best epoch on the validation side; of the last where there is none. */
	readonly parameters: Tensors;
	readonly progress: FitProgress;
}

/** Within an epoch, a state is kept this often. */
const KEEP_MS = 5 * 60_000;
/** Patches that could not be had and are named; the others are counted. */
const NAMED_FAILURES = 5;

/**
 * Trains for the epochs of the settings, or until nothing gets better.
 * @throws {ModelError} when the loss is no number any more; what was kept before is as it was
 * @throws the signal's reason when stopped, after the state was kept
 */
export async function fitNetwork(options: FitOptions): Promise<FitOutcome> {
	const { settings, task, learner, open, from, keep, onEvent, signal } = options;
	const { split, loss, classes, network } = task;
	const { epochs, batch: batchSize, accumulate, seed, schedule, patience } = settings;
	const started = 'progress' in from;
	let progress: FitProgress = started
		? from.progress
		: { epochs: 0, batch: 0, lossSum: 0, schedule: scheduleStart(settings.learningRate), history: [], best: null };
	let best = started ? from.best : undefined;
	const training = await learner.start(started ? from.training : from);
	const source = open(split.train, 'learn');
	const validation = split.validation.length > 0 ? open(split.validation, 'look') : undefined;
	const random = seededRandom(seed);
	const reported = { failures: 0 };

	async function kept(): Promise<void> {
		const state = await training.state();
		requireNumbers(state, network.name, progress, settings.learningRate);
		await keep?.({ progress, training: state, ...(best && { best }) });
	}

	/** Learns what is left of an epoch. */
	async function learnEpoch(): Promise<{ trainingLoss: number; msPerStep: number }> {
		const epoch = progress.epochs;
		const began = performance.now();
		const first = progress.batch;
		let keptAt = began;
		let { lossSum } = progress;
		for await (const batch of source.epoch(epoch, { batch: first })) {
			const parts = inParts(batch, learner.fullBatches ? batchSize : batch.indices.length, accumulate);
			const dropout = random.fork(`dropout ${epoch}/${batch.number}`);
			const result = await training.step(parts, progress.schedule.rate, dropout);
			if (!Number.isFinite(result.loss)) throw notANumber(network.name, progress, batch.number, settings.learningRate);
			lossSum += result.loss;
			progress = { ...progress, batch: batch.number + 1, lossSum };
			const now = performance.now();
			onEvent?.({
				kind: 'step',
				epoch: epoch + 1,
				epochs,
				batch: progress.batch,
				batches: source.batchesPerEpoch,
				loss: lossSum / progress.batch,
				msPerStep: (now - began) / (progress.batch - first),
			});
			if (signal?.aborted) {
				await kept();
				signal.throwIfAborted();
			}
			if (keep && now - keptAt > KEEP_MS) {
				await kept();
				keptAt = performance.now();
			}
		}
		return {
			trainingLoss: lossSum / progress.batch,
			msPerStep: (performance.now() - began) / Math.max(1, progress.batch - first),
		};
	}

	/** Figures of the validation side with the parameters as they are. */
	async function look(): Promise<Figures | undefined> {
		if (!validation) return undefined;
		const answerer = await learner.answerer((await training.state()).parameters);
		try {
			return figuresOf(await judge(validation, answerer, loss, classes), loss, classes);
		} finally {
			await answerer.close();
		}
	}

	try {
		if (!started) await kept();
		while (progress.epochs < epochs && !isStale(progress, patience)) {
			const { trainingLoss, msPerStep } = await learnEpoch();
			const figures = await look();
			const { rate } = progress.schedule;
			const epoch = progress.epochs + 1;
			const row: EpochRow = {
				epoch,
				trainingLoss,
				learningRate: rate,
				...(figures && { validation: figures }),
				msPerStep,
			};
			const error = figures && selectionError(figures);
			if (error !== undefined && (progress.best === null || error < progress.best.error)) {
				progress = { ...progress, best: { epoch, error } };
				best = (await training.state()).parameters;
			}
			progress = {
				...progress,
				epochs: epoch,
				batch: 0,
				lossSum: 0,
				schedule: afterEpoch(schedule, progress.schedule, { trainingLoss, validationError: error }),
				history: [...progress.history, row],
			};
			await kept();
			reportFailures([source, validation], reported, onEvent);
			onEvent?.({ kind: 'epoch', row });
		}
		return { parameters: best ?? (await training.state()).parameters, progress };
	} finally {
		await training.close();
		await source[Symbol.asyncDispose]();
		await validation?.[Symbol.asyncDispose]();
	}
}

function isStale({ epochs, best }: FitProgress, patience: number): boolean {
	return patience > 0 && best !== null && epochs - best.epoch >= patience;
}

/** A batch of `size` as equal micro-batches; where patches are missing, the first stand in for them. */
function inParts({ pixels, labels }: PatchBatch, size: number, parts: number): TrainingBatch[] {
	const values = pixels.length / labels.length;
	const whole = size === labels.length ? { pixels, labels } : repeated({ pixels, labels }, size, values);
	const count = Math.min(parts, size);
	return Array.from({ length: count }, (_, part) => {
		const [begin, end] = [part, part + 1].map((at) => Math.round((at * size) / count)) as [number, number];
		return {
			pictures: whole.pixels.subarray(begin * values, end * values),
			targets: whole.labels.subarray(begin, end),
		};
	});
}

function repeated({ pixels, labels }: Pick<PatchBatch, 'pixels' | 'labels'>, size: number, values: number) {
	const filled = pixels instanceof Uint8Array ? new Uint8Array(size * values) : new Float32Array(size * values);
	for (let at = 0; at < filled.length; at += pixels.length) {
		filled.set(pixels.subarray(0, Math.min(pixels.length, filled.length - at)), at);
	}
	return { pixels: filled, labels: Float32Array.from({ length: size }, (_, i) => labels[i % labels.length]!) };
}

function reportFailures(
	sources: readonly ({ readonly failures: readonly { readonly message: string }[] } | undefined)[],
	reported: { failures: number },
	onEvent: FitOptions['onEvent'],
): void {
	const failures = sources.flatMap((source) => source?.failures ?? []);
	for (const { message } of failures.slice(reported.failures, Math.max(reported.failures, NAMED_FAILURES))) {
		onEvent?.({ kind: 'note', text: `Left out: ${message}` });
	}
	if (failures.length > Math.max(reported.failures, NAMED_FAILURES)) {
		onEvent?.({ kind: 'note', text: `${failures.length} patches could not be used so far.` });
	}
	reported.failures = failures.length;
}

function requireNumbers(
	{ parameters }: TrainingState,
	network: string,
	progress: FitProgress,
	learningRate: number,
): void {
	for (const { data } of parameters.values()) {
		for (const value of data) {
			if (!Number.isFinite(value)) throw notANumber(network, progress, progress.batch, learningRate);
		}
	}
}

function notANumber(
	network: string,
	{ epochs, schedule }: FitProgress,
	batch: number,
	learningRate: number,
): ModelError {
	const place = `in epoch ${epochs + 1}, batch ${batch + 1}, at the learning rate ${schedule.rate}`;
	return new ModelError(
		network,
		`Training diverged: the loss or a parameter of ${network} is no number any more ${place}. Try a smaller rate (--lr ${learningRate / 10}); what was kept before is as it was.`,
	);
}
