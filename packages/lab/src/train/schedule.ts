/**
 * Learning rates over epochs: the schedules of both papers.
 * @module
 */
import { ArgumentError } from '@parfocal/core';

/**
 * - `constant`: as it began.
 * - `step`: times `factor` every so many epochs; FocusLiteNN's code: .1 every 60.
 * - `plateau`: times `factor` once what is watched has not become smaller, by a share of `threshold`, for more than
 *   `patience` epochs; the ordinal losses' code: PyTorch's `ReduceLROnPlateau` as it comes, on the training loss.
 */
export type Schedule =
	| { readonly kind: 'constant' }
	| { readonly kind: 'step'; readonly everyEpochs: number; readonly factor: number }
	| {
			readonly kind: 'plateau';
			readonly factor: number;
			readonly patience: number;
			readonly threshold: number;
			/** The training loss, or the figure of the validation side that chooses the best weights. */
			readonly watch: 'train' | 'validation';
	  };

/** The schedule of FocusLiteNN's code (120 epochs). */
export const STEP_DECAY: Schedule = { kind: 'step', everyEpochs: 60, factor: 0.1 };

/** The schedule of the ordinal losses' code. */
export const REDUCE_ON_PLATEAU: Schedule = {
	kind: 'plateau',
	factor: 0.1,
	patience: 10,
	threshold: 1e-4,
	watch: 'train',
};

/** As PyTorch: a change of the rate below this is none. */
const SMALLEST_CHANGE = 1e-8;

/** Where a schedule is: plain data, for checkpoints. */
export interface ScheduleState {
	/** Epochs that ended. */
	readonly epochs: number;
	readonly rate: number;
	/** The smallest number seen; null before the first. */
	readonly best: number | null;
	/** Epochs since. */
	readonly stale: number;
}

/** What an epoch ended with. */
export interface EpochEnd {
	readonly trainingLoss: number;
	/** Of the validation side, the smaller the better; absent where there is none. */
	readonly validationError?: number | undefined;
}

/** The state before the first epoch. */
export function scheduleStart(rate: number): ScheduleState {
	return { epochs: 0, rate, best: null, stale: 0 };
}

/**
 * The state after another epoch.
 * @throws {ArgumentError} when the validation side is watched and there is none
 * @example
 * ```ts
 * let schedule = scheduleStart(1e-4);
 * schedule = afterEpoch(REDUCE_ON_PLATEAU, schedule, { trainingLoss: 1.25 });
 * ```
 */
export function afterEpoch(schedule: Schedule, state: ScheduleState, end: EpochEnd): ScheduleState {
	const epochs = state.epochs + 1;
	if (schedule.kind === 'constant') return { ...state, epochs };
	if (schedule.kind === 'step') {
		return { ...state, epochs, rate: epochs % schedule.everyEpochs === 0 ? state.rate * schedule.factor : state.rate };
	}
	const { factor, patience, threshold, watch } = schedule;
	const watched = watch === 'train' ? end.trainingLoss : end.validationError;
	if (watched === undefined) {
		throw new ArgumentError('schedule', 'The schedule watches the validation side, and the split has none.');
	}
	// PyTorch takes the share of a negative best the wrong way round; a loss of minus a correlation is one.
	const isBetter = state.best === null || watched < state.best - threshold * Math.abs(state.best);
	if (isBetter) return { epochs, rate: state.rate, best: watched, stale: 0 };
	const stale = state.stale + 1;
	if (stale <= patience) return { ...state, epochs, stale };
	const rate = state.rate - state.rate * factor > SMALLEST_CHANGE ? state.rate * factor : state.rate;
	return { epochs, rate, best: state.best, stale: 0 };
}

/** A schedule in words, for cards. */
export function scheduleInWords(schedule: Schedule): string {
	if (schedule.kind === 'constant') return 'constant';
	if (schedule.kind === 'step') return `times ${schedule.factor} every ${schedule.everyEpochs} epochs`;
	const { factor, patience, watch } = schedule;
	const watched = watch === 'train' ? 'the training loss' : 'the validation figure';
	return `times ${factor} when ${watched} has not improved for ${patience} epochs`;
}
